"""Cảnh báo của thành phố: what the city's monitoring centre warns of, message by message, and what of it holds now.

The words are those of the Common Alerting Protocol 1.2 (OASIS): a message begins a warning, changes it or takes it
back, and names the messages it stands in place of. What a warning says stays on the desk; the wall shows its kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from domain.alarms import Condition, Priority
from domain.vietnamese import normalised

SOURCE = "city_alerts"
# On the sphere; a circle of a warning is no survey.
KM_PER_DEGREE = 111.2


class AlertKind(StrEnum):
    """Loại cảnh báo của thành phố."""

    WEATHER = "weather"
    FLOOD = "flood"
    FIRE = "fire"
    SECURITY = "security"
    OTHER = "other"


class AlertSeverity(StrEnum):
    """Mức nghiêm trọng of a warning, as CAP tells them apart."""

    EXTREME = "extreme"
    SEVERE = "severe"
    MODERATE = "moderate"
    MINOR = "minor"
    UNKNOWN = "unknown"


class AlertMessage(StrEnum):
    """Loại bản tin: begins a warning, changes it, takes it back."""

    ALERT = "alert"
    UPDATE = "update"
    CANCEL = "cancel"


class AlertPhase(StrEnum):
    """Hiệu lực of a warning at one moment."""

    COMING = "coming"
    ACTIVE = "active"
    ENDED = "ended"


KIND_NAMES = {
    AlertKind.WEATHER: "Thời tiết nguy hiểm",
    AlertKind.FLOOD: "Lũ, ngập",
    AlertKind.FIRE: "Cháy, nổ",
    AlertKind.SECURITY: "An ninh, trật tự",
    AlertKind.OTHER: "Loại khác",
}
ALARM_TITLES = {
    AlertKind.WEATHER: "Cảnh báo thời tiết nguy hiểm",
    AlertKind.FLOOD: "Cảnh báo lũ, ngập",
    AlertKind.FIRE: "Cảnh báo cháy, nổ",
    AlertKind.SECURITY: "Cảnh báo an ninh, trật tự",
    AlertKind.OTHER: "Cảnh báo khác của thành phố",
}
SEVERITY_NAMES = {
    AlertSeverity.EXTREME: "đặc biệt nghiêm trọng",
    AlertSeverity.SEVERE: "nghiêm trọng",
    AlertSeverity.MODERATE: "vừa",
    AlertSeverity.MINOR: "nhẹ",
    AlertSeverity.UNKNOWN: "chưa rõ mức",
}
PHASE_NAMES = {
    AlertPhase.COMING: "sắp có hiệu lực",
    AlertPhase.ACTIVE: "đang hiệu lực",
    AlertPhase.ENDED: "đã hết",
}
# From the worst; the rule of the agency may raise or lower what comes of it.
PRIORITIES = {
    AlertSeverity.EXTREME: Priority.URGENT,
    AlertSeverity.SEVERE: Priority.HIGH,
    AlertSeverity.MODERATE: Priority.ORDINARY,
}
_WORST_FIRST = tuple(AlertSeverity)
# Words of an event, without accents, that say what a category of CAP does not.
_FLOOD_WORDS = ("lu", "lut", "ngap", "trieu cuong", "flood", "xa lu")
_KINDS = {
    "met": AlertKind.WEATHER,
    "geo": AlertKind.WEATHER,
    "fire": AlertKind.FIRE,
    "security": AlertKind.SECURITY,
}


class PlacePoint(NamedTuple):
    """Tọa độ: degrees of WGS 84."""

    latitude: float
    longitude: float


class PlaceCircle(NamedTuple):
    """Vòng tròn cảnh báo: middle and radius in kilometres."""

    middle: PlacePoint
    radius_km: float


@dataclass(frozen=True, slots=True)
class AlertArea:
    """Vùng cảnh báo: where a warning holds, in words, rings of points, circles, and codes of units or areas."""

    words: str
    rings: tuple[tuple[PlacePoint, ...], ...] = ()
    circles: tuple[PlaceCircle, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlertText:
    """Bản tin cảnh báo của thành phố: one message as it came. Instants are aware UTC.

    `replaces` are the `(sender, identifier)` it stands in place of. Without `expires_at` the agency's limit decides.
    A message of an `is_exercise` (drill, test, draft) is kept and is no warning.
    """

    sender: str
    identifier: str
    sent_at: datetime
    message: AlertMessage
    kind: AlertKind
    severity: AlertSeverity
    headline: str
    description: str = ""
    instruction: str = ""
    onset_at: datetime | None = None
    expires_at: datetime | None = None
    areas: tuple[AlertArea, ...] = ()
    replaces: tuple[tuple[str, str], ...] = ()
    is_exercise: bool = False
    is_past: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Who said it and how they call it: the same message, whichever way it comes."""
        return self.sender, self.identifier


@dataclass(frozen=True, slots=True)
class CityAlert:
    """Cảnh báo của thành phố as we keep it. `units` are the codes of the units it touches, none of them where it holds
    elsewhere; None for the whole city, also where nobody can tell. `is_placed` is False until it was asked of the map;
    `ended_at` is when another message took its place."""

    public_id: str
    text: AlertText
    came_by: str
    received_at: datetime
    units: tuple[str, ...] | None = None
    is_placed: bool = False
    ended_at: datetime | None = None

    def touches(self, units: Set[str]) -> bool:
        """Whether it holds for any of these units."""
        return self.units is None or bool(units & set(self.units))

    def begins_at(self) -> datetime:
        """From when it holds."""
        return self.text.onset_at or self.text.sent_at

    def ends_at(self, hold: timedelta) -> datetime:
        """Until when it holds at most; `hold` is how long one that says no end does."""
        last = self.text.expires_at or self.begins_at() + hold
        return min(last, self.ended_at) if self.ended_at is not None else last

    def phase(self, now: datetime, hold: timedelta) -> AlertPhase:
        """Whether it holds now."""
        text = self.text
        if text.message is AlertMessage.CANCEL or text.is_past or now >= self.ends_at(hold):
            return AlertPhase.ENDED
        return AlertPhase.ACTIVE if now >= self.begins_at() else AlertPhase.COMING

    def is_active(self, now: datetime, hold: timedelta) -> bool:
        """Whether it is a warning that holds now."""
        return not self.text.is_exercise and self.phase(now, hold) is AlertPhase.ACTIVE


def kind_of(categories: Iterable[str], event: str) -> AlertKind:
    """The kind of a message from its categories of CAP and the words of its event."""
    words = f" {normalised(event)} "
    known = [_KINDS[each.lower()] for each in categories if each.lower() in _KINDS]
    if any(f" {word} " in words for word in _FLOOD_WORDS) and AlertKind.SECURITY not in known:
        return AlertKind.FLOOD
    return known[0] if known else AlertKind.OTHER


def worst_severity(found: Iterable[AlertSeverity]) -> AlertSeverity:
    """The worst of several; unknown where there is none."""
    return min(found, key=_WORST_FIRST.index, default=AlertSeverity.UNKNOWN)


def worst_alerts_first(alerts: Iterable[CityAlert]) -> list[CityAlert]:
    """The one order of lists: the worst, then what was said last."""
    return sorted(
        alerts,
        key=lambda one: (_WORST_FIRST.index(one.text.severity), -one.text.sent_at.timestamp(), one.text.key),
    )


def told_once(alerts: Iterable[CityAlert]) -> list[CityAlert]:
    """What came by two ways in the same words is told once: as it holds, of the one that came first. Nobody ends or
    hides by a copy what another one says: other words, and other units, are another warning."""
    same: dict[tuple[AlertText, tuple[str, ...] | None], list[CityAlert]] = defaultdict(list)
    for alert in alerts:
        same[alert.text, alert.units].append(alert)
    return [min(those, key=_holding_first) for those in same.values()]


def _holding_first(alert: CityAlert) -> tuple[bool, datetime, str]:
    return alert.ended_at is not None, alert.received_at, alert.public_id


def city_alarms(active: Sequence[CityAlert], names: Mapping[str, str], whole: tuple[str, str]) -> list[Condition]:
    """One alarm of each warning that holds, however many units it touches: of that unit, or of the `whole`.

    `names` are the short names by code of this audience's units; a warning that touches none of them is not theirs.
    Minor ones, and those of unknown severity, are shown and raise nothing.
    """
    found = []
    for alert in active:
        priority = PRIORITIES.get(alert.text.severity)
        if priority is None or not alert.touches(names.keys()):
            continue
        touched = [code for code in alert.units or () if code in names]
        unit, name = (touched[0], names[touched[0]]) if len(touched) == 1 else whole
        found.append(
            Condition(
                rule=f"city_{alert.text.kind}",
                priority=priority,
                unit=unit,
                unit_name=name,
                title=ALARM_TITLES[alert.text.kind],
                measure=len(touched) if len(touched) > 1 else None,
                measure_words="đơn vị trong vùng" if len(touched) > 1 else "",
                since_at=alert.begins_at(),
                source=SOURCE,
                subject=alert.public_id,
                members=tuple(touched),
            )
        )
    return found


def next_change(alerts: Iterable[CityAlert], now: datetime, hold: timedelta) -> datetime | None:
    """When time alone changes which warnings hold."""
    moments = (moment for alert in alerts for moment in (alert.begins_at(), alert.ends_at(hold)))
    return min((moment for moment in moments if moment > now), default=None)
