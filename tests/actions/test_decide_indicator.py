"""The agency adds an indicator and changes terms and limits; what its figures mean is never changed behind them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from access.principal import NotAllowed, Principal
from actions.decide_indicator import IndicatorRefused, decide_indicator
from data_access.agenda import agenda_between
from data_access.observations import observed_indicators
from data_access.session import Database
from domain.agenda import AgendaKind
from domain.permissions import Role

NOW = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)
ADMINISTRATOR = Principal(Role.ADMINISTRATOR, "admin", "quantri")
TYPED = {
    "code": "chatbot_questions",
    "system": "",
    "name": "Câu hỏi qua trợ lý ảo",
    "measure": "amount",
    "length": "month",
    "unit_word": "câu hỏi",
    "is_stock": "",
    "due_days": "5",
    "warn_above": "",
    "warn_below": "0,5",
    "meaning": "số câu hỏi nhận trong kỳ",
    "reason": "Kế hoạch chuyển đổi số",
}


def test_an_indicator_is_added_and_its_term_changed(database: Database) -> None:
    decide_indicator(database, ADMINISTRATOR, TYPED, NOW)
    decide_indicator(database, ADMINISTRATOR, {**TYPED, "due_days": "9", "system": "email"}, NOW)
    with database.reading() as session:
        found = observed_indicators(session)["chatbot_questions"]
    assert (found.due_days, found.system, found.warn_below, found.warn_above) == (9, "email", Decimal("0.5"), None)


def test_what_the_agency_decided_is_no_sample_in_the_agenda(database: Database) -> None:
    span = (date(2026, 12, 1), date(2026, 12, 31))

    def terms() -> list[bool]:
        with database.reading() as session:
            found = agenda_between(session, ADMINISTRATOR, span)
        return [item.is_sample for item in found if item.kind is AgendaKind.FIGURES]

    assert set(terms()) == {True}
    before = len(terms())
    decide_indicator(database, ADMINISTRATOR, TYPED, NOW)
    assert sorted(terms()) == [False] + [True] * before


@pytest.mark.parametrize(
    "wrong",
    [{"code": "Xin chào"}, {"code": "ab"}, {"name": ""}, {"meaning": " "}, {"measure": "sum"}, {"length": "week"}]
    + [{"unit_word": ""}, {"due_days": "-1"}, {"due_days": "367"}, {"due_days": "năm"}, {"warn_above": "cao"}]
    + [{"warn_below": "-1"}, {"warn_above": "NaN"}, {"system": "no_such"}, {"reason": ""}]
    + [{"code": "documents_in", "measure": "share"}, {"code": "documents_in", "length": "year"}],
)
def test_what_cannot_be_an_indicator_is_refused(sqlite_database: Database, wrong: dict[str, str]) -> None:
    with pytest.raises(IndicatorRefused):
        decide_indicator(sqlite_database, ADMINISTRATOR, {**TYPED, **wrong}, NOW)
    with sqlite_database.reading() as session:
        assert "chatbot_questions" not in observed_indicators(session)


def test_indicators_are_an_administrators(sqlite_database: Database) -> None:
    with pytest.raises(NotAllowed):
        decide_indicator(sqlite_database, Principal(Role.LEADER, "lead", "lanhdao"), TYPED, NOW)
