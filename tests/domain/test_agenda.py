"""What falls due: reporting days follow their periods, nothing is lost between two spans, each day is somebody's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data_access.agenda import load_agenda_rules
from data_access.observations import shipped_indicators
from data_access.programme import shipped_pledges
from data_access.working_days import load_working_calendar
from domain.agenda import AgendaItem, AgendaKind, agenda
from domain.permissions import Role

DAY = timedelta(days=1)
FIRST = date(2026, 11, 23)
DAYS = st.dates(date(2024, 1, 1), date(2027, 6, 30))


def due(first: date, last: date, entries: tuple[AgendaItem, ...] = ()) -> list[AgendaItem]:
    indicators, pledges = shipped_indicators().values(), shipped_pledges().values()
    return agenda(
        load_agenda_rules(),
        indicators,
        pledges,
        entries,
        (first, last),
        load_working_calendar(),
        {"email": "Thư điện tử"},
    )


def test_the_days_of_a_quarter_are_those_of_the_rules() -> None:
    found = {item.uid: item for item in due(date(2027, 1, 1), date(2027, 1, 20))}
    assert found["report_branch-2027-t03"].on == date(2027, 1, 3)
    assert found["close_figures-2027-m03"].on == date(2027, 1, 1)
    # Two working days after Thursday, 31 December; New Year's Day is none.
    assert found["consolidate-2027-m03"].on == load_working_calendar().working_day_after(date(2026, 12, 31), 2)
    assert found["report_branch-2027-t03"].is_sample and not found["consolidate-2027-m03"].is_sample
    ends = [item for item in due(date(2026, 12, 31), date(2026, 12, 31)) if item.kind is AgendaKind.PERIOD]
    assert [item.title for item in ends] == ["Hết 3 tháng năm 2027"]


@given(first=DAYS, days=st.integers(0, 80), cut=st.integers(0, 80))
def test_a_span_is_its_two_halves(first: date, days: int, cut: int) -> None:
    last, middle = first + days * DAY, first + min(cut, days) * DAY
    whole = due(first, last)
    halves = [*due(first, middle), *due(middle + DAY, last)] if middle < last else due(first, last)
    assert [item.uid for item in whole] == [item.uid for item in halves]
    assert len({item.uid for item in whole}) == len(whole)
    assert [item.on for item in whole] == sorted(item.on for item in whole)


def test_only_terms_that_ship_are_samples_and_an_agencys_own_are_its_own() -> None:
    shipped = shipped_indicators()["documents_in"]
    own = [replace(shipped, code=code, is_sample=False) for code in ("letters_in", "letters_out")]
    span = (date(2026, 11, 1), date(2026, 11, 30))
    found = agenda([], [shipped, *own], [], [], span, load_working_calendar(), {})
    assert [(item.title.split(": ")[1].split(",")[0], item.is_sample) for item in found] == [
        ("1 chỉ tiêu", True),
        ("2 chỉ tiêu", False),
    ]
    assert len({item.uid for item in found}) == 2
    assert all(item.is_sample for item in due(*span) if item.kind is AgendaKind.FIGURES)


def test_everybody_sees_the_own_days_and_those_of_all() -> None:
    of_leaders = AgendaItem("a", FIRST, "x", AgendaKind.ENTRY, Role.LEADER, "")
    of_a_unit = AgendaItem("b", FIRST, "y", AgendaKind.ENTRY, None, "", unit="PHUVANG")
    found = due(FIRST, FIRST, (of_leaders, of_a_unit))
    assert {"a", "b"} <= {item.uid for item in found}
    assert of_leaders.concerns(Role.LEADER, None) and not of_leaders.concerns(Role.OPERATOR, None)
    assert of_leaders.concerns(Role.ADMINISTRATOR, None)
    assert of_a_unit.concerns(Role.DEPARTMENT_HEAD, "PHUVANG")
    assert not of_a_unit.concerns(Role.DEPARTMENT_HEAD, "TPHUE")
    assert of_a_unit.concerns(Role.LEADER, None)


def test_the_end_of_a_pledges_year_is_a_leaders_day() -> None:
    found = [item for item in due(date(2025, 12, 1), date(2025, 12, 31)) if item.kind is AgendaKind.PLEDGE]
    assert [(item.on, item.role) for item in found] == [(date(2025, 12, 31), Role.LEADER)]
