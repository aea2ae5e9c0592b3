"""What every way of a warning has in common: texts, instants and places brought to one form, or refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from connectors.report_cleaning import text_of
from domain.city_alerts import AlertArea, AlertText, PlaceCircle, PlacePoint

LONGEST_NAME = 200
LONGEST_TEXT = 2_000
MOST_AREAS = 200
MOST_RINGS = 100
MOST_POINTS = 5_000
MOST_CODES = 500
MOST_REPLACED = 50
LARGEST_RADIUS_KM = 500.0
# How far the clock of a sender may run ahead of ours.
CLOCK_AHEAD = timedelta(minutes=10)
EARLIEST = datetime(2015, 1, 1, tzinfo=UTC)
LONGEST_TERM = timedelta(days=90)


class AlertRefused(ValueError):
    """A message that cannot be used; `field` is its part, the text Vietnamese."""

    def __init__(self, field: str, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.field = field
        self.value = words_of(value, LONGEST_NAME)


def words_of(said: object, longest: int = LONGEST_TEXT) -> str:
    """A text on one line, without control characters, cut at the longest; '' for what is no text."""
    return " ".join(text_of(said).split())[:longest].rstrip()


def required_words(said: object, field: str) -> str:
    """The same, for what a message cannot be without; raises AlertRefused."""
    words = words_of(said, LONGEST_NAME + 1)
    if not words or len(words) > LONGEST_NAME:
        raise AlertRefused(field, f"Thiếu hoặc dài quá {LONGEST_NAME} ký tự.", words)
    return words


def instant_of(said: object, field: str) -> datetime | None:
    """An instant (UTC) of ISO 8601 with its zone; None for nothing said; raises AlertRefused for anything else."""
    words = words_of(said, LONGEST_NAME)
    if not words:
        return None
    try:
        found = datetime.fromisoformat(words)
        if found.tzinfo is None:
            raise AlertRefused(field, "Thời điểm phải có múi giờ, ví dụ 2026-11-27T08:00:00+07:00.", words)
        return found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        if isinstance(error, AlertRefused):
            raise
        raise AlertRefused(field, "Thời điểm không đọc được.", words) from error


def point_of(latitude: object, longitude: object) -> PlacePoint:
    """A point of the globe; raises AlertRefused."""
    try:
        found = PlacePoint(float(str(latitude)), float(str(longitude)))
    except ValueError as error:
        raise AlertRefused("area", "Tọa độ không đọc được.", f"{latitude},{longitude}") from error
    is_there = abs(found.latitude) <= 90 and abs(found.longitude) <= 180
    if not (math.isfinite(found.latitude) and math.isfinite(found.longitude) and is_there):
        raise AlertRefused("area", "Tọa độ nằm ngoài trái đất.", f"{latitude},{longitude}")
    return found


def ring_of(points: Sequence[PlacePoint]) -> tuple[PlacePoint, ...]:
    """A closed ring: its last point is its first; raises AlertRefused for fewer than three corners."""
    closed = tuple(points) if points and points[0] == points[-1] else (*points, *points[:1])
    if len(set(closed)) < 3:
        raise AlertRefused("area", "Vùng cảnh báo cần ít nhất ba đỉnh.")
    return closed


def circle_of(middle: PlacePoint, radius: object) -> PlaceCircle:
    """A circle with its radius in kilometres; raises AlertRefused. A radius of 0 is the place itself."""
    try:
        kilometres = float(str(radius))
    except ValueError as error:
        raise AlertRefused("area", "Bán kính không đọc được.", str(radius)) from error
    if not 0 <= kilometres <= LARGEST_RADIUS_KM:
        raise AlertRefused("area", f"Bán kính phải từ 0 đến {LARGEST_RADIUS_KM:.0f} km.", str(radius))
    return PlaceCircle(middle, kilometres)


def checked(text: AlertText, now: datetime) -> AlertText:
    """The message if it can be believed; raises AlertRefused.

    1. it was said neither before 2015 nor ahead of our clock by more than ten minutes; 2. it ends after it begins, and
    both within ninety days of being said; 3. its areas have a size that can be kept and placed.
    """
    if not EARLIEST <= text.sent_at <= now + CLOCK_AHEAD:
        raise AlertRefused("sent", "Thời điểm phát sai, hoặc đồng hồ bên gửi chạy trước quá 10 phút.")
    begins_at = text.onset_at or text.sent_at
    if text.expires_at is not None and text.expires_at <= min(begins_at, text.sent_at):
        raise AlertRefused("expires", "Thời điểm hết hiệu lực trước thời điểm bắt đầu.")
    if begins_at < text.sent_at - LONGEST_TERM:
        raise AlertRefused("onset", f"Bắt đầu trước lúc phát quá {LONGEST_TERM.days} ngày.")
    if max(begins_at, text.expires_at or begins_at) > text.sent_at + LONGEST_TERM:
        raise AlertRefused("expires", f"Hiệu lực dài quá {LONGEST_TERM.days} ngày.")
    if len(text.areas) > MOST_AREAS or any(_total(text, part) > most for part, most in _SIZES):
        raise AlertRefused("area", "Vùng cảnh báo quá nhiều hình, điểm hoặc mã.")
    return replace(text, replaces=text.replaces[:MOST_REPLACED])


def _total(text: AlertText, part: Callable[[AlertArea], int]) -> int:
    return sum(part(area) for area in text.areas)


_SIZES: tuple[tuple[Callable[[AlertArea], int], int], ...] = (
    (lambda area: len(area.rings) + len(area.circles), MOST_RINGS),
    (lambda area: sum(map(len, area.rings)), MOST_POINTS),
    (lambda area: len(area.codes), MOST_CODES),
)
