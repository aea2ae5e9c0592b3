"""Warnings of the city: when they hold, of what kind they are, which alarms come of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from city_alert_support import HOLD, NOW, a_text
from hypothesis import given
from hypothesis import strategies as st

from domain.alarms import Priority
from domain.city_alerts import (
    ALARM_TITLES,
    KIND_NAMES,
    PHASE_NAMES,
    SEVERITY_NAMES,
    AlertKind,
    AlertMessage,
    AlertPhase,
    AlertSeverity,
    AlertText,
    CityAlert,
    city_alarms,
    kind_of,
    next_change,
    told_once,
    worst_alerts_first,
    worst_severity,
)

NAMES = {"PHUVANG": "Phú Vang", "PHULOC": "Phú Lộc"}
WHOLE = ("HUE", "Toàn tỉnh")
HOUR = timedelta(hours=1)


def kept(text: AlertText, units: tuple[str, ...] | None = ("PHUVANG",), ended_at: datetime | None = None) -> CityAlert:
    return CityAlert(text.identifier, text, "IOC", NOW, units, True, ended_at)


def test_every_word_of_a_warning_has_a_vietnamese_one() -> None:
    assert set(KIND_NAMES) == set(ALARM_TITLES) == set(AlertKind)
    assert set(SEVERITY_NAMES) == set(AlertSeverity) and set(PHASE_NAMES) == set(AlertPhase)


@pytest.mark.parametrize(
    ("changes", "ended", "phase"),
    [
        ({}, None, AlertPhase.ACTIVE),
        ({"onset_at": NOW + HOUR}, None, AlertPhase.COMING),
        ({"onset_at": NOW}, None, AlertPhase.ACTIVE),
        ({"expires_at": NOW}, None, AlertPhase.ENDED),
        ({"expires_at": NOW + timedelta(seconds=1)}, None, AlertPhase.ACTIVE),
        ({}, NOW, AlertPhase.ENDED),
        ({"expires_at": None, "sent_at": NOW - HOLD}, None, AlertPhase.ENDED),
        ({"expires_at": None, "sent_at": NOW - HOLD + HOUR}, None, AlertPhase.ACTIVE),
        ({"expires_at": None, "onset_at": NOW + HOUR, "sent_at": NOW - HOLD}, None, AlertPhase.COMING),
        ({"is_past": True}, None, AlertPhase.ENDED),
        ({"message": AlertMessage.CANCEL}, None, AlertPhase.ENDED),
    ],
)
def test_a_warning_holds_from_its_begin_to_its_end(
    changes: dict[str, object], ended: datetime | None, phase: AlertPhase
) -> None:
    assert kept(a_text(**changes), ended_at=ended).phase(NOW, HOLD) is phase


def test_a_drill_holds_and_is_no_warning() -> None:
    drill = kept(a_text(is_exercise=True))
    assert drill.phase(NOW, HOLD) is AlertPhase.ACTIVE and not drill.is_active(NOW, HOLD)


@pytest.mark.parametrize(
    ("categories", "event", "kind"),
    [
        (["Met"], "Bão số 9", AlertKind.WEATHER),
        (["Met"], "Ngập lụt", AlertKind.FLOOD),
        (["Met"], "LŨ trên sông Hương", AlertKind.FLOOD),
        (["Met"], "Triều cường", AlertKind.FLOOD),
        (["Met"], "Lực lượng gió mạnh", AlertKind.WEATHER),
        (["Geo"], "Sạt lở", AlertKind.WEATHER),
        (["Security"], "Tụ tập khi ngập", AlertKind.SECURITY),
        (["Fire"], "Cháy chợ", AlertKind.FIRE),
        (["Health"], "Dịch bệnh", AlertKind.OTHER),
        ([], "", AlertKind.OTHER),
    ],
)
def test_the_kind_is_that_of_the_category_and_a_flood_by_its_words(
    categories: list[str], event: str, kind: AlertKind
) -> None:
    assert kind_of(categories, event) is kind


def test_severities_from_the_worst() -> None:
    assert worst_severity([AlertSeverity.MINOR, AlertSeverity.EXTREME]) is AlertSeverity.EXTREME
    assert worst_severity([]) is AlertSeverity.UNKNOWN
    listed = [kept(a_text("m", severity=AlertSeverity.MODERATE)), kept(a_text("s"))]
    assert [one.text.identifier for one in worst_alerts_first(listed)] == ["s", "m"]


def test_one_warning_is_one_alarm_however_many_units_it_touches() -> None:
    one, two, all_of_them = (
        city_alarms([kept(a_text(), units)], NAMES, WHOLE)[0] for units in (("PHULOC",), ("PHULOC", "PHUVANG"), None)
    )
    assert (one.unit, one.measure, one.members) == ("PHULOC", None, ("PHULOC",))
    assert (two.unit, two.measure, two.measure_words) == ("HUE", 2, "đơn vị trong vùng")
    assert (all_of_them.unit, all_of_them.unit_name, all_of_them.measure) == ("HUE", "Toàn tỉnh", None)
    assert {one.rule, two.rule, all_of_them.rule} == {"city_flood"}
    assert one.priority is Priority.HIGH and one.since_at == NOW - HOUR and one.title == "Cảnh báo lũ, ngập"


def test_what_is_elsewhere_or_minor_raises_nothing_and_a_unit_has_only_its_own() -> None:
    assert city_alarms([kept(a_text(), ())], NAMES, WHOLE) == []
    assert city_alarms([kept(a_text(), ("ALUOI",))], NAMES, WHOLE) == []
    for severity in (AlertSeverity.MINOR, AlertSeverity.UNKNOWN):
        assert city_alarms([kept(a_text(severity=severity))], NAMES, WHOLE) == []
    own = city_alarms([kept(a_text(), ("PHULOC", "PHUVANG"))], {"PHUVANG": "Phú Vang"}, ("PHUVANG", "Phú Vang"))
    assert [(alarm.unit, alarm.measure) for alarm in own] == [("PHUVANG", None)]


def test_the_same_words_by_two_ways_are_told_once_and_a_copy_ends_and_hides_nothing() -> None:
    first = kept(a_text())
    copy = CityAlert("2", a_text(), "khác", NOW + HOUR, ("PHUVANG",), True)
    assert told_once([copy, first]) == [first]
    assert told_once([first, replace(copy, received_at=NOW - HOUR, ended_at=NOW)]) == [first], (
        "ended by another way only"
    )
    milder = replace(copy, text=a_text(severity=AlertSeverity.MINOR), received_at=NOW - HOUR)
    elsewhere = replace(copy, units=("ALUOI",), received_at=NOW - HOUR)
    assert first in told_once([milder, elsewhere, first])


@given(
    st.lists(
        st.tuples(
            st.integers(-48, 48), st.one_of(st.none(), st.integers(1, 72)), st.one_of(st.none(), st.integers(-20, 60))
        ),
        max_size=6,
    )
)
def test_between_two_changes_nothing_begins_and_nothing_ends(spans: list[tuple[int, int | None, int | None]]) -> None:
    alerts = [
        kept(
            a_text(
                str(number),
                sent_at=NOW + begin * HOUR,
                expires_at=None if length is None else NOW + (begin + length) * HOUR,
            ),
            ended_at=None if ended is None else NOW + ended * HOUR,
        )
        for number, (begin, length, ended) in enumerate(spans)
    ]
    change = next_change(alerts, NOW, HOLD)
    until = NOW + 10 * HOLD if change is None else change
    halfway = NOW + (until - NOW) / 2
    for alert in alerts:
        assert alert.is_active(NOW, HOLD) == alert.is_active(halfway, HOLD)
