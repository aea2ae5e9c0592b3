"""Warnings are kept whole, end in whatever order their messages come, and are seen by the units they touch."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from city_alert_support import HOLD, NOW, a_text

from access.principal import NotAllowed, Principal
from data_access.city_alerts import (
    FEED,
    AlertOrigin,
    active_alerts,
    city_alerts,
    desk_city_alert,
    desk_city_alerts,
    save_alert_units,
    save_city_alerts,
    unplaced_alerts,
)
from data_access.scope import NotFound
from data_access.session import Database
from data_access.versions import versions
from domain.city_alerts import AlertArea, AlertMessage, AlertSeverity, AlertText, PlaceCircle, PlacePoint
from domain.permissions import Role
from domain.units import Organisation

WORKER = Principal.worker()
LEADER = Principal(Role.LEADER, "lead", "lanhdao")
ORIGIN = AlertOrigin(FEED, "danh sách CAP")
RING = (PlacePoint(16.5, 107.6), PlacePoint(16.4, 107.7), PlacePoint(16.3, 107.6), PlacePoint(16.5, 107.6))


def head(unit: str) -> Principal:
    return Principal(Role.DEPARTMENT_HEAD, f"head-{unit}", "truong", unit=unit)


def save(database: Database, *texts: AlertText, origin: AlertOrigin = ORIGIN) -> tuple[int, int, int]:
    with database.writing() as session:
        saved = save_city_alerts(session, texts, origin, NOW)
    return saved.new, saved.unchanged, len(saved.contradicting)


def held(database: Database, organisation: Organisation) -> set[str]:
    with database.reading() as session:
        return {one.text.identifier for one in active_alerts(session, WORKER, organisation, HOLD, NOW)}


def test_a_message_is_kept_as_it_came_and_once(database: Database, organisation: Organisation) -> None:
    whole = a_text(
        description="Nước lên nhanh",
        instruction="Không đi qua",
        onset_at=NOW - timedelta(minutes=5),
        areas=(AlertArea("Ven phá", (RING,), (PlaceCircle(RING[0], 2.5),), ("474", "PHUVANG")),),
    )
    assert save(database, whole) == (1, 0, 0)
    assert save(database, whole) == (0, 1, 0)
    assert save(database, a_text(headline="Khác")) == (0, 0, 1), "the first words stand"
    with database.reading() as session:
        (kept,) = city_alerts(session, WORKER, organisation, NOW - HOLD, NOW)
        assert versions(session)["city_alerts"] == 1
    assert kept.text == whole and kept.came_by == "danh sách CAP" and kept.units is None and not kept.is_placed


def chain() -> list[AlertText]:
    at = NOW - timedelta(hours=2)
    minutes = timedelta(minutes=1)

    def later(name: str, number: int, message: AlertMessage, *before: str) -> AlertText:
        replaces = tuple(("ioc@example", one) for one in before)
        return a_text(name, sent_at=at + number * minutes, message=message, replaces=replaces)

    return [
        later("A", 0, AlertMessage.ALERT),
        later("B", 1, AlertMessage.UPDATE, "A"),
        later("C", 2, AlertMessage.UPDATE, "A", "B"),
        later("S", 3, AlertMessage.ALERT),
        later("X", 4, AlertMessage.CANCEL, "S"),
    ]


@pytest.mark.parametrize("seed", range(6))
def test_the_last_word_holds_whatever_arrives_first(database: Database, organisation: Organisation, seed: int) -> None:
    said = chain()
    random.Random(seed).shuffle(said)
    for text in said:
        save(database, text)
    assert held(database, organisation) == {"C"}
    with database.reading() as session:
        kept = {
            one.text.identifier: one.ended_at for one in city_alerts(session, WORKER, organisation, NOW - HOLD, NOW)
        }
    assert set(kept) == {"A", "B", "C", "S"}, "what called off is no warning"
    at = NOW - timedelta(hours=2)
    minute = timedelta(minutes=1)
    assert (kept["A"], kept["B"], kept["C"], kept["S"]) == (at + minute, at + 2 * minute, None, at + 4 * minute)


def test_nobody_takes_back_what_another_said(database: Database, organisation: Organisation) -> None:
    save(database, a_text())
    cancel = a_text("X", message=AlertMessage.CANCEL, replaces=(("ioc@example", "A-1"),))
    save(database, cancel, origin=AlertOrigin("another", "khác"))
    stranger = a_text("Y", sender="stranger", message=AlertMessage.CANCEL, replaces=(("ioc@example", "A-1"),))
    save(database, stranger)
    assert held(database, organisation) == {"A-1"}
    save(database, cancel)
    assert held(database, organisation) == set()


def test_a_warning_is_seen_by_the_units_it_touches(database: Database, organisation: Organisation) -> None:
    save(database, a_text(), a_text("B"), a_text("C"))
    with database.writing() as session:
        ids = {one.text.identifier: one.public_id for one in unplaced_alerts(session)}
        save_alert_units(session, ids["A-1"], {"PHUVANG"}, NOW)
        save_alert_units(session, ids["B"], set(), NOW)
        assert [one.text.identifier for one in unplaced_alerts(session)] == ["C"]
        save_alert_units(session, ids["C"], None, NOW)
    since = NOW - HOLD
    with database.reading() as session:

        def seen(principal: Principal) -> set[str]:
            found = desk_city_alerts(session, principal, organisation, since, NOW)
            return {one.text.identifier for one in found}

        assert seen(LEADER) == {"A-1", "B", "C"}
        assert seen(head("PHUVANG")) == {"A-1", "C"} and seen(head("PHULOC")) == {"C"}
        assert desk_city_alert(session, head("PHUVANG"), organisation, ids["A-1"], NOW).units == ("PHUVANG",)
        for principal, public_id in ((head("PHULOC"), ids["A-1"]), (LEADER, "nothing")):
            with pytest.raises(NotFound):
                desk_city_alert(session, principal, organisation, public_id, NOW)
        screen = Principal(Role.SCREEN, "s", "Sảnh")
        with pytest.raises(NotAllowed):
            desk_city_alerts(session, screen, organisation, since, NOW)
        with pytest.raises(NotAllowed):
            desk_city_alert(session, screen, organisation, ids["A-1"], NOW)


def test_what_was_said_long_ago_and_still_holds_is_found(database: Database, organisation: Organisation) -> None:
    old = NOW - timedelta(days=20)
    save(
        database,
        a_text("long", sent_at=old, expires_at=NOW + timedelta(hours=1)),
        a_text("over", sent_at=old, expires_at=old + timedelta(hours=1)),
        a_text("coming", sent_at=old, onset_at=NOW + timedelta(hours=2), expires_at=None),
    )
    assert held(database, organisation) == {"long"}
    with database.reading() as session:
        found = city_alerts(session, WORKER, organisation, NOW - HOLD, NOW)
    assert {one.text.identifier for one in found} == {"long", "coming"}


def test_no_sender_crowds_out_or_hides_what_another_warns_of(
    sqlite_database: Database, organisation: Organisation
) -> None:
    save(sqlite_database, a_text("REAL"))
    other, minor = AlertOrigin("another", "khác"), AlertSeverity.MINOR
    for number in range(1_005):
        save(sqlite_database, a_text(f"W{number}", sent_at=NOW, severity=minor), origin=other)
    save(sqlite_database, a_text("REAL", severity=minor), origin=other)
    save(sqlite_database, a_text("D", sent_at=NOW, is_exercise=True), origin=other)
    save(sqlite_database, a_text("X", message=AlertMessage.CANCEL, replaces=(("ioc@example", "REAL"),)), origin=other)
    with sqlite_database.reading() as session:
        found = active_alerts(session, WORKER, organisation, HOLD, NOW)
    assert [one.text.severity for one in found if one.text.identifier == "REAL"] == [AlertSeverity.SEVERE]
    assert not [one for one in found if one.text.is_exercise]
