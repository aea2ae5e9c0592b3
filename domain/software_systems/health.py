"""How a probe found a system, and how findings become intervals: what nobody looked at stays unknown. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.software_systems.records import ProbeKind

LOOK_EVERY = timedelta(seconds=60)
# Between two looks further apart our own poller did not run: that time is unknown.
LONGEST_GAP = timedelta(seconds=150)


class HealthState(StrEnum):
    """Tình trạng: SLOW answers, later than its limit; REFUSED answers, and not as the service should; SILENT gives no
    answer; CUT is silent together with all others: our own line is the likely cause; NEVER was not asked yet."""

    ANSWERING = "answering"
    SLOW = "slow"
    REFUSED = "refused"
    SILENT = "silent"
    CUT = "cut"
    UNKNOWN = "unknown"
    NEVER = "never"


STATE_NAMES = {
    HealthState.ANSWERING: "Đang trả lời",
    HealthState.SLOW: "Trả lời chậm",
    HealthState.REFUSED: "Trả lời sai",
    HealthState.SILENT: "Không trả lời",
    HealthState.CUT: "Chưa biết: đứt đường chung",
    HealthState.UNKNOWN: "Chưa biết",
    HealthState.NEVER: "Chưa kiểm tra",
}
UP = frozenset({HealthState.ANSWERING, HealthState.SLOW})
DOWN = frozenset({HealthState.REFUSED, HealthState.SILENT})
# What goes over the line; the age of a file does not.
NETWORK_KINDS = frozenset(ProbeKind) - {ProbeKind.FILE}


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """Kết quả một lần hỏi: `reason` in Vietnamese when it is not well; `latency` of a whole exchange; until when the
    certificate is valid (aware UTC), where one was shown."""

    state: HealthState
    reason: str = ""
    latency: timedelta | None = None
    certificate_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class HealthInterval:
    """Khoảng tình trạng: from `from_at` until `until_at` (aware UTC), when it was last seen so."""

    state: HealthState
    reason: str
    from_at: datetime
    until_at: datetime


def continued(
    last: HealthInterval | None, result: ProbeResult, at: datetime
) -> tuple[HealthInterval | None, HealthInterval | None]:
    """The last interval as it is now (None: as it was) and the one that begins (None: none does).

    A finding holds until the next one, unless that came too late; then what lies between is nobody's.
    """
    begun = HealthInterval(result.state, result.reason, at, at)
    if last is None or abs(at - last.until_at) > LONGEST_GAP:
        return None, begun
    if at < last.until_at:
        # Somebody looked meanwhile: the later look stands.
        return None, None
    lengthened = replace(last, until_at=at)
    if (last.state, last.reason) == (result.state, result.reason):
        return lengthened, None
    return lengthened, begun


def state_at(last: HealthInterval | None, now: datetime) -> HealthState:
    """How it stands: an old finding says nothing of now."""
    if last is None:
        return HealthState.NEVER
    return last.state if now - last.until_at <= LONGEST_GAP else HealthState.UNKNOWN


def is_shared_failure(found: Iterable[tuple[str, ProbeKind, HealthState]], least: int) -> bool:
    """Whether one pass found every system over the line silent, at least so many: then it is the line, said once.

    `found` are system, kind and state of each probe of the pass.
    """
    over_line = [(system, state) for system, kind, state in found if kind in NETWORK_KINDS]
    systems = {system for system, _ in over_line}
    return len(systems) >= max(least, 2) and all(state is HealthState.SILENT for _, state in over_line)
