"""Panels are stored by content, handed out by audience, kept as history and thinned."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from access.audience import PROVINCE, Audience, Projection
from data_access.models.live import PanelContent, Snapshot
from data_access.session import Database
from data_access.snapshots import (
    DrawnPanel,
    audiences_seen_since,
    data_topics,
    newest_panels,
    panel_bodies,
    panels_after,
    panels_as_of,
    save_audience_seen,
    save_panels,
    thin_history,
)
from data_access.versions import versions

EVERYBODY = PROVINCE.key


def drawn(panel: str, words: str) -> DrawnPanel:
    return DrawnPanel("overview", panel, f'"{words}"'.encode())


def stored(database: Database, model: type[Snapshot] | type[PanelContent]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def save(database: Database, now: datetime, *panels: DrawnPanel, audience: str = EVERYBODY) -> list[str]:
    with database.writing() as session:
        return save_panels(session, audience, panels, now)


def test_the_newest_content_of_each_panel_is_live(database: Database, now: datetime) -> None:
    save(database, now, drawn("tile", "1"), drawn("table", "1"))
    save(database, now + timedelta(seconds=2), drawn("tile", "2"), drawn("table", "1"))
    with database.reading() as session:
        live = {state.panel: state.content_hash for state in newest_panels(session)}
    assert live == {"tile": drawn("tile", "2").content_hash, "table": drawn("table", "1").content_hash}


def test_an_unchanged_panel_stores_nothing_and_makes_no_version(database: Database, now: datetime) -> None:
    assert save(database, now, drawn("tile", "1")) == ["tile"]
    assert save(database, now, drawn("tile", "1")) == []
    assert stored(database, Snapshot) == 1
    with database.reading() as session:
        assert versions(session) == {"snapshots": 1}


def test_a_content_that_comes_back_is_stored_once(database: Database, now: datetime) -> None:
    for minute, words in enumerate(("1", "2", "1")):
        save(database, now + timedelta(minutes=minute), drawn("tile", words))
    assert stored(database, Snapshot) == 3
    assert stored(database, PanelContent) == 2


def test_bodies_are_handed_out_only_to_the_audience_that_was_shown_them(database: Database, now: datetime) -> None:
    panel, other = drawn("tile", "CANARY-U7"), "wall:PHUVANG"
    save(database, now, panel, audience=other)
    with database.reading() as session:
        assert panel_bodies(session, other, [panel.content_hash]) == {panel.content_hash: b'"CANARY-U7"'}
        assert panel_bodies(session, EVERYBODY, [panel.content_hash]) == {}


def test_a_reader_gets_exactly_what_it_has_missed(database: Database, now: datetime) -> None:
    save(database, now, drawn("tile", "1"))
    with database.reading() as session:
        known = newest_panels(session)[0].row
    save(database, now, drawn("tile", "2"), drawn("table", "1"))
    with database.reading() as session:
        assert [state.panel for state in panels_after(session, known)] == ["tile", "table"]


def test_the_past_is_shown_as_it_was(database: Database, now: datetime) -> None:
    save(database, now, drawn("tile", "1"))
    save(database, now + timedelta(hours=1), drawn("tile", "2"))
    with database.reading() as session:
        then = panels_as_of(session, EVERYBODY, now + timedelta(minutes=59))
        before = panels_as_of(session, EVERYBODY, now - timedelta(seconds=1))
    assert [state.content_hash for state in then] == [drawn("tile", "1").content_hash]
    assert before == []


def test_thinning_forgets_what_is_old_and_keeps_what_was_live_then(database: Database, now: datetime) -> None:
    for hour in range(4):
        save(database, now + timedelta(hours=hour), drawn("tile", str(hour)))
    save(database, now, drawn("quiet", "as ever"))
    limit = now + timedelta(hours=2, minutes=30)
    with database.writing() as session:
        assert thin_history(session, limit) == 2
    with database.reading() as session:
        live_then = {state.panel: state.content_hash for state in panels_as_of(session, EVERYBODY, limit)}
        assert live_then == {
            "tile": drawn("tile", "2").content_hash,
            "quiet": drawn("quiet", "as ever").content_hash,
        }
        assert panel_bodies(session, EVERYBODY, [drawn("tile", "0").content_hash]) == {}
    assert stored(database, PanelContent) == 3


def test_a_content_still_shown_survives_however_old_it_is(database: Database, now: datetime) -> None:
    save(database, now - timedelta(days=9), drawn("quiet", "as ever"))
    with database.writing() as session:
        thin_history(session, now)
    with database.reading() as session:
        assert panel_bodies(session, EVERYBODY, [drawn("quiet", "as ever").content_hash])


def test_an_audience_is_known_while_somebody_looked_lately(database: Database, now: datetime) -> None:
    unit = Audience(Projection.WALL, "PHUVANG")
    with database.writing() as session:
        save_audience_seen(session, unit, now)
    with database.reading() as session:
        assert audiences_seen_since(session, now - timedelta(minutes=5)) == [unit]
        assert audiences_seen_since(session, now + timedelta(seconds=1)) == []
        assert data_topics(versions(session)) == {}
