"""What is known of a file before it is read, and the time its figures speak of."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, time
from pathlib import Path

from actions.import_cases.preparation import Stated
from connectors.case_workbook import ParsedWorkbook
from domain.local_time import LOCAL


def fingerprint(path: Path) -> str:
    """Name and bytes of a file: the name may state the day of the figures, and equal bytes of another day are news."""
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256")
    content.update(os.fsencode(path.name))
    return content.hexdigest()


def printable_name(path: Path) -> str:
    """The file's name as text: bytes that are no UTF-8 (old archives, foreign shares) become question marks."""
    return path.name.encode("utf-8", "replace").decode()


def stated_time(parsed: ParsedWorkbook, path: Path, now: datetime) -> Stated:
    """The as-of of a file: the stated instant, else the end of the stated day in Huế, else the file's own time; never
    after `now`, so a file from the future cannot look fresher than its arrival."""
    if parsed.as_of_at is not None:
        stated = earliest = parsed.as_of_at
    elif parsed.as_of_on is not None:
        stated = datetime.combine(parsed.as_of_on, time(23, 59, 59), LOCAL)
        earliest = datetime.combine(parsed.as_of_on, time(0), LOCAL)
    else:
        stated = earliest = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Stated(min(stated.astimezone(UTC), now), min(earliest.astimezone(UTC), now))
