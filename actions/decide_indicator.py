"""An administrator adds an indicator that may be stated, or changes one; audited, and what was before is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from access.principal import Principal
from data_access.audit import record_audit
from data_access.observations import observed_indicators, save_observed_indicator
from data_access.session import Database
from data_access.software_systems import listed_systems
from domain.local_time import local_day
from domain.observations import Measure, ObservedIndicator, PeriodLength
from domain.permissions import Permission

LONGEST_TERM_DAYS = 366
LONGEST_NAME, LONGEST_MEANING = 120, 400
_CODE = re.compile(r"[a-z][a-z0-9_]{2,47}", re.ASCII)


class IndicatorRefused(ValueError):
    """The indicator was not stored; the text is Vietnamese and can be shown."""


def decide_indicator(database: Database, principal: Principal, typed: Mapping[str, str], now: datetime) -> str:
    """Store an indicator of the typed fields (code, system, name, measure, length, unit_word, is_stock, due_days,
    warn_above, warn_below, meaning, reason); its code. Measure and length of a known one stay, or its figures would
    mean something else. Raises NotAllowed, IndicatorRefused."""
    principal.require(Permission.ADMINISTER)
    said = {name: " ".join(value.split()) for name, value in typed.items()}
    wanted = _indicator(said)
    if not said.get("reason"):
        raise IndicatorRefused("Ghi lý do thêm hoặc sửa.")
    with database.writing() as session:
        if wanted.system and wanted.system not in listed_systems(session, local_day(now)):
            raise IndicatorRefused("Chọn phần mềm có trong danh sách.")
        known = observed_indicators(session).get(wanted.code)
        if known is not None and (known.measure, known.length) != (wanted.measure, wanted.length):
            raise IndicatorRefused("Không đổi cách đo và độ dài kỳ của chỉ tiêu đã có: thêm một chỉ tiêu mới.")
        save_observed_indicator(session, wanted, said["reason"][:300], principal.name, now)
        record_audit(session, principal, "observed_indicator_decided", wanted.code, {"system": wanted.system}, now)
    return wanted.code


def _indicator(said: Mapping[str, str]) -> ObservedIndicator:
    code, name, meaning = said.get("code", ""), said.get("name", ""), said.get("meaning", "")
    if not _CODE.fullmatch(code):
        raise IndicatorRefused("Mã gồm chữ thường không dấu, số và gạch dưới, 3 đến 48 ký tự.")
    if not name or len(name) > LONGEST_NAME or not meaning or len(meaning) > LONGEST_MEANING:
        raise IndicatorRefused("Ghi tên và cách tính của chỉ tiêu.")
    if said.get("measure") not in set(Measure) or said.get("length") not in set(PeriodLength):
        raise IndicatorRefused("Chọn cách đo và độ dài kỳ.")
    if not said.get("unit_word") or len(said["unit_word"]) > 30:
        raise IndicatorRefused("Ghi đơn vị tính, nhiều nhất 30 chữ.")
    due = said.get("due_days", "")
    if not (due.isascii() and due.isdigit()) or int(due) > LONGEST_TERM_DAYS:
        raise IndicatorRefused(f"Hạn gửi là số ngày sau khi hết kỳ, từ 0 đến {LONGEST_TERM_DAYS}.")
    return ObservedIndicator(
        code,
        said.get("system", ""),
        name,
        Measure(said["measure"]),
        PeriodLength(said["length"]),
        said["unit_word"],
        said.get("is_stock") == "1",
        int(due),
        meaning,
        _limit(said.get("warn_above", "")),
        _limit(said.get("warn_below", "")),
    )


def _limit(text: str) -> Decimal | None:
    """A limit as a number of the figure (a share from 0 to 1); None for an empty text."""
    if not text:
        return None
    try:
        limit = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise IndicatorRefused("Ngưỡng là một số, tỷ lệ ghi từ 0 đến 1.") from error
    if not limit.is_finite() or limit < 0:
        raise IndicatorRefused("Ngưỡng là một số không âm.")
    return limit
