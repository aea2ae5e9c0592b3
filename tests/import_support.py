"""What import tests ask of the counters."""

from __future__ import annotations

from datetime import date

from access.principal import Principal
from actions.import_cases import CaseImporter
from data_access.counters import figures_of
from domain.cases import regime_on
from domain.statistics import Figures, StatisticalYear

WORKER = Principal.worker()


def figures(importer: CaseImporter, on: date, unit: str | None = None) -> Figures:
    """The year to a day, from the counters."""
    period, regime = StatisticalYear.of(on).to_date(on), regime_on(importer.regimes, on)
    with importer.database.reading() as session:
        return figures_of(session, WORKER, importer.organisation, period, regime, unit)
