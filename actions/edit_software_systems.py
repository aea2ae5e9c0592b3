"""An administrator adds, changes or retires a system of the sector and how it is asked; checked, dated, audited."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import Principal
from access.vault import Vault
from actions.probe_services import ask_gently
from actions.typed_rules import typed_day_to_come, typed_line, typed_reason
from connectors.service_probe import Address, ProbeRefused, read_address
from connectors.service_probe.ldap import EMPTY_PASSWORD, NOT_SECRET
from data_access.audit import record_audit
from data_access.scope import NotFound
from data_access.session import Database
from data_access.software_systems import (
    StoredProbe,
    live_probes,
    probe_of,
    save_probe,
    save_probe_retired,
    save_system_change,
    software_systems,
)
from data_access.sources import save_source_configured
from domain.alarms import RuleRefused
from domain.local_time import local_day
from domain.permissions import Permission
from domain.software_systems import (
    LIMIT_WORDS,
    PROBE_NAMES,
    SOFTWARE,
    STATE_NAMES,
    Probe,
    ProbeKind,
    SoftwareSystem,
    SystemChange,
)

LONGEST_NAME, LONGEST_PURPOSE, LONGEST_TEXT, LONGEST_SECRET = 60, 160, 120, 200
MOST_PROBES, MOST_OF_ONE = 64, 6
# Beyond these a look would not end within its deadline, or a file is old for nobody.
MOST_LIMIT = {kind: 720 if kind is ProbeKind.FILE else 7 for kind in ProbeKind}
USUAL_LIMIT = {kind: 26 if kind is ProbeKind.FILE else 3 for kind in ProbeKind}
# What stands in addresses of the page beside the codes.
_RESERVED = frozenset({"edit", "probe"})
_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}", re.ASCII)


class SoftwareRefused(ValueError):
    """Nothing was stored; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class WantedSystem:
    """What a person typed of a system; `code` may be new. `valid_from` is a day as '30/11/2026'."""

    code: str
    name: str
    purpose: str
    owner: str
    valid_from: str
    reason: str
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class WantedProbe:
    """What a person typed of a probe; an empty `code` is a new one, an empty `secret` keeps the one there is, as long
    as it is sent to the same place under the same name."""

    system: str
    code: str
    kind: str
    address: str
    limit: str
    reason: str
    expects: str = ""
    user_name: str = ""
    secret: str = field(default="", repr=False)


def change_system(database: Database, principal: Principal, wanted: WantedSystem, now: datetime) -> None:
    """Store a system from a day on; raises NotAllowed and SoftwareRefused."""
    principal.require(Permission.ADMINISTER)
    change = _system_change(principal, wanted, now)
    with database.writing() as session:
        before = software_systems(session, principal, change.valid_from).get(change.code)
        if before == change.system:
            raise SoftwareRefused("Chưa thay đổi gì.")
        if before is None and change.system.is_retired:
            raise SoftwareRefused("Không có phần mềm này để ngừng.")
        save_system_change(session, principal, change, now)
        action = "software_retired" if change.system.is_retired else "software_changed" if before else "software_added"
        detail = {"name": change.system.name, "valid_from": change.valid_from.isoformat(), "reason": change.reason}
        record_audit(session, principal, action, change.code, detail, now)


def set_probe(database: Database, principal: Principal, vault: Vault, wanted: WantedProbe, now: datetime) -> str:
    """Store a probe, asked from the next pass on; returns its code. Raises NotAllowed and SoftwareRefused."""
    principal.require(Permission.ADMINISTER)
    reason = _reason(wanted.reason)
    with database.writing() as session:
        stored = _prepared(session, principal, vault, wanted, now)
        _refuse_too_many(session, stored.probe)
        save_probe(session, principal, stored, reason, now)
        save_source_configured(session, SOFTWARE, True, now)
        detail = {"kind": PROBE_NAMES[stored.probe.kind], "host": stored.probe.shown_address, "reason": reason}
        record_audit(session, principal, "software_probe_set", stored.probe.system, detail, now)
    return stored.probe.code


def retire_probe(database: Database, principal: Principal, code: str, reason: str, now: datetime) -> None:
    """Ask no more; what was found stays. Raises NotAllowed, SoftwareRefused, NotFound."""
    principal.require(Permission.ADMINISTER)
    said = _reason(reason)
    with database.writing() as session:
        known = probe_of(session, principal, code).probe
        save_probe_retired(session, principal, code, said, now)
        detail = {"kind": PROBE_NAMES[known.kind], "host": known.shown_address, "reason": said}
        record_audit(session, principal, "software_probe_retired", known.system, detail, now)


def try_probe(
    database: Database, principal: Principal, vault: Vault, folder: Path, wanted: WantedProbe, now: datetime
) -> str:
    """Ask once as typed and say in Vietnamese what came; nothing is stored. Raises NotAllowed, SoftwareRefused."""
    principal.require(Permission.ADMINISTER)
    with database.reading() as session:
        stored = _prepared(session, principal, vault, wanted, now)
    found = ask_gently(stored, vault, folder, now).result
    took = f", sau {int(found.latency.total_seconds() * 1000)} ms" if found.latency is not None else ""
    ends = f" Chứng thư còn {(found.certificate_until - now).days} ngày." if found.certificate_until else ""
    why = f" {found.reason}" if found.reason else ""
    return f"{STATE_NAMES[found.state]}{took}.{why}{ends} Chưa lưu gì."


def probe_to_edit(database: Database, principal: Principal, code: str) -> WantedProbe:
    """What a form begins with: the probe there is, without its secret. Raises NotAllowed, NotFound."""
    with database.reading() as session:
        probe = probe_of(session, principal, code).probe
    return WantedProbe(
        system=probe.system,
        code=probe.code,
        kind=probe.kind.value,
        address=probe.address,
        limit=str(probe.limit),
        reason="",
        expects=probe.expects,
        user_name=probe.user_name,
    )


def system_to_edit(database: Database, principal: Principal, code: str, now: datetime) -> SoftwareSystem | None:
    """The system a form is about as it is today; None where there is none such. Raises NotAllowed."""
    principal.require(Permission.ADMINISTER)
    with database.reading() as session:
        return software_systems(session, principal, local_day(now)).get(code)


def connect_demo_software(
    database: Database, vault: Vault, probes: Mapping[str, tuple[ProbeKind, str, str]], now: datetime
) -> None:
    """Ask what the demo city answers: system -> kind, address, expected text; a system that a person has given a probe
    is left alone. Only DEMO calls this."""
    worker = Principal.worker()
    with database.reading() as session:
        known = {one.probe.system: one for one in live_probes(session)}
    for system, (kind, address, expects) in probes.items():
        before = known.get(system)
        if before is not None and (before.added_by != worker.name or before.probe.address == address):
            continue
        code = before.probe.code if before is not None else ""
        limit = str(USUAL_LIMIT[kind])
        wanted = WantedProbe(system, code, kind.value, address, limit, "Thành phố mẫu của DEMO", expects)
        set_probe(database, worker, vault, wanted, now)


def _system_change(principal: Principal, wanted: WantedSystem, now: datetime) -> SystemChange:
    if not _CODE.fullmatch(wanted.code) or wanted.code in _RESERVED:
        raise SoftwareRefused("Mã gồm chữ thường không dấu, số, dấu gạch dưới, từ 2 đến 40 ký tự, bắt đầu bằng chữ.")
    try:
        system = SoftwareSystem(
            wanted.code,
            typed_line(wanted.name, LONGEST_NAME, "Tên"),
            typed_line(wanted.purpose, LONGEST_PURPOSE, "Công dụng"),
            typed_line(wanted.owner, LONGEST_PURPOSE, "Đơn vị quản lý"),
            wanted.is_retired,
        )
        if not system.name or not system.purpose or not system.owner:
            raise SoftwareRefused("Ghi đủ tên, công dụng và đơn vị quản lý.")
        valid_from = typed_day_to_come(wanted.valid_from, local_day(now))
        return SystemChange(system, valid_from, typed_reason(wanted.reason), principal.name, now)
    except RuleRefused as refused:
        raise SoftwareRefused(str(refused)) from refused


def _prepared(session: Session, principal: Principal, vault: Vault, wanted: WantedProbe, now: datetime) -> StoredProbe:
    """The probe as it would be stored; raises SoftwareRefused."""
    systems = software_systems(session, principal, local_day(now))
    system = systems.get(wanted.system)
    if system is None or system.is_retired:
        raise SoftwareRefused("Không có phần mềm này, hoặc đã ngừng.")
    if wanted.kind not in set(ProbeKind):
        raise SoftwareRefused("Chọn cách kiểm tra.")
    kind = ProbeKind(wanted.kind)
    try:
        address = read_address(kind, wanted.address)
        expects = typed_line(wanted.expects, LONGEST_TEXT, "Đoạn chữ cần có") if kind is ProbeKind.HTTP else ""
    except (ProbeRefused, RuleRefused) as refused:
        raise SoftwareRefused(str(refused)) from refused
    before = _before(session, principal, wanted)
    user_name = wanted.user_name if kind is ProbeKind.LDAP else ""
    probe = Probe(
        code=wanted.code or secrets.token_urlsafe(9),
        system=wanted.system,
        kind=kind,
        address=address.path if kind is ProbeKind.FILE else wanted.address,
        limit=_limit(kind, wanted.limit),
        expects=expects,
        user_name=user_name,
    )
    secret = _sealed(before, vault, wanted, probe, address)
    # The password that was refused is not sent again because something else of its probe was changed or tried.
    is_kept = before is not None and bool(secret) and secret == before.secret
    refused_at = before.login_refused_at if before is not None and is_kept else None
    return StoredProbe(0, probe, secret, now, principal.name, "", login_refused_at=refused_at)


def _before(session: Session, principal: Principal, wanted: WantedProbe) -> StoredProbe | None:
    if not wanted.code:
        return None
    try:
        before = probe_of(session, principal, wanted.code)
    except NotFound as error:
        raise SoftwareRefused("Phép kiểm tra này không còn: mở lại trang.") from error
    if before.probe.system != wanted.system:
        raise SoftwareRefused("Phép kiểm tra này của phần mềm khác.")
    return before


def _sealed(before: StoredProbe | None, vault: Vault, wanted: WantedProbe, probe: Probe, address: Address) -> str:
    """The secret to use: one belongs to the place and the name it was made for, and is never sent to another."""
    if not probe.user_name:
        if wanted.secret and probe.kind is ProbeKind.LDAP:
            raise SoftwareRefused("Có mật khẩu mà không có tên: ghi tên đăng nhập, hoặc để trống cả hai.")
        return ""
    if not probe.user_name.isprintable() or len(probe.user_name) > LONGEST_SECRET:
        raise SoftwareRefused("Tên đăng nhập không đúng dạng.")
    if not (address.uses_tls or address.stays_here):
        raise SoftwareRefused(NOT_SECRET)
    if wanted.secret:
        if len(wanted.secret) > LONGEST_SECRET or not wanted.secret.isprintable():
            raise SoftwareRefused(f"Mật khẩu dài nhất {LONGEST_SECRET} ký tự, không có ký tự điều khiển.")
        return vault.seal(wanted.secret)
    if before is not None and (before.probe.address, before.probe.user_name) == (probe.address, probe.user_name):
        return before.secret
    raise SoftwareRefused(EMPTY_PASSWORD)


def _limit(kind: ProbeKind, typed: str) -> int:
    digits, most = typed.strip(), MOST_LIMIT[kind]
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 5 and 1 <= int(digits) <= most):
        what = "Tệp coi là cũ" if kind is ProbeKind.FILE else "Trả lời coi là chậm"
        raise SoftwareRefused(f"{what} sau số {LIMIT_WORDS[kind]} từ 1 đến {most}.")
    return int(digits)


def _refuse_too_many(session: Session, probe: Probe) -> None:
    others = [one.probe for one in live_probes(session) if one.probe.code != probe.code]
    if len(others) >= MOST_PROBES:
        raise SoftwareRefused(f"Nhiều nhất {MOST_PROBES} phép kiểm tra: một lượt phải xong trong một phút.")
    if sum(one.system == probe.system for one in others) >= MOST_OF_ONE:
        raise SoftwareRefused(f"Nhiều nhất {MOST_OF_ONE} phép kiểm tra cho một phần mềm.")


def _reason(typed: str) -> str:
    try:
        return typed_reason(typed)
    except RuleRefused as refused:
        raise SoftwareRefused(str(refused)) from refused
