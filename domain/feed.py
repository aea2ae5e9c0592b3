"""Nguồn cấp ra ngoài: what the smart-city centre may be told of, by which scope, and why a value may be missing.

Figures only: nobody's name, nothing that a person typed, no place finer than a ward.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.alarms import AlarmState, Priority
from domain.cameras import CameraState
from domain.field_reports import FieldReport
from domain.indicators import Value
from domain.permissions import Permission


class FeedScope(StrEnum):
    """Phạm vi đọc: what one service account may ask for; the words are those of OAuth2."""

    INDICATORS = "read:indicators"
    ALARMS = "read:alarms"
    CAMERAS = "read:cameras"
    FIELD_REPORTS = "read:field_reports"
    UNITS = "read:units"


SCOPE_NAMES = {
    FeedScope.INDICATORS: "Chỉ tiêu",
    FeedScope.ALARMS: "Cảnh báo",
    FeedScope.CAMERAS: "Camera (số lượng, trạng thái)",
    FeedScope.FIELD_REPORTS: "Phản ánh hiện trường (không có nội dung)",
    FeedScope.UNITS: "Đơn vị, ranh giới",
}
PERMISSIONS = {
    FeedScope.INDICATORS: Permission.READ_INDICATORS,
    FeedScope.ALARMS: Permission.READ_ALARMS,
    FeedScope.CAMERAS: Permission.READ_CAMERAS,
    FeedScope.FIELD_REPORTS: Permission.READ_FIELD_REPORTS,
    FeedScope.UNITS: Permission.READ_UNITS,
}


def permissions_of(scopes: Iterable[FeedScope]) -> frozenset[Permission]:
    """What a token of these scopes opens: each its resource, any of them the feed as such."""
    found = frozenset(PERMISSIONS[scope] for scope in scopes)
    return found | {Permission.READ_FEED} if found else found


def scopes_in(words: str) -> frozenset[FeedScope]:
    """The scopes of a list separated by blanks; raises ValueError for one that does not exist."""
    return frozenset(FeedScope(word) for word in words.split())


class Missing(StrEnum):
    """Lý do không có giá trị: a value that is not there is null with one of these, never zero."""

    NOT_CONNECTED = "not_connected"
    NO_DATA = "no_data"
    NO_DENOMINATOR = "no_denominator"
    NO_RULE = "no_rule"
    OFF_HOURS = "off_hours"
    SMALL_COUNT = "small_count"


@dataclass(frozen=True, slots=True)
class FeedFigure:
    """One value with what it is a share of; `value` None says in `missing` why."""

    value: Value
    missing: Missing | None = None
    numerator: Value = None
    denominator: Value = None


@dataclass(frozen=True, slots=True)
class FeedIndicator:
    """Chỉ tiêu trong nguồn cấp: one number of the catalogue, of the whole and by unit code.

    `coverage` says in Vietnamese of how much of the whole it speaks ('7/10 đơn vị'), '' when of all of it.
    """

    id: str
    name: str
    measured_in: str
    formula: str
    excludes: str
    legal_basis: str
    source: str
    whole: FeedFigure
    by_unit: Mapping[str, FeedFigure] = field(default_factory=dict)
    coverage: str = ""


@dataclass(frozen=True, slots=True)
class FeedAlarm:
    """Cảnh báo trong nguồn cấp: which rule it stands under and how far it is; instants are aware UTC. `steps` are its
    changes of state, oldest first; the first is its raising."""

    public_id: str
    rule: str
    rule_name: str
    priority: Priority
    state: AlarmState
    unit: str
    source: str
    steps: tuple[tuple[datetime, AlarmState], ...]
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class FeedReport:
    """Phản ánh trong nguồn cấp: states and times of one report; `area` is the code of the ward or district it lies in,
    None where the map does not say."""

    report: FieldReport
    area: str | None


@dataclass(frozen=True, slots=True)
class FeedCamera:
    """Camera trong nguồn cấp: its code, its unit, how it stands; no place, no address."""

    code: str
    unit: str
    state: CameraState
