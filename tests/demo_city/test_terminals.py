"""The city's staff and terminals: the same days from the same seed, and the whole way into the product over HTTP."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from attendance_support import at
from gate_support import build
from sqlalchemy import func, select
from web_source_support import serving

from access.principal import Principal
from actions.import_attendance import import_attendance_sheet
from actions.sheets import SheetInbox
from data_access.attendance import presence_on
from data_access.import_batches import BatchState, recent_batches
from data_access.models.attendance import PunchRow
from data_access.sources import source_by_name
from demo_city.clock import LOCAL
from demo_city.staff import away_on, staff_of, touches_of
from demo_city.terminals import Terminal, Terminals
from demo_city.units import Pack
from demo_city.working_days import is_working_day
from domain.freshness import Freshness
from domain.units import Organisation

PACK = Path(__file__).resolve().parents[2] / "data" / "organisations" / "hue-two-level"
MONDAY = date(2026, 11, 23)
SEED = 2027
WORKER = Principal.worker()


def test_the_same_seed_and_day_give_the_same_touches_and_another_seed_others() -> None:
    staff = staff_of(Pack(PACK), MONDAY)
    people = [person for unit in staff.values() for person in unit]
    one = [touches_of(SEED, person, MONDAY) for person in people]
    assert one == [touches_of(SEED, person, MONDAY) for person in people]
    assert one != [touches_of(SEED + 1, person, MONDAY) for person in people]
    assert 100 < len(people) < 250
    assert len({(person.unit, person.pin) for person in people}) == len(people)


def test_a_working_day_looks_like_one_and_a_day_off_is_empty() -> None:
    people = [person for unit in staff_of(Pack(PACK), MONDAY).values() for person in unit]
    firsts = [touches[0].at for person in people if (touches := touches_of(SEED, person, MONDAY))]
    late = sum(first.time() > time(7, 45) for first in firsts)
    away = sum(away_on(SEED, person, MONDAY) is not None for person in people)
    assert 0.02 * len(people) < late < 0.12 * len(people)
    assert 0.05 * len(people) < away < 0.3 * len(people)
    assert len(firsts) + away > 0.96 * len(people)
    assert not any(touches_of(SEED, person, date(2026, 11, 22)) for person in people)


def a_city_terminal(until: datetime) -> Terminal:
    people = staff_of(Pack(PACK), MONDAY)["TPHUE"]
    return Terminal("MAU01", people, SEED, until)


def test_what_is_not_answered_is_said_again_and_everything_is_told_once_or_more() -> None:
    start, end = at("00:00").astimezone(LOCAL), at("20:00").astimezone(LOCAL)
    terminal, lines = a_city_terminal(start), Counter[str]()

    def send(method: str, path: str, body: bytes) -> bool:
        if (len(lines) + len(body)) % 5 == 0 and method == "POST" and terminal.sent % 3 == 0:
            return False
        lines.update(body.decode().splitlines())
        return True

    moment = start
    while moment <= end:
        terminal.tick(moment, send)
        moment += timedelta(minutes=1)
    wanted = {touch.line for person in terminal.people for touch in touches_of(SEED, person, MONDAY)}
    assert wanted <= set(lines)


def test_trouble_comes_unasked_now_and_then() -> None:
    days = [MONDAY + timedelta(days=shift) for shift in range(40)]
    working = [day for day in days if is_working_day(day)]
    silent, twice, broken, late = 0, 0, 0, 0
    for day in working:
        terminal = a_city_terminal(datetime.combine(day, time(0), LOCAL))
        silent += any(
            terminal.is_silent(datetime.combine(day, time(hour, minute), LOCAL))
            for hour in range(7, 18)
            for minute in (0, 15, 30, 45)
        )
        touches = [touch for person in terminal.people for touch in touches_of(SEED, person, day)]
        late += sum(touch.told_at - touch.at > timedelta(minutes=3) for touch in touches)
        for touch in touches[:60]:
            body = terminal._body([touch]).decode().splitlines()
            twice += len(body) != len(set(body))
            broken += any(line != touch.line for line in body)
    assert 1 <= silent < len(working) / 2
    assert min(twice, broken, late) > 10


@pytest.mark.slow
def test_a_morning_of_the_city_reaches_the_product_through_its_own_doors(
    tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime
) -> None:
    site = build(tmp_path, sqlite_template, organisation, now)
    inbox = SheetInbox(site.database, organisation, tmp_path / "inbox", "attendance", import_attendance_sheet)
    with serving(site.app.server) as address:
        terminals = Terminals(address, tmp_path / "inbox", Pack(PACK), SEED)
        terminals.tick(site.clock())
        states = [outcome.state for outcome in inbox(site.clock())]
        assert states == [BatchState.APPLIED] * 3
        for _ in range(15):
            site.clock.skip(timedelta(minutes=1))
            terminals.tick(site.clock())
    with site.database.reading() as session:
        presence = presence_on(session, WORKER, organisation, MONDAY, site.clock())
        sheets = [batch for batch in recent_batches(session, WORKER, 200) if batch.mode == "sheet"]
        punches = session.scalar(select(func.count()).select_from(PunchRow))
        source = source_by_name(session, "attendance")
    assert all(batch.rows_refused == 0 for batch in sheets), [batch.message for batch in sheets]
    assert presence.total and presence.total.present and punches and punches > 500
    assert presence.total.present > 0.7 * presence.total.staff
    assert presence.total.leave and presence.total.field_duty
    assert presence.unexplained is not None and presence.unexplained < 8
    assert all(counts is not None for counts in presence.units.values())
    assert source.freshness(site.clock()) is Freshness.LIVE


def test_an_address_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="--web"):
        Terminals("https://x", tmp_path, Pack(PACK), SEED)
