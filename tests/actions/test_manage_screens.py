"""Settings and orders: refused in words, stored whole, written down, told to the screen at once."""

from __future__ import annotations

import math
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from people_support import CHIEF, UNITS, a_person, a_screen

from access.principal import NotAllowed
from actions.manage_screens import (
    ScreenRefused,
    change_settings,
    order_identify,
    order_reload,
    order_scene,
)
from actions.pair_screen import revoke_screen
from data_access.audit import audit_events
from data_access.screens import TOPIC, screen_by_public_id, screen_settings, screen_states
from data_access.session import Database
from data_access.versions import versions
from domain.legibility import Layout
from domain.screens import NightHours, SceneTurn, ScreenOrders, ScreenSettings

WHOLE = ScreenSettings(
    name="Phòng họp lớn",
    unit="PHULOC",
    place="Tầng 3, tường phía đông",
    diagonal_inches=55.5,
    panels_across=2,
    distance_m=3.5,
    turns=(SceneTurn("cases", 45), SceneTurn("overview", 600)),
    night=NightHours(time(22, 5), time(5, 30), frozenset({0, 4, 6})),
)


def change(database: Database, public_id: str, now: datetime, **how: Any) -> None:
    change_settings(database, CHIEF, public_id, ScreenSettings(**{"name": "Sảnh", **how}), UNITS, now)


def test_every_setting_is_kept_as_it_was_set(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now).principal.public_id
    ends = now + timedelta(days=30)
    wanted = ScreenSettings(**{**{name: getattr(WHOLE, name) for name in ScreenSettings.__slots__}, "expires_at": ends})
    change_settings(database, CHIEF, public_id, wanted, UNITS, now)
    with database.reading() as session:
        screen = screen_by_public_id(session, public_id)
        assert screen is not None and screen_settings(screen) == wanted
        state = screen_states(session)[public_id]
    assert state.settings == wanted
    assert state.message()["scenes"] == [["cases", 45], ["overview", 600]]
    assert state.message()["night"] == {"from": 1325, "to": 330, "days": [0, 4, 6]}


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"name": "x"}, "2–80"),
        ({"name": "x" * 81}, "2–80"),
        ({"name": "   "}, "2–80"),
        ({"place": "x" * 121}, "Nơi đặt"),
        ({"unit": "KHONGCO"}, "Không có đơn vị"),
        ({"diagonal_inches": 9.9}, "Đường chéo"),
        ({"diagonal_inches": 401.0}, "Đường chéo"),
        ({"diagonal_inches": math.nan}, "Đường chéo"),
        ({"panels_across": 0}, "Số tấm"),
        ({"panels_across": 5}, "Số tấm"),
        ({"distance_m": 0.4}, "Khoảng cách"),
        ({"distance_m": math.inf}, "Khoảng cách"),
        ({"turns": (SceneTurn("overview", 9),)}, "giây"),
        ({"turns": (SceneTurn("overview", 601),)}, "giây"),
        ({"turns": (SceneTurn("nothing", 30),)}, "không tồn tại"),
        ({"turns": (SceneTurn("cases", 30), SceneTurn("cases", 40))}, "lặp"),
        ({"night": NightHours(time(22), time(22))}, "hai giờ khác nhau"),
        ({"night": NightHours(time(22), time(5), frozenset())}, "ít nhất một ngày"),
    ],
)
def test_what_a_screen_cannot_be_is_refused_in_words(
    database: Database, now: datetime, how: dict[str, Any], words: str
) -> None:
    public_id = a_screen(database, now).principal.public_id
    with pytest.raises(ScreenRefused, match=words):
        change(database, public_id, now, **how)
    with database.reading() as session:
        assert screen_states(session)[public_id].settings == ScreenSettings("Sảnh")


def test_an_end_in_the_past_is_refused(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now).principal.public_id
    with pytest.raises(ScreenRefused, match="phía trước"):
        change(database, public_id, now, expires_at=now)


def test_a_name_is_taken_only_by_another_living_screen(database: Database, now: datetime) -> None:
    one, other = (a_screen(database, now, name).principal.public_id for name in ("Một", "Hai"))
    change(database, one, now, name="Một", place="nơi khác")
    with pytest.raises(ScreenRefused, match="Đã có"):
        change(database, one, now, name="Hai")
    revoke_screen(database, CHIEF, other, now)
    change(database, one, now, name="Hai")


def test_orders_grow_are_written_down_and_told(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now).principal.public_id
    with database.reading() as session:
        before = versions(session)[TOPIC]
    for order in (order_reload, order_identify, order_identify):
        order(database, CHIEF, public_id, now)
    order_scene(database, CHIEF, public_id, "cases", now)
    with database.reading() as session:
        assert screen_states(session)[public_id].orders == ScreenOrders(1, 2, 1, "cases")
        assert versions(session)[TOPIC] == before + 4
        done = [event.action for event in audit_events(session, CHIEF)][:4]
    assert done == [
        "screen_scene_ordered",
        "screen_identify_ordered",
        "screen_identify_ordered",
        "screen_reload_ordered",
    ]


def test_a_scene_the_screen_does_not_show_cannot_be_ordered(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now, "Xa", diagonal_inches=43, distance_m=10).principal.public_id
    with database.reading() as session:
        assert screen_states(session)[public_id].settings.layout is Layout.FAR
    for scene in ("overview", "", "nothing"):
        with pytest.raises(ScreenRefused, match="không chiếu"):
            order_scene(database, CHIEF, public_id, scene, now)
    order_scene(database, CHIEF, public_id, "far_map", now)


def test_a_revoked_screen_takes_no_settings_and_no_orders(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now).principal.public_id
    revoke_screen(database, CHIEF, public_id, now)
    for attempt in (
        lambda: change(database, public_id, now),
        lambda: order_reload(database, CHIEF, public_id, now),
        lambda: order_identify(database, CHIEF, "nobody", now),
        lambda: order_scene(database, CHIEF, public_id, "overview", now),
    ):
        with pytest.raises(ScreenRefused, match="Không có màn hình"):
            attempt()
    with database.reading() as session:
        assert screen_states(session) == {}


def test_only_an_administrator_sets_up_and_orders(database: Database, now: datetime) -> None:
    public_id, person = a_screen(database, now).principal.public_id, a_person(database, "lanhdao", now)
    for attempt in (
        lambda: change_settings(database, person, public_id, WHOLE, UNITS, now),
        lambda: order_reload(database, person, public_id, now),
        lambda: order_identify(database, person, public_id, now),
        lambda: order_scene(database, person, public_id, "overview", now),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_a_row_that_cannot_be_read_silences_nobody(database: Database, now: datetime) -> None:
    public_id = a_screen(database, now).principal.public_id
    with database.writing() as session:
        screen = screen_by_public_id(session, public_id)
        assert screen is not None
        screen.turns, screen.night = "overview cases:x far:12", "99:99-5:00 x"
    with database.reading() as session:
        settings = screen_states(session)[public_id].settings
    assert (settings.turns, settings.night) == ((SceneTurn("far", 12),), None)
