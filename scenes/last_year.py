"""The same day last year in the units of today: summed across a reorganisation, unknown where an area was divided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from data_access.cases import cases_over_twelve_months
from data_access.counters import figures_by_unit
from data_access.regimes import load_regimes
from data_access.scope import NotRestatable
from domain.cases import CaseKind, regime_on
from domain.statistics import Figures, StatisticalYear, same_day_last_year, total
from domain.units import Restatement, restatement
from scenes.drawing import Question


class LastYear:
    """What an audience compares with. A unit that took others over whole is held against their sum; one whose area was
    divided against nothing, as is a scope that had no whole units of its own."""

    def __init__(self, question: Question, today: date) -> None:
        self.question, self.today = question, today
        self.on = same_day_last_year(today)

    @cached_property
    def restated(self) -> Restatement:
        """What was reorganised since: the ledger itself moves the results of a statistical year in progress, so only
        what came after its day."""
        return restatement(self.question.organisation, self.on, self.today)

    def whole(self, kind: CaseKind | None = None) -> Figures:
        """The year to that day of all together; nothing where it cannot be told."""
        return total(self._found(kind).values())

    @cached_property
    def by_unit(self) -> Mapping[str, Figures]:
        """The same of every unit of today whose figures of then are its alone."""
        found = self._found(None)
        if not self.restated.is_crossed:
            return found
        return {code: part for code, part in found.items() if self.restated.lineage(code).is_whole}

    @cached_property
    def old(self) -> int | None:
        """Việc over twelve months on that day; None where it cannot be told."""
        asked = (self.question.session, self.question.principal, self.question.organisation, self.on)
        try:
            return sum(cases_over_twelve_months(*asked, self._restated_or_none).values())
        except NotRestatable:
            return None

    @property
    def _restated_or_none(self) -> Restatement | None:
        return self.restated if self.restated.is_crossed else None

    def _found(self, kind: CaseKind | None) -> Mapping[str, Figures]:
        period, regime = StatisticalYear.of(self.on).to_date(self.on), regime_on(load_regimes(), self.on)
        asked = (self.question.session, self.question.principal, self.question.organisation, period, regime, kind)
        try:
            found = figures_by_unit(*asked, self._restated_or_none)
        except NotRestatable:
            return {}
        return self.restated.restated(found) if self.restated.is_crossed else found
