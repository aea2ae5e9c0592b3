"""Sheets that arrive in the product's inbox, whole or not at all."""

from __future__ import annotations

import csv
import io
import logging
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

log = logging.getLogger("demo_city")


def deliver_sheet(inbox: Path, source: str, name: str, rows: Iterable[Sequence[str]]) -> Path:
    """Write a CSV elsewhere in the inbox and let it arrive in the folder of `source` by rename."""
    for folder in (inbox / ".writing", inbox / source):
        folder.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    unfinished = inbox / ".writing" / name
    unfinished.write_text(text.getvalue(), encoding="utf-8-sig")
    target = inbox / source / name
    os.replace(unfinished, target)
    log.info("demo city delivered sheet %s", name)
    return target
