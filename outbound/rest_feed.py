"""The REST feed /api/v1: figures as JSON. First as they are stored when the worker draws, without ages; then as they
are told when somebody asks, each with how far its source can be trusted at that moment.

Unknown is null with its reason, never 0. Instants are ISO 8601 in UTC, days ISO dates in Huế.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from domain.alarms import SYSTEM_SOURCE, SYSTEM_TITLE, AlarmState, Priority
from domain.cameras import CameraState
from domain.feed import FeedAlarm, FeedCamera, FeedFigure, FeedIndicator, FeedReport
from domain.freshness import AgesBy, Freshness, FreshnessLimits, SourceFacts
from domain.indicators import Value
from domain.units import Organisation, covers

Json = dict[str, Any]

SOURCES = "feed-sources"
INDICATORS = "feed-indicators"
ALARMS = "feed-alarms"
CAMERAS = "feed-cameras"
REPORTS = "feed-reports"
# What a list as a whole is as old as: an empty one of a source that never spoke is not none.
SOURCE_OF = {ALARMS: SYSTEM_SOURCE, CAMERAS: "cameras", REPORTS: "field_reports"}
PRIORITIES = {Priority.URGENT: "urgent", Priority.HIGH: "high", Priority.ORDINARY: "ordinary"}
CLOSED = "closed"
# An alarm of a source that is not in the catalogue of sources is judged from the product's own state.
OWN_LIMITS = FreshnessLimits(timedelta(seconds=60), timedelta(minutes=5), timedelta(minutes=30))


def stored_sources(sources: Iterable[SourceFacts], period: tuple[date, date], is_sample: bool) -> Json:
    """How old each source is and by which limits it ages; the days the figures of the form speak of."""
    return {
        "sample": is_sample,
        "period": {"from": period[0].isoformat(), "to": period[1].isoformat()},
        "sources": [
            {
                "name": source.name,
                "title": source.title,
                "configured": source.configured,
                "as_of": instant(source.as_of_at),
                "limits": [
                    int(limit.total_seconds())
                    for limit in (source.limits.late_for, source.limits.stale_for, source.limits.lost_for)
                ],
            }
            for source in sources
        ],
    }


def stored_indicator(one: FeedIndicator) -> Json:
    """One indicator, of the whole and by unit."""
    return {
        "id": one.id,
        "name": one.name,
        "measured_in": one.measured_in,
        "formula": one.formula,
        "excludes": one.excludes,
        "legal_basis": one.legal_basis,
        "source": one.source,
        "coverage": one.coverage,
        **_figure(one.whole),
        "by_unit": [{"unit": code, **_figure(figure)} for code, figure in one.by_unit.items()],
    }


def stored_alarm(one: FeedAlarm) -> Json:
    """One alarm, with its changes of state."""
    return {
        "id": one.public_id,
        "kind": one.rule,
        "kind_name": one.rule_name,
        "priority": PRIORITIES[one.priority],
        "state": alarm_state(one.state),
        "unit": one.unit,
        "source": one.source,
        "opened_at": instant(one.steps[0][0]),
        "changed_at": instant(one.steps[-1][0]),
        "closed_at": instant(one.closed_at),
        "steps": [{"at": instant(at), "state": alarm_state(state)} for at, state in one.steps],
    }


def stored_cameras(cameras: Sequence[FeedCamera], units: Sequence[str], is_known: bool) -> Json:
    """Counts by unit and state; null while no pass over the cameras has ever ended. Single ones for other receivers."""
    items = []
    for unit in units:
        counted = Counter(camera.state for camera in cameras if camera.unit == unit)
        states = {state.value: counted[state] if is_known else None for state in CameraState}
        items.append({"unit": unit, "installed": counted.total() if is_known else None, "states": states})
    single = [{"code": camera.code, "unit": camera.unit, "state": camera.state.value} for camera in cameras]
    return {"items": items, "single": single}


def stored_report(one: FeedReport, wards: Iterable[str]) -> Json:
    """One field report: no text, no point; the ward only when the map knows it."""
    report = one.report
    return {
        "id": report.public_id,
        "subject": report.subject,
        "urgency": report.urgency.value,
        "state": report.state.value,
        "unit": report.unit,
        "ward": one.area if one.area in set(wards) else None,
        "requested_at": instant(report.requested_at),
        "due_at": instant(report.due_at),
        "closed_at": instant(report.closed_at),
    }


@dataclass(frozen=True, slots=True)
class OwnAge:
    """What the product watches itself: live while the worker lives, as of the last drawing; else as old as the last
    sign of its life. `at` is aware UTC, None before the first worker."""

    at: datetime | None
    lives: bool


class SourceAges:
    """How far each source can be trusted at `now`, from what was stored."""

    def __init__(self, stored: Json, own: OwnAge, now: datetime) -> None:
        self.is_sample: bool = stored["sample"]
        self.period: Json = stored["period"]
        self._now = now
        watched = SourceFacts(SYSTEM_SOURCE, SYSTEM_TITLE, True, OWN_LIMITS, own.at, ages_by=AgesBy.ANSWER)
        self._own_lives = own.lives
        self._sources = {source["name"]: _facts(source) for source in stored["sources"]} | {SYSTEM_SOURCE: watched}

    def told(self, name: str) -> Json:
        """What stands beside every figure: quality, as_of, and the source by name and title."""
        source = self._sources.get(name) or self._sources[SYSTEM_SOURCE]
        return {
            "quality": self._quality(source),
            "as_of": instant(source.as_of_at),
            "source": {"name": source.name, "title": source.title},
        }

    def all_told(self) -> list[Json]:
        """Every source, by name."""
        return [
            {"name": source.name, "title": source.title, "connected": source.configured}
            | {"quality": self._quality(source), "as_of": instant(source.as_of_at)}
            for source in self._sources.values()
        ]

    def _quality(self, source: SourceFacts) -> str:
        """live, late, stale, lost, never; a source nobody connected has never said anything."""
        if source.name == SYSTEM_SOURCE and self._own_lives:
            return Freshness.LIVE.value
        found = source.freshness(self._now)
        return Freshness.NEVER.value if found is Freshness.NOT_CONFIGURED else found.value


def told_indicator(stored: Json, ages: SourceAges) -> Json:
    """One indicator as it is told now."""
    return {**stored, **ages.told(stored["source"]), "period": ages.period}


def told_alarm(stored: Json, ages: SourceAges) -> Json:
    """One alarm as it is told now; its changes of state are for CAP."""
    return {**{name: value for name, value in stored.items() if name != "steps"}, **ages.told(stored["source"])}


def told_item(stored: Json, panel: str, ages: SourceAges) -> Json:
    """One item of a resource whose items all come from the same source."""
    return {**stored, **ages.told(SOURCE_OF[panel])}


def told_list(panel: str, ages: SourceAges, page: Json) -> Json:
    """A page of a resource with the age of the list as a whole."""
    return {"sample": ages.is_sample, **ages.told(SOURCE_OF[panel]), **page}


def told_units(organisation: Organisation, on: date | None) -> list[Json]:
    """The dated tree: every stretch of every unit, or those in force on a day. `valid_to` is the last day."""
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "short_name": unit.short_name,
            "kind": unit.kind.value,
            "parent": unit.parent,
            "handles_cases": unit.handles_cases,
            "illustrative": unit.illustrative,
            "valid_from": unit.valid_from.isoformat(),
            "valid_to": None if unit.valid_to is None else unit.valid_to.isoformat(),
        }
        for unit in organisation.units
        if on is None or covers(unit.valid_from, unit.valid_to, on)
    ]


def alarm_state(state: AlarmState) -> str:
    """The word of a state; normal is the end of an alarm."""
    return CLOSED if state is AlarmState.NORMAL else state.value


def instant(at: datetime | None) -> str | None:
    """ISO 8601 in UTC."""
    return None if at is None else at.isoformat()


def _figure(figure: FeedFigure) -> Json:
    return {
        "value": _number(figure.value),
        "missing": None if figure.missing is None else figure.missing.value,
        "numerator": _number(figure.numerator),
        "denominator": _number(figure.denominator),
    }


def _number(value: Value) -> int | float | None:
    """A JSON number: rates have two decimals, which a double holds exactly enough to print them again."""
    return float(value) if isinstance(value, Decimal) else value


def _facts(stored: Mapping[str, Any]) -> SourceFacts:
    late, stale, lost = (timedelta(seconds=seconds) for seconds in stored["limits"])
    as_of = None if stored["as_of"] is None else datetime.fromisoformat(stored["as_of"])
    limits = FreshnessLimits(late, stale, lost)
    return SourceFacts(
        stored["name"], stored["title"], stored["configured"], limits, last_success_at=as_of, ages_by=AgesBy.ANSWER
    )
