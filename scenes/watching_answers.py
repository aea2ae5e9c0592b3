"""What the product watches of itself and its lines, once per drawing: sources, screens, contradictions, terminals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property

from data_access.attendance import silent_terminals
from data_access.import_batches import finding_count
from data_access.screens import silent_screens
from data_access.source_connections import certificates
from domain.alarms import (
    Condition,
    Watched,
    camera_alarms,
    certificate_alarms,
    contradiction_alarms,
    screen_alarms,
    source_alarms,
    terminal_alarms,
    uncovered_alarms,
    with_terminals,
)
from scenes.feed_answers import FeedAnswers

# A dark screen that lights up again moves no data version: it is looked for.
LOOK_AGAIN = timedelta(minutes=1)


class WatchingAnswers:
    """For one audience: itself of the whole only, lines of every audience's own units."""

    def __init__(self, feeds: FeedAnswers) -> None:
        self._feeds = feeds
        self._now = feeds.question.now

    @property
    def conditions(self) -> list[Condition]:
        """What of it needs a person."""
        return [*self._of_itself(), *self._cameras(), *self._uncovered(), *self.terminals]

    @cached_property
    def terminals(self) -> list[Condition]:
        """Attendance terminals out of reach; none while attendance was never heard."""
        source, feeds = self._feeds.presence.source, self._feeds
        if not source.configured or source.as_of_at is None:
            return []
        silent = silent_terminals(feeds.question.session, feeds.unit_names, self._now)
        return terminal_alarms(silent, feeds.unit_names, feeds.scope.code)

    @property
    def redraw_at(self) -> datetime | None:
        """When a screen that still speaks counts as dark, or one that is dark may be back."""
        if self._feeds.is_one_unit:
            return None
        limit, dark = self._feeds.limits.screen_dark, {one.code for one in self._dark}
        ends = [at + limit + timedelta(seconds=1) for name, at in self._screens if name not in dark]
        return min([*ends, *([self._now + LOOK_AGAIN] if dark else [])], default=None)

    @cached_property
    def _screens(self) -> Sequence[tuple[str, datetime]]:
        return silent_screens(self._feeds.question.session, self._now)

    @property
    def _dark(self) -> list[Watched]:
        limit, root = self._feeds.limits.screen_dark, self._feeds.scope.code
        return [Watched(name, root, at) for name, at in self._screens if self._now - at > limit]

    def _of_itself(self) -> list[Condition]:
        feeds = self._feeds
        if feeds.is_one_unit:
            return []
        unit, name = feeds.scope.code, feeds.scope.short_name
        found = source_alarms(feeds.sources, unit, name, self._now)
        titles, soon = {one.name: one.title for one in feeds.sources}, feeds.limits.certificate_soon
        known = certificates(feeds.question.session)
        found += certificate_alarms(known, titles, soon, (unit, name), self._now)
        found += feeds.software.alarms((unit, name))
        count, oldest = finding_count(feeds.question.session)
        return [*found, *screen_alarms(self._dark, unit, name), *contradiction_alarms(count, oldest, unit, name)]

    def _cameras(self) -> list[Condition]:
        feeds, cameras = self._feeds, self._feeds.cameras
        if not cameras.is_known:
            return []
        found = camera_alarms(cameras.findings, feeds.unit_names, cameras.since, feeds.scope.code)
        terminals = {one.unit: len(one.members) for one in self.terminals}
        return with_terminals(found, terminals, {unit for unit in feeds.unit_names if self._has_one_site(unit)})

    def _has_one_site(self, unit: str) -> bool:
        return len({camera.site for camera in self._feeds.cameras.cameras if camera.unit == unit}) == 1

    def _uncovered(self) -> list[Condition]:
        day, cameras = self._feeds.reception.day, self._feeds.cameras
        if day is None or not cameras.is_known:
            return []
        received = {unit: counts.serving for unit, counts in day.units.items() if counts is not None}
        states = {camera: cameras.state_of(camera) for camera in cameras.cameras}
        return uncovered_alarms(states, received, self._feeds.unit_names)
