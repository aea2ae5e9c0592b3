"""Cases in a database as an agency's file would bring them: several units, officers, kinds, lives."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from workbook_support import write_cases

from access.principal import Principal
from actions.import_cases import CaseImporter, ImportMode
from data_access.regimes import load_regimes
from data_access.session import Database
from domain.cases import CaseGroup, CaseKind, CaseType, DecisionKind
from domain.units import Organisation
from factories import a_case, a_decision, a_payment


def take_in_cases(database: Database, organisation: Organisation, folder: Path, now: datetime, each: int = 12) -> None:
    """`each` cases in every unit of today by one file: a third completed, some without means, some of bank credit."""
    cases, decisions, money = [], [], []
    for place, unit in enumerate(organisation.case_units_on(now.date())):
        areas = [area for area, served in organisation.territory_on(now.date()).items() if served == unit.code]
        for number in range(1, each + 1):
            docketed_on = date(2026, 10, 2) if number % 3 else date(2025, 8, 4)
            case = a_case(
                number,
                unit=unit.code,
                decided_on=docketed_on,
                officer=f"CHV-0{number % 3 + 1}",
                kind=CaseKind.EX_OFFICIO if number % 2 else CaseKind.ON_REQUEST,
                case_type=CaseType.CIVIL if number % 4 else CaseType.CRIMINAL,
                area=areas[number % len(areas)] if areas else None,
                amount_due=number * 50_000_000,
                groups=frozenset({CaseGroup.CREDIT}) if number % 5 == 0 else frozenset(),
            )
            cases.append(case)
            if number % 3 == 1:
                decisions.append(a_decision(case, DecisionKind.COMPLETED, date(2026, 11, 3 + place % 9)))
                money.append(a_payment(case, date(2026, 11, 2), case.amount_due))
            elif number % 6 == 2:
                decisions.append(a_decision(case, DecisionKind.NOT_ENFORCEABLE, date(2026, 10, 20)))
    path = write_cases(folder / "viec.xlsx", cases, decisions, money, now)
    CaseImporter(database, organisation, load_regimes()).take_in(Principal.worker(), path, ImportMode.CHANGES, now)
