"""What a ZKTeco terminal pushes (ADMS): the lines of its attendance log, read into punches. Nothing else is ever read.

A line is PIN, local time, key and method, cut by tabs; what stands behind them differs by model and is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from connectors.base import RefusedRecord
from connectors.report_cleaning import CONTROL
from domain.attendance import Punch, PunchKind, PunchRecord, VerifyMethod, plain_pin
from domain.local_time import LOCAL

EARLIEST = datetime(2015, 1, 1, tzinfo=UTC)
# How far the clock of a terminal may run ahead of ours; drifts of seven minutes were seen.
CLOCK_AHEAD = timedelta(minutes=10)
MOST_REFUSED = 200
LONGEST_LINE = 120
KINDS = {
    "0": PunchKind.IN,
    "1": PunchKind.OUT,
    "2": PunchKind.BREAK_OUT,
    "3": PunchKind.BREAK_IN,
    "4": PunchKind.OVERTIME_IN,
    "5": PunchKind.OVERTIME_OUT,
}
METHODS = {
    "0": VerifyMethod.PASSWORD,
    "1": VerifyMethod.FINGER,
    "4": VerifyMethod.CARD,
    "15": VerifyMethod.FACE,
    "25": VerifyMethod.PALM,
}
_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}", re.ASCII)
TIME_FORMAT = "%Y-%m-%d %H:%M:%S"
NO_NUMBER = "Thiếu số người dùng hoặc số không đúng dạng."
NO_TIME = "Thời điểm không đọc được."
TOO_OLD = "Thời điểm trước năm 2015: đồng hồ của máy chấm công sai."
TOO_NEW = "Thời điểm ở tương lai: đồng hồ của máy chấm công sai."


@dataclass(frozen=True, slots=True)
class PunchLog:
    """What a log held: `lines` with content, the punches among them, and at most MOST_REFUSED of those refused."""

    lines: int
    punches: tuple[PunchRecord, ...]
    refused: tuple[RefusedRecord, ...]


class PunchRefused(ValueError):
    """A line that is no punch; `field` says where, the text is Vietnamese."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.value = value


def read_attlog(serial: str, body: bytes, now: datetime) -> PunchLog:
    """The punches of an ATTLOG body; whatever the bytes are, nothing is raised."""
    punches: list[PunchRecord] = []
    refused: list[RefusedRecord] = []
    lines = 0
    for line in _lines(body):
        lines += 1
        number, clock, key, method = ([field.strip() for field in line.split("\t")] + [""] * 4)[:4]
        try:
            punches.append(punch_of(serial, number, clock, key, method, now))
        except PunchRefused as problem:
            if len(refused) < MOST_REFUSED:
                shown = CONTROL.sub(" ", line)[:LONGEST_LINE]
                value = CONTROL.sub(" ", problem.value)[:LONGEST_LINE]
                refused.append(RefusedRecord(serial, problem.field, value, str(problem), shown))
    return PunchLog(lines, tuple(punches), tuple(refused))


def punch_of(serial: str, number: str, clock: str, key: str, method: str, now: datetime) -> PunchRecord:
    """One punch as a terminal writes it; raises PunchRefused."""
    pin = plain_pin(number)
    if pin is None:
        raise PunchRefused("PIN", number, NO_NUMBER)
    punched_at = _instant(clock)
    if punched_at < EARLIEST:
        raise PunchRefused("time", clock, TOO_OLD)
    if punched_at > now + CLOCK_AHEAD:
        raise PunchRefused("time", clock, TOO_NEW)
    kind, by = KINDS.get(key, PunchKind.OTHER), METHODS.get(method, VerifyMethod.OTHER)
    return PunchRecord(Punch(serial, pin, punched_at), kind, by)


def _instant(text: str) -> datetime:
    """A time of the terminal's clock, which is Việt Nam's."""
    try:
        if not _TIME.fullmatch(text):
            raise ValueError(text)
        return datetime.strptime(text, TIME_FORMAT).replace(tzinfo=LOCAL).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise PunchRefused("time", text, NO_TIME) from error


def _lines(body: bytes) -> Iterable[str]:
    """Lines with content. Only an end of line ends a line: other separators of Unicode are part of a broken one."""
    text = body.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return (line for line in text.split("\n") if line.strip())
