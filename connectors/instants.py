"""Instants as systems and sheets write them: ISO 8601 or day first; without a zone they are Việt Nam's."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.local_time import LOCAL

_FORMS = ("", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y")


def parsed_instant(text: str) -> datetime | None:
    """The instant in UTC; None when the text is none."""
    for form in _FORMS:
        try:
            # A time without a zone gets ours.
            found = datetime.strptime(text, form) if form else datetime.fromisoformat(text)  # noqa: DTZ007
            return (found if found.tzinfo is not None else found.replace(tzinfo=LOCAL)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None
