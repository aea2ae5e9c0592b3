"""An importer on either database, and a way to hand it workbooks made of records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from workbook_support import write_cases

from access.principal import Principal
from actions.import_cases import CaseImporter, ImportMode
from actions.import_cases.outcomes import ImportOutcome
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.cases import CaseRecord, DecisionRecord, MoneyRecord
from domain.units import Organisation

WORKER = Principal.worker()


@pytest.fixture
def importer(database: Database, organisation: Organisation) -> CaseImporter:
    return CaseImporter(database, organisation, load_regimes())


@pytest.fixture
def take_in(importer: CaseImporter, tmp_path: Path, now: datetime) -> Callable[..., ImportOutcome]:
    """Write a workbook of records and import it; each file gets another name."""
    made = iter(range(1_000))

    def act(
        cases: Sequence[CaseRecord] = (),
        decisions: Sequence[DecisionRecord] = (),
        money: Sequence[MoneyRecord] = (),
        mode: ImportMode = ImportMode.CHANGES,
        at: datetime = now,
        as_of: datetime | None = None,
        accept_drop: bool = False,
    ) -> ImportOutcome:
        path = write_cases(tmp_path / f"viec_{next(made)}.xlsx", cases, decisions, money, as_of or at)
        return importer.take_in(WORKER, path, mode, at, accept_drop=accept_drop)

    return act
