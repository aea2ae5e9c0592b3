"""What the wall asks about warnings of the city, once per drawing: kinds, severities, places; never what they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from components.alert_zones import zone_paths
from data_access.city_alerts import warnings_since
from domain.alarms import Condition
from domain.boundaries import UnitMap
from domain.city_alerts import CityAlert, city_alarms, next_change, worst_alerts_first
from domain.freshness import SourceFacts
from domain.limits import WallLimits
from domain.local_time import midnight, next_midnight
from scenes.drawing import Question


class CityAnswers:
    """The warnings that touch one audience at one moment."""

    def __init__(self, question: Question, source: SourceFacts, limits: WallLimits) -> None:
        self._question, self._hold = question, limits.city_alert_hold
        self.source = source

    @cached_property
    def active(self) -> tuple[CityAlert, ...]:
        """Those that hold now, the worst first."""
        now = self._question.now
        return tuple(worst_alerts_first(one for one in self._known if one.is_active(now, self._hold)))

    def alarms(self, names: Mapping[str, str], whole: tuple[str, str]) -> list[Condition]:
        """What of them needs a person; `whole` is code and name of whom this wall is about."""
        return city_alarms(self.active, names, whole)

    def zones(self, unit_map: UnitMap) -> tuple[str, ...]:
        """Their shapes on the map; none while the source is out of date, for nobody knows then what still holds."""
        return zone_paths(self.active, unit_map) if self.source.is_current(self._question.now) else ()

    @property
    def hours_of_today(self) -> tuple[tuple[datetime, datetime], ...] | None:
        """From when to when each that held, holds or will hold today does; None while the source that was once heard is
        out of date: nobody knows then, which is not none."""
        now = self._question.now
        if not self.source.is_current(now):
            return None if self.source.configured and self.source.as_of_at is not None else ()
        from_at, to_at = midnight(now), next_midnight(now)
        spans = ((max(one.begins_at(), from_at), min(one.ends_at(self._hold), to_at)) for one in self._known)
        return tuple(sorted({(begins, ends) for begins, ends in spans if begins < ends}))

    @property
    def redraw_at(self) -> datetime | None:
        """When time alone begins or ends one of them."""
        return next_change(self._known, self._question.now, self._hold)

    @cached_property
    def _known(self) -> list[CityAlert]:
        question = self._question
        since = min(midnight(question.now), question.now - self._hold)
        return warnings_since(question.session, question.principal, question.organisation, since, question.now)
