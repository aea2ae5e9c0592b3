"""Old history is thinned to the end of each minute and forgotten after a month; what is kept is shown as before."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from data_access.models.live import PanelContent, Snapshot
from data_access.session import Database
from data_access.snapshots import (
    DrawnPanel,
    newest_panels,
    panel_bodies,
    panels_after,
    panels_as_of,
    save_panels,
    thin_history,
    thin_to_minutes,
)

AUDIENCES = ("wall", "wall:PHUVANG")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
JUST_BEFORE = timedelta(microseconds=1)
# What was drawn: audience, seconds after 09:40, panel, words; few words, so that contents come back.
drawings = st.lists(
    st.tuples(
        st.sampled_from(AUDIENCES),
        st.integers(0, 400),
        st.sampled_from(["tile", "table"]),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=25,
)


def a_panel(name: str, words: str) -> DrawnPanel:
    return DrawnPanel("overview", name, f'"{words}"'.encode())


def save(database: Database, at: datetime, panel: str, words: str, audience: str = AUDIENCES[0]) -> None:
    with database.writing() as session:
        save_panels(session, audience, [a_panel(panel, words)], at)


def save_all(database: Database, now: datetime, drawn: list[tuple[str, int, str, str]]) -> None:
    with database.writing() as session:
        session.execute(delete(Snapshot))
        session.execute(delete(PanelContent))
        for audience, offset, panel, words in sorted(drawn, key=lambda item: item[1]):
            save_panels(session, audience, [a_panel(panel, words)], now + offset * SECOND)


def seen(database: Database, at: datetime) -> dict[tuple[str, str], bytes]:
    """What every audience saw, as the bytes it was sent."""
    found: dict[tuple[str, str], bytes] = {}
    with database.reading() as session:
        for audience in AUDIENCES:
            states = panels_as_of(session, audience, at)
            bodies = panel_bodies(session, audience, [state.content_hash for state in states])
            found |= {(audience, state.panel): bodies[state.content_hash] for state in states}
    return found


def stored(database: Database) -> tuple[int, int]:
    with database.reading() as session:
        rows, contents = (session.scalar(select(func.count()).select_from(model)) for model in (Snapshot, PanelContent))
    return rows or 0, contents or 0


def orphans(database: Database) -> int:
    used = select(Snapshot.id).where(Snapshot.content_hash == PanelContent.content_hash).exists()
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(PanelContent).where(~used)) or 0


def test_of_each_minute_the_last_row_stays_and_the_newest_rows_all_stay(database: Database, now: datetime) -> None:
    for offset in (0, 5, 55, 60, 65, 125):
        save(database, now + offset * SECOND, "tile", str(offset))
    with database.writing() as session:
        assert thin_to_minutes(session, now + timedelta(seconds=119)) == 2
    with database.reading() as session:
        offsets = [int((state.drawn_at - now).total_seconds()) for state in panels_after(session, 0)]
    assert offsets == [55, 60, 65, 125]
    assert stored(database) == (4, 4)


def test_what_was_thinned_before_is_not_looked_at_again(database: Database, now: datetime) -> None:
    for offset in (0, 5, 60, 65):
        save(database, now + offset * SECOND, "tile", str(offset))
    with database.writing() as session:
        assert thin_to_minutes(session, now + 5 * MINUTE, since=now + MINUTE) == 1
        assert thin_to_minutes(session, now + 5 * MINUTE, since=now + MINUTE) == 0
        assert thin_to_minutes(session, now + 5 * MINUTE) == 1


def test_a_content_that_another_audience_was_shown_outlives_the_thinning(database: Database, now: datetime) -> None:
    save(database, now, "tile", "same")
    save(database, now, "tile", "same", AUDIENCES[1])
    save(database, now + 5 * SECOND, "tile", "other")
    with database.writing() as session:
        assert thin_to_minutes(session, now + MINUTE) == 1
    assert seen(database, now + MINUTE) == {(AUDIENCES[0], "tile"): b'"other"', (AUDIENCES[1], "tile"): b'"same"'}


@given(drawn=drawings, cut=st.integers(-10, 420), earlier=st.one_of(st.none(), st.integers(0, 400)))
def test_thinning_changes_nothing_that_is_seen_at_the_end_of_any_minute(
    database: Database, now: datetime, drawn: list[tuple[str, int, str, str]], cut: int, earlier: int | None
) -> None:
    save_all(database, now, drawn)
    before = now + cut * SECOND
    moments = [now + minute * MINUTE - JUST_BEFORE for minute in range(10)]
    moments += [before.replace(second=0, microsecond=0) + offset * SECOND for offset in range(0, 180, 7)]
    was_seen = [seen(database, moment) for moment in moments]
    with database.reading() as session:
        live = newest_panels(session)
    with database.writing() as session:
        thin_to_minutes(session, before, None if earlier is None else now + earlier * SECOND)
    assert [seen(database, moment) for moment in moments] == was_seen
    with database.reading() as session:
        assert newest_panels(session) == live
    assert orphans(database) == 0


@given(drawn=drawings, cut=st.integers(0, 420), forgotten=st.integers(0, 420))
def test_forgetting_changes_nothing_from_then_on(
    database: Database, now: datetime, drawn: list[tuple[str, int, str, str]], cut: int, forgotten: int
) -> None:
    save_all(database, now, drawn)
    limit = now + forgotten * SECOND
    moments = [limit, *(now + minute * MINUTE - JUST_BEFORE for minute in range(10))]
    kept = [moment for moment in moments if moment >= limit]
    was_seen = [seen(database, moment) for moment in kept]
    with database.writing() as session:
        thin_history(session, limit)
    assert [seen(database, moment) for moment in kept] == was_seen
    with database.writing() as session:
        thin_to_minutes(session, now + cut * SECOND)
    assert [seen(database, moment) for moment in kept[1:]] == was_seen[1:]
    assert orphans(database) == 0


def test_the_history_of_one_audience_is_forgotten_without_the_others(database: Database, now: datetime) -> None:
    for audience in AUDIENCES:
        for minute, words in enumerate("abc"):
            save(database, now + minute * MINUTE, "tile", words, audience)
    with database.writing() as session:
        assert thin_history(session, now + 5 * MINUTE, AUDIENCES[1]) == 2
    with database.reading() as session:
        kept = [(state.audience, state.drawn_at) for state in panels_after(session, 0)]
    assert kept.count((AUDIENCES[1], now + 2 * MINUTE)) == 1
    assert [audience for audience, _ in kept].count(AUDIENCES[0]) == 3
