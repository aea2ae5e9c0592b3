"""The pledges that stand on training and equipment: of what is known, silent units beside, nobody's silence a zero."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from training_support import a_year_of_training

from access.principal import Principal
from data_access.pledge_evidence import EvidenceQuestions
from data_access.programme import standings
from data_access.session import Database
from data_access.working_days import load_working_calendar
from domain.programme import PledgeStanding, Reached, Verdict
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
WORKER = Principal.worker()
CODES = ("offices_modern", "staff_proficient")


def asked(
    database: Database, organisation: Organisation, principal: Principal = WORKER
) -> tuple[PledgeStanding, PledgeStanding]:
    with database.reading() as session:
        questions = EvidenceQuestions(session, principal, organisation, load_working_calendar(), NOW)
        modern, proficient = standings(questions, CODES)
    return modern, proficient


def test_before_a_sheet_came_nothing_is_known(database: Database, organisation: Organisation) -> None:
    for standing in asked(database, organisation):
        assert standing.verdict is Verdict.UNKNOWN and standing.evidence.total is None
        assert set(standing.evidence.by_unit.values()) == {None}


def test_they_are_of_what_is_known_and_name_who_is_silent(database: Database, organisation: Organisation) -> None:
    units = [unit.code for unit in organisation.case_units_on(NOW.date())]
    a_year_of_training(database, units, NOW)
    modern, proficient = asked(database, organisation)
    number = Decimal(len(units) - 1)
    assert proficient.evidence.total == Reached(9 * number, 12 * number) and proficient.silent == (units[-1],)
    assert modern.evidence.total == Reached(Decimal(1), number - 1)
    assert modern.silent == (units[2], units[-1]) and modern.evidence.unknown == 2
    assert modern.behind[0] == min(units[1], *units[3:-1])
    own, tested = asked(database, organisation, replace(WORKER, unit=units[1]))
    assert own.evidence.total == Reached(Decimal(0), Decimal(1))
    assert tested.evidence.total == Reached(Decimal(9), Decimal(12)) and tested.evidence.note == ""
