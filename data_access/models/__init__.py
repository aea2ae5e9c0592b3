"""Every table; importing this package is what migrations and tests do to know them all."""

from data_access.models import (
    alarms,
    attendance,
    audit,
    briefing,
    cameras,
    cases,
    directives,
    duty,
    duty_phones,
    field_reports,
    jobs,
    live,
    reception,
    saved_views,
    security,
    sources,
    users,
)
from data_access.models.base import Base

__all__ = [
    "Base",
    "alarms",
    "attendance",
    "audit",
    "briefing",
    "cameras",
    "cases",
    "directives",
    "duty",
    "duty_phones",
    "field_reports",
    "jobs",
    "live",
    "reception",
    "saved_views",
    "security",
    "sources",
    "users",
]
