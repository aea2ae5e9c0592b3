"""Đào tạo và truyền thông: sessions with how many of each unit came, and tests of what people can do. Counts only: no
name, and no code of a person either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.counted_share import CountedShare


class SessionKind(StrEnum):
    """Loại buổi: training of staff, or outreach to parties, local authorities and people."""

    TRAINING = "training"
    OUTREACH = "outreach"


SESSION_KIND_NAMES = {SessionKind.TRAINING: "Đào tạo", SessionKind.OUTREACH: "Truyền thông"}


class SessionState(StrEnum):
    """Where a session stands: still to come, told of, or past without a word about who came."""

    PLANNED = "planned"
    HELD = "held"
    UNREPORTED = "unreported"


SESSION_STATE_NAMES = {
    SessionState.PLANNED: "Kế hoạch",
    SessionState.HELD: "Đã tổ chức",
    SessionState.UNREPORTED: "Qua ngày, chưa báo cáo",
}


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One unit's part in a session, by the session's code. `invited` and `attended` are people; None: not said.

    `material` is the title of what was handed out, `reference` its document number or its http(s) address.
    """

    unit: str
    code: str
    title: str
    kind: SessionKind
    held_on: date
    invited: int | None = None
    attended: int | None = None
    material: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ProficiencyRecord:
    """Kết quả kiểm tra of one unit: of its `staff`, `tested` took the test and `passed` passed it."""

    unit: str
    code: str
    tested_on: date
    staff: int
    tested: int
    passed: int

    @property
    def share(self) -> CountedShare:
        """Cán bộ đạt, of all staff: whoever was not tested is not proved able."""
        return CountedShare(self.passed, self.staff)


@dataclass(frozen=True, slots=True)
class TrainingSession:
    """A session with the parts of all units in a scope. The sums are None where no unit said anything."""

    code: str
    title: str
    kind: SessionKind
    held_on: date
    units: int
    invited: int | None
    attended: int | None
    materials: tuple[tuple[str, str], ...] = ()

    def state(self, today: date) -> SessionState:
        """Told of, or still to come, or forgotten."""
        if self.attended is not None:
            return SessionState.HELD
        return SessionState.PLANNED if self.held_on >= today else SessionState.UNREPORTED


@dataclass(frozen=True, slots=True)
class TrainingCounts:
    """One unit, or several, in a year: its sessions, None where none was ever told; the newest test of each unit, None
    likewise."""

    sessions: SessionSum | None = None
    proficiency: ProficiencySum | None = None


@dataclass(frozen=True, slots=True)
class SessionSum:
    """The known sessions of a year together: `held`, `planned` and `unreported` are sessions; `attended` are
    attendances, not people, None where nobody said; of the sessions that say both, `came` of the `invited` came."""

    held: int
    planned: int
    unreported: int
    attended: int | None
    came: int
    invited: int


@dataclass(frozen=True, slots=True)
class ProficiencySum:
    """The newest tests of `units` units together."""

    units: int
    staff: int
    tested: int
    passed: int

    @property
    def passed_share(self) -> CountedShare:
        """Of all staff of these units."""
        return CountedShare(self.passed, self.staff)

    @property
    def tested_share(self) -> CountedShare:
        """How many were tested at all."""
        return CountedShare(self.tested, self.staff)


def sessions_of(records: Iterable[SessionRecord]) -> list[TrainingSession]:
    """The parts of units gathered into sessions, newest first; the words are those of the part that came last in the
    order of units."""
    by_code: dict[str, list[SessionRecord]] = {}
    for record in records:
        by_code.setdefault(record.code, []).append(record)
    found = [_session(code, parts) for code, parts in by_code.items()]
    return sorted(found, key=lambda one: (-one.held_on.toordinal(), one.code))


def training_counts(
    records: Iterable[SessionRecord], newest_tests: Iterable[ProficiencyRecord], today: date
) -> TrainingCounts:
    """Count one scope; `newest_tests` holds at most one of each unit."""
    return TrainingCounts(session_sum(list(records), today), proficiency_sum(list(newest_tests)))


def session_sum(parts: Sequence[SessionRecord], today: date) -> SessionSum | None:
    """The sessions of several units together; None without any: nobody told of one, which is not that none was held."""
    if not parts:
        return None
    states = [session.state(today) for session in sessions_of(parts)]
    both = [(one.attended, one.invited) for one in parts if one.attended is not None and one.invited is not None]
    return SessionSum(
        held=states.count(SessionState.HELD),
        planned=states.count(SessionState.PLANNED),
        unreported=states.count(SessionState.UNREPORTED),
        attended=_sum(one.attended for one in parts),
        # Whoever comes uninvited fills no empty chair of another.
        came=sum(min(attended, invited) for attended, invited in both),
        invited=sum(invited for _, invited in both),
    )


def proficiency_sum(newest_tests: Sequence[ProficiencyRecord]) -> ProficiencySum | None:
    """The newest tests of several units together; None without any."""
    if not newest_tests:
        return None
    return ProficiencySum(
        units=len(newest_tests),
        staff=sum(test.staff for test in newest_tests),
        tested=sum(test.tested for test in newest_tests),
        passed=sum(test.passed for test in newest_tests),
    )


def proficient_staff(newest_tests: Mapping[str, ProficiencyRecord | None]) -> tuple[CountedShare, int]:
    """Cán bộ sử dụng thành thạo, as the programme asks: of the staff of the units that told of a test; and how many
    units did not."""
    known = [test for test in newest_tests.values() if test is not None]
    share = sum((test.share for test in known), CountedShare(0, 0))
    return share, len(newest_tests) - len(known)


def _session(code: str, parts: Sequence[SessionRecord]) -> TrainingSession:
    last = parts[-1]
    materials = dict.fromkeys((part.material, part.reference) for part in parts if part.material or part.reference)
    return TrainingSession(
        code=code,
        title=last.title,
        kind=last.kind,
        held_on=last.held_on,
        units=len({part.unit for part in parts}),
        invited=_sum(part.invited for part in parts),
        attended=_sum(part.attended for part in parts),
        materials=tuple(materials),
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def training_year(text: str, today: date) -> int:
    """The calendar year an address asks for, else this one."""
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and int(text) >= 2015 else today.year
