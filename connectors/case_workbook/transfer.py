"""What crosses between parent and child of the reader: one JSON request, then one JSON message a line. No pickle."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import IO

from connectors.case_workbook.assembling import Message
from connectors.case_workbook.parsed import Limits, Reference

REFUSED_EXIT = 3
OUT_OF_MEMORY_EXIT = 4


@dataclass(frozen=True, slots=True)
class Request:
    """Read a file; `wanted` (rows by sheet name) asks only for the texts of these rows."""

    path: Path
    name: str
    reference: Reference
    limits: Limits
    wanted: dict[str, frozenset[int]] | None = None

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps(
            {
                "path": str(self.path.absolute()),
                "name": self.name,
                "units": dict(self.reference.unit_codes),
                "areas": dict(self.reference.area_codes),
                "today": self.reference.today.isoformat(),
                "limits": asdict(self.limits),
                "wanted": None if self.wanted is None else {sheet: sorted(rows) for sheet, rows in self.wanted.items()},
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Request:
        """The inverse of to_json."""
        content = json.loads(text)
        wanted = content["wanted"]
        return cls(
            Path(content["path"]),
            content["name"],
            Reference(content["units"], content["areas"], date.fromisoformat(content["today"])),
            Limits(**content["limits"]),
            None if wanted is None else {sheet: frozenset(rows) for sheet, rows in wanted.items()},
        )


def write_message(file: IO[str], message: Message) -> None:
    """Append one message."""
    file.write(json.dumps(message, separators=(",", ":")))
    file.write("\n")


def messages_in(path: Path) -> Iterator[Message]:
    """The messages of a finished child; a line that a killed child left half-written ends them."""
    with path.open(encoding="ascii") as file:
        for line in file:
            if line.endswith("\n"):
                yield json.loads(line)
