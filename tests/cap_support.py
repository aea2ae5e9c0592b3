"""An alarm of the feed with a life of three steps, and who says it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from domain.alarms import AlarmState, Priority
from domain.feed import FeedAlarm
from outbound.cap import Sender
from outbound.rest_feed import stored_alarm

NOW = datetime(2026, 11, 23, 2, 40, 7, 123456, tzinfo=UTC)
SENDER = Sender("thads-hue", "THADS tỉnh Thừa Thiên Huế", {"PHUVANG": "Chi cục THADS huyện Phú Vang"}, is_sample=False)
TOLD = {"quality": "live", "as_of": NOW.isoformat(), "source": {"name": "security", "title": "An ninh"}}
LIFE = (AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED, AlarmState.NORMAL)


def an_alarm(*states: AlarmState, rule: str = "security_fire", priority: Priority = Priority.URGENT) -> dict[str, Any]:
    steps = tuple((NOW + timedelta(minutes=number), state) for number, state in enumerate(states))
    closed_at = steps[-1][0] if states[-1] is AlarmState.NORMAL else None
    told = FeedAlarm("A-1", rule, "Cháy, khói", priority, states[-1], "PHUVANG", "security", steps, closed_at)
    return stored_alarm(told)


LIFE = (AlarmState.UNACKNOWLEDGED, AlarmState.ACKNOWLEDGED, AlarmState.NORMAL)
