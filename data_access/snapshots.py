"""Drawn panels: stored once per content, one snapshot row per change, readable as of any kept moment.

Bodies are gzipped component JSON and opaque here. Only the leading worker writes; web processes hand out bytes.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, delete, func, select
from sqlalchemy.orm import Session

from access.audience import Audience
from data_access.models.live import PanelContent, Snapshot
from data_access.versions import bump_version, lock_writers, topics_changed_since

TOPIC = "snapshots"
SEEN_PREFIX = "seen:"
HASHES_A_QUESTION = 500


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """One panel of a scene as component JSON (UTF-8 bytes, not yet compressed)."""

    scene: str
    panel: str
    body: bytes

    @property
    def content_hash(self) -> str:
        """The name of this content: SHA-256 of the uncompressed JSON, hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class PanelState:
    """Which content a panel shows to an audience since `drawn_at` (aware UTC)."""

    row: int
    audience: str
    panel: str
    content_hash: str
    version: int
    drawn_at: datetime


def save_panels(session: Session, audience: str, panels: Iterable[DrawnPanel], now: datetime) -> list[str]:
    """Store the panels whose content differs from what the audience sees; returns their names.

    Unchanged panels store nothing; when none changed there is no new version. One new version covers the call.
    """
    changed = [panel for panel in panels if _shown_hash(session, audience, panel) != panel.content_hash]
    if not changed:
        return []
    # Thinning must not take away a content between our finding it here and our showing it.
    lock_writers(session, TOPIC)
    version = bump_version(session, TOPIC, now)
    for panel in changed:
        if session.get(PanelContent, panel.content_hash) is None:
            # mtime=0: equal content must be equal bytes.
            session.add(
                PanelContent(content_hash=panel.content_hash, body=gzip.compress(panel.body, 6, mtime=0), drawn_at=now)
            )
    session.flush()
    for panel in changed:
        session.add(
            Snapshot(
                audience=audience,
                scene=panel.scene,
                panel=panel.panel,
                version=version,
                drawn_at=now,
                content_hash=panel.content_hash,
            )
        )
    return [panel.panel for panel in changed]


def newest_panels(session: Session, audience: str | None = None) -> list[PanelState]:
    """The live row of every panel, for one audience or for all."""
    newest = select(func.max(Snapshot.id)).group_by(Snapshot.audience, Snapshot.scene, Snapshot.panel)
    if audience is not None:
        newest = newest.where(Snapshot.audience == audience)
    return _states(session, select(Snapshot).where(Snapshot.id.in_(newest)).order_by(Snapshot.id))


def shown_panels(session: Session, audience: str, scene: str, panels: Iterable[str]) -> dict[str, tuple[str, datetime]]:
    """The content hash each of these panels shows to an audience now, and since when; one never drawn is absent."""
    found = {panel: session.execute(_newest_row(audience, scene, panel)).one_or_none() for panel in panels}
    return {panel: (row.content_hash, row.drawn_at) for panel, row in found.items() if row is not None}


def panels_after(session: Session, row: int) -> list[PanelState]:
    """Snapshot rows newer than `row`, oldest first: what a reader that knows `row` has missed."""
    return _states(session, select(Snapshot).where(Snapshot.id > row).order_by(Snapshot.id))


def panels_as_of(session: Session, audience: str, at: datetime) -> list[PanelState]:
    """What the audience saw at a past moment, as far as history is kept."""
    newest = (
        select(func.max(Snapshot.id))
        .where(Snapshot.audience == audience, Snapshot.drawn_at <= at)
        .group_by(Snapshot.scene, Snapshot.panel)
    )
    return _states(session, select(Snapshot).where(Snapshot.id.in_(newest)).order_by(Snapshot.id))


def panel_bodies(session: Session, audience: str, hashes: Iterable[str]) -> dict[str, bytes]:
    """Component JSON by content hash, only of contents this audience was shown; other hashes are absent."""
    asked = select(PanelContent.content_hash, PanelContent.body).where(
        PanelContent.content_hash.in_(list(hashes)),
        select(Snapshot.id)
        .where(Snapshot.content_hash == PanelContent.content_hash, Snapshot.audience == audience)
        .exists(),
    )
    return {name: gzip.decompress(body) for name, body in session.execute(asked)}


def thin_to_minutes(session: Session, before: datetime, since: datetime | None = None) -> int:
    """Keep the last row of each minute of every panel an audience sees, before the minute of `before`; returns how many
    rows went.

    What was seen at the end of any minute is still seen. `since` spares looking again at what was thinned before.
    """
    before = before.replace(second=0, microsecond=0)
    lock_writers(session, TOPIC)
    old = Snapshot.drawn_at < before
    if since is not None:
        old &= Snapshot.drawn_at >= since.replace(second=0, microsecond=0)
    place = (Snapshot.audience, Snapshot.scene, Snapshot.panel, _minute(session))
    last = select(func.max(Snapshot.id)).where(old).group_by(*place)
    return _forget(session, old & Snapshot.id.not_in(last))


def thin_history(session: Session, before: datetime, audience: str | None = None) -> int:
    """Forget snapshot rows drawn before `before`, of one audience or of all, except the one still live then; returns
    how many went.

    The row that was live at `before` stays, so that every kept moment can still be shown whole.
    """
    lock_writers(session, TOPIC)
    old = Snapshot.drawn_at < before
    if audience is not None:
        old &= Snapshot.audience == audience
    live_then = select(func.max(Snapshot.id)).where(old)
    live_then = live_then.group_by(Snapshot.audience, Snapshot.scene, Snapshot.panel)
    return _forget(session, old & Snapshot.id.not_in(live_then))


def save_audience_seen(session: Session, audience: Audience, now: datetime) -> None:
    """Say that somebody of this audience is looking, so that the worker keeps drawing for it."""
    bump_version(session, SEEN_PREFIX + audience.key, now)


def audiences_seen_since(session: Session, since: datetime) -> list[Audience]:
    """Audiences somebody looked at since then, in a fixed order."""
    topics = topics_changed_since(session, SEEN_PREFIX, since)
    return [Audience.from_key(topic.removeprefix(SEEN_PREFIX)) for topic in topics]


def data_topics(topics: Mapping[str, int]) -> dict[str, int]:
    """The topics that speak of data; who looks at what is nobody's business in a browser."""
    return {topic: version for topic, version in topics.items() if not topic.startswith(SEEN_PREFIX)}


def _forget(session: Session, gone: ColumnElement[bool]) -> int:
    """Delete these rows, and of the contents they showed those that no row shows any more."""
    hashes = session.scalars(delete(Snapshot).where(gone).returning(Snapshot.content_hash)).all()
    used = select(Snapshot.id).where(Snapshot.content_hash == PanelContent.content_hash).exists()
    # By name: asking every content would read all their bodies from the disk.
    names = sorted(set(hashes))
    for start in range(0, len(names), HASHES_A_QUESTION):
        mine = PanelContent.content_hash.in_(names[start : start + HASHES_A_QUESTION])
        session.execute(delete(PanelContent).where(mine, ~used))
    return len(hashes)


def _minute(session: Session) -> ColumnElement[Any]:
    """The minute a row was drawn in; SQLite keeps instants as text in UTC."""
    if session.get_bind().dialect.name == "sqlite":
        return func.substr(cast(Snapshot.drawn_at, String), 1, len("2026-11-23 09:40"))
    return func.date_trunc("minute", Snapshot.drawn_at)


def _shown_hash(session: Session, audience: str, panel: DrawnPanel) -> str | None:
    row = session.execute(_newest_row(audience, panel.scene, panel.panel)).one_or_none()
    return None if row is None else row.content_hash


def _newest_row(audience: str, scene: str, panel: str) -> Select[str, datetime]:
    # One index seek a panel; a grouped maximum would walk all history at every drawing.
    return (
        select(Snapshot.content_hash, Snapshot.drawn_at)
        .where(Snapshot.audience == audience, Snapshot.scene == scene, Snapshot.panel == panel)
        .order_by(Snapshot.drawn_at.desc(), Snapshot.id.desc())
        .limit(1)
    )


def _states(session: Session, statement: Select[Snapshot]) -> list[PanelState]:
    rows = session.scalars(statement)
    return [PanelState(row.id, row.audience, row.panel, row.content_hash, row.version, row.drawn_at) for row in rows]
