"""Reception, public services and administrative judgments in the feed: the numbers of their pages, unknown never 0."""

from __future__ import annotations

from datetime import datetime

import pytest
from judgments_support import a_register
from reception_support import a_morning_of_visits
from scenes_support import AskWall, store_quiet_figures
from services_support import some_months_of_requests

from data_access.other_figures import FigureQuestions, other_figure
from data_access.session import Database
from data_access.sources import save_source_configured
from domain.feed import FeedIndicator, Missing
from domain.units import Organisation
from scenes.outbound_feed import CentreAnswers
from scenes.outbound_further import OF_JUDGMENTS, OF_RECEPTION, OF_SERVICES

FURTHER = (*OF_RECEPTION, *OF_SERVICES, *OF_JUDGMENTS, "judgments_overdue")


@pytest.fixture
def units(database: Database, organisation: Organisation, now: datetime) -> list[str]:
    """All units; the last of them told nothing of any of the three."""
    store_quiet_figures(database, organisation, now)
    codes = [unit.code for unit in organisation.case_units_on(now.date())]
    a_morning_of_visits(database, codes, now)
    some_months_of_requests(database, codes, now)
    a_register(database, codes, now)
    return codes


def told(ask_wall: AskWall, now: datetime) -> dict[str, FeedIndicator]:
    return {one.id: one for one in CentreAnswers(ask_wall(now)).indicators}


def test_every_whole_is_the_number_that_its_page_explains(units: list[str], ask_wall: AskWall, now: datetime) -> None:
    feed, wall = told(ask_wall, now), ask_wall(now)
    question = wall.question
    asked = FigureQuestions(question.session, question.principal, question.organisation, True, now)
    for id in FURTHER:
        page = other_figure(asked, id)
        assert feed[id].whole.value == page.value, id
        if page.share is not None:
            assert (feed[id].whole.numerator, feed[id].whole.denominator) == (page.share.part, page.share.whole)


def test_units_add_up_and_one_that_told_nothing_is_unknown(units: list[str], ask_wall: AskWall, now: datetime) -> None:
    feed, number = told(ask_wall, now), len(units)
    for id in FURTHER:
        one = feed[id]
        assert set(one.by_unit) == set(units), id
        silent = one.by_unit[units[-1]]
        assert (silent.value, silent.missing) == (None, Missing.NO_DATA), id
        assert one.coverage.startswith(f"{number - 1}/{number} đơn vị"), id
    for id in ("receptions_received", *OF_JUDGMENTS, "judgments_overdue"):
        values = [figure.value for figure in feed[id].by_unit.values() if figure.value is not None]
        assert sum(values) == feed[id].whole.value, id  # type: ignore[arg-type]
    assert "bản án chưa tính được thời hạn" in feed["judgments_overdue"].coverage


def test_what_is_not_connected_says_so(
    database: Database, organisation: Organisation, ask_wall: AskWall, now: datetime
) -> None:
    store_quiet_figures(database, organisation, now)
    codes = [unit.code for unit in organisation.case_units_on(now.date())]
    a_morning_of_visits(database, codes, now)
    some_months_of_requests(database, codes, now)
    a_register(database, codes, now)
    with database.writing() as session:
        for source in ("reception", "public_services", "administrative_judgments"):
            save_source_configured(session, source, False, now)
    feed = told(ask_wall, now)
    for id in FURTHER:
        figures = [feed[id].whole, *feed[id].by_unit.values()]
        assert {(one.value, one.missing) for one in figures} == {(None, Missing.NOT_CONNECTED)}, id
        assert feed[id].coverage == ""


def test_nobody_called_is_no_wait_of_zero(ask_wall: AskWall, units: list[str], now: datetime) -> None:
    early = told(ask_wall, now.replace(hour=17))
    assert early["reception_wait"].whole.value is None
