"""The replay of one case: its facts in order of day, each moving việc and đồng from class to class."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from domain.cases.facts import (
    CaseLife,
    ClassInterval,
    Handling,
    LedgerEntry,
    LifeDecision,
    LifeMoney,
    statistical_year,
)
from domain.cases.records import COMPLETING_MONEY, DecisionKind
from domain.cases.regimes import DOCKETED, LIVING, REDUCED, STOCK_CLASSES, CaseClass

_BASES = {
    DecisionKind.ENFORCEABLE: CaseClass.ENFORCEABLE,
    DecisionKind.NOT_ENFORCEABLE: CaseClass.NOT_ENFORCEABLE,
    DecisionKind.SEPARATE_REGISTER: CaseClass.SEPARATE_REGISTER,
}
_PAUSES = {
    DecisionKind.POSTPONED: CaseClass.POSTPONED,
    DecisionKind.POSTPONED_BY_CONSENT: CaseClass.POSTPONED_BY_CONSENT,
    DecisionKind.SUSPENDED: CaseClass.SUSPENDED,
}
_ENDS = {
    DecisionKind.COMPLETED: CaseClass.COMPLETED,
    DecisionKind.TERMINATED: CaseClass.TERMINATED,
    DecisionKind.ENTRUSTED: CaseClass.ENTRUSTED,
    DecisionKind.WITHDRAWN: CaseClass.REVOKED,
    DecisionKind.CANCELLED: CaseClass.REVOKED,
    DecisionKind.TAKEN_UP: CaseClass.TAKEN_UP,
}
# Verification and coercion are facts of the file that move no figure.
_MOVING = {*_BASES, *_PAUSES, *_ENDS, DecisionKind.RESUMED, DecisionKind.REDUCED, DecisionKind.VANISHED}

# On one day a case is first handed over, then paid, then classified, then ended: a payment that completes it still
# counts before its completion. Vanishing is seen last.
_HANDLED, _PAID, _CLASSIFIED, _ENDED, _GONE = range(5)
# Among equals of one day neither the file nor its row decides, or the order in which files arrive would move figures:
# the registers' order does, and a part comes before the whole.
_PLACES = {kind: place for place, kind in enumerate(DecisionKind)}

_Fact = Handling | LifeMoney | LifeDecision
_Turn = tuple[date, int, date, int, int]


def replayed(life: CaseLife) -> Replay:
    """The whole life, replayed."""
    replay = Replay(life)
    events: list[tuple[_Turn, _Fact]] = [(_handling_turn(item, life), item) for item in life.handling[1:]]
    events += [(_money_turn(item, life), item) for item in life.money if item.kind in COMPLETING_MONEY]
    events += [(_decision_turn(item, life), item) for item in life.decisions if item.kind in _MOVING]
    if len(events) > 1:
        events.sort(key=itemgetter(0))
    replay.docket(life.handling[0])
    for turn, fact in events:
        replay.day = turn[0]
        if isinstance(fact, Handling):
            replay.hand_over(fact)
        elif isinstance(fact, LifeMoney):
            replay.pay(fact.amount)
        else:
            replay.decide(fact)
    return replay


def _handling_turn(item: Handling, life: CaseLife) -> _Turn:
    return max(item.from_on, life.docketed_on), _HANDLED, item.from_on, 0, 0


def _money_turn(item: LifeMoney, life: CaseLife) -> _Turn:
    """Money of a day in descending order: what came in is there before it is taken back."""
    return max(item.effective_on, life.docketed_on), _PAID, item.effective_on, 0, -item.amount


def _decision_turn(item: LifeDecision, life: CaseLife) -> _Turn:
    rank = _ENDED if item.kind in _ENDS else _GONE if item.kind is DecisionKind.VANISHED else _CLASSIFIED
    whole = item.amount if item.amount else life.amount_due + 1
    return max(item.effective_on, life.docketed_on), rank, item.effective_on, _PLACES[item.kind], whole


@dataclass(slots=True)
class Replay:
    """The running position of one case while its facts are replayed."""

    life: CaseLife
    day: date = field(init=False)
    unit: str = field(init=False)
    officer: str | None = field(init=False)
    base: CaseClass = CaseClass.ENFORCEABLE
    case_class: CaseClass = CaseClass.ENFORCEABLE
    remaining: int = 0
    collected: int = 0
    written_off: int = 0
    entries: list[LedgerEntry] = field(default_factory=list)
    intervals: list[ClassInterval] = field(default_factory=list)

    @property
    def is_living(self) -> bool:
        return self.case_class in LIVING

    @property
    def docketed_this_year(self) -> bool:
        return statistical_year(self.life.docketed_on) == statistical_year(self.day)

    def docket(self, first: Handling) -> None:
        self.day, self.unit, self.officer = self.life.docketed_on, first.unit, first.officer
        self.remaining = self.life.amount_due
        self._write(DOCKETED, 1, self.remaining)
        self._write(self.case_class, 1, self.remaining)
        self.intervals.append(ClassInterval(self.case_class, self.unit, self.officer, self.day, None))

    def pay(self, amount: int) -> None:
        """Money completes what is left; more than is left means the debt had grown, and is docketed with it."""
        if self.case_class is CaseClass.VANISHED:
            return
        if amount < 0:
            self._reverse(-amount)
            return
        from_remaining = min(amount, self.remaining)
        from_written_off = min(amount - from_remaining, self.written_off)
        grown = amount - from_remaining - from_written_off
        if from_remaining:
            self._write(self.case_class, 0, -from_remaining)
            if self.case_class is CaseClass.SEPARATE_REGISTER and self.docketed_this_year:
                self._write(DOCKETED, 0, from_remaining)
        if from_written_off:
            self._write(REDUCED, 0, -from_written_off)
        if grown:
            self._write(DOCKETED, 0, grown)
        self._write(CaseClass.COMPLETED, 0, amount)
        self.remaining -= from_remaining
        self.written_off -= from_written_off
        self.collected += amount

    def decide(self, decision: LifeDecision) -> None:
        """Apply one decision; an ended case stays ended (a wrong ending is withdrawn, not overruled)."""
        if decision.kind is DecisionKind.VANISHED:
            self._vanish()
        elif not self.is_living:
            return
        elif decision.kind in _BASES:
            self.base = _BASES[decision.kind]
            self._move_to(self.base)
        elif decision.kind in _PAUSES:
            self._move_to(_PAUSES[decision.kind])
        elif decision.kind is DecisionKind.RESUMED:
            self._move_to(self.base)
        elif decision.kind is DecisionKind.REDUCED:
            self._release(REDUCED, min(decision.amount or 0, self.remaining))
        else:
            self._end(decision)

    def hand_over(self, handling: Handling) -> None:
        """Move what is alive to the next unit or officer; a reorganisation also moves this year's results, because the
        successor reports the whole year."""
        if (handling.unit, handling.officer) == (self.unit, self.officer):
            return
        flows = self._this_year_flows(self.unit) if handling.by_succession else {}
        for (unit, officer, counted), (cases, amount) in flows.items():
            self._write_for(unit, officer, counted, -cases, -amount)
            self._write_for(handling.unit, officer, counted, cases, amount)
        docket_moves = self.docketed_this_year and self.case_class is not CaseClass.SEPARATE_REGISTER
        moves_docket_alone = self.is_living and docket_moves and not handling.by_succession
        if moves_docket_alone:
            self._write(DOCKETED, -1, -self.remaining)
        if self.is_living:
            self._write(self.case_class, -1, -self.remaining)
        self.unit, self.officer = handling.unit, handling.officer
        if moves_docket_alone:
            self._write(DOCKETED, 1, self.remaining)
        if self.is_living:
            self._write(self.case_class, 1, self.remaining)
        if self.is_living or flows:
            self._note_class(self.case_class)

    def _reverse(self, amount: int) -> None:
        self._write(CaseClass.COMPLETED, 0, -amount)
        self.collected -= amount
        if self.is_living:
            self.remaining += amount
            self._write(self.case_class, 0, amount)
            if self.case_class is CaseClass.SEPARATE_REGISTER and self.docketed_this_year:
                self._write(DOCKETED, 0, -amount)
        else:
            self.written_off += amount
            self._write(REDUCED, 0, amount)

    def _end(self, decision: LifeDecision) -> None:
        ending = _ENDS[decision.kind]
        part = decision.amount
        if ending in (CaseClass.TERMINATED, CaseClass.ENTRUSTED) and part and part < self.remaining:
            self._release(ending, part)
            return
        # Partly enforced and the rest entrusted: the việc is completed, only the rest of the money is entrusted (GSO).
        case_ending = CaseClass.COMPLETED if ending is CaseClass.ENTRUSTED and self.collected > 0 else ending
        money_ending: str = REDUCED if ending is CaseClass.COMPLETED else ending
        rest = self.remaining
        if ending is CaseClass.COMPLETED:
            self.written_off += rest
        self._release(money_ending, rest)
        self._return_from_separate_register(1, 0)
        self._write(self.case_class, -1, 0)
        self._write(case_ending, 1, 0)
        self.case_class = case_ending
        self._note_class(case_ending)

    def _release(self, counted: str, amount: int) -> None:
        """Take đồng out of what is left into another bucket."""
        if not amount:
            return
        self._write(self.case_class, 0, -amount)
        self._return_from_separate_register(0, amount)
        self._write(counted, 0, amount)
        self.remaining -= amount

    def _return_from_separate_register(self, cases: int, amount: int) -> None:
        if self.case_class is CaseClass.SEPARATE_REGISTER and self.docketed_this_year:
            self._write(DOCKETED, cases, amount)

    def _move_to(self, target: CaseClass) -> None:
        if target is self.case_class:
            return
        self._return_from_separate_register(1, self.remaining)
        self._write(self.case_class, -1, -self.remaining)
        self._write(target, 1, self.remaining)
        if target is CaseClass.SEPARATE_REGISTER and self.docketed_this_year:
            self._write(DOCKETED, -1, -self.remaining)
        self.case_class = target
        self._note_class(target)

    def _vanish(self) -> None:
        if self.case_class is CaseClass.VANISHED:
            return
        for (unit, officer, counted), (cases, amount) in self._this_year_flows().items():
            self._write_for(unit, officer, counted, -cases, -amount)
        if self.is_living:
            self._write(self.case_class, -1, -self.remaining)
        self.remaining = self.written_off = 0
        self.case_class = CaseClass.VANISHED
        self._note_class(CaseClass.VANISHED)

    def _this_year_flows(self, of_unit: str | None = None) -> dict[tuple[str, str | None, str], tuple[int, int]]:
        """What was reported for the case since the statistical year of today began, by unit, officer and class."""
        year = statistical_year(self.day)
        flows: dict[tuple[str, str | None, str], tuple[int, int]] = {}
        for entry in self.entries:
            if entry.counted in STOCK_CLASSES or statistical_year(entry.day) != year:
                continue
            if of_unit is None or entry.unit == of_unit:
                place = (entry.unit, entry.officer, entry.counted)
                cases, amount = flows.get(place, (0, 0))
                flows[place] = (cases + entry.cases, amount + entry.amount)
        return {place: flow for place, flow in flows.items() if flow != (0, 0)}

    def _note_class(self, case_class: CaseClass) -> None:
        last = self.intervals[-1]
        if last.from_on == self.day:
            self.intervals.pop()
        else:
            self.intervals[-1] = last._replace(to_on=self.day)
        self.intervals.append(ClassInterval(case_class, self.unit, self.officer, self.day, None))

    def _write(self, counted: str, cases: int, amount: int) -> None:
        self._write_for(self.unit, self.officer, counted, cases, amount)

    def _write_for(self, unit: str, officer: str | None, counted: str, cases: int, amount: int) -> None:
        if cases or amount:
            self.entries.append(LedgerEntry(self.day, unit, officer, str(counted), cases, amount))
