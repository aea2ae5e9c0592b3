"""What the city remembers over a restart: which days and ticks it has lived, never the lives themselves.

Lives follow from seed, pack and steps; the edition tells when the rules that made them have changed.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Memory:
    """Steps are ["days", until, part of the last day] or ["ticks", day, count]; days are ISO text.

    `full_on` is the day of the last complete full set; `last_tick_at` the ISO instant of the newest tick.
    """

    seed: int
    pack: str
    edition: str
    steps: list[list[str | float]] = field(default_factory=list)
    full_on: str = ""
    ticks: int = 0
    last_tick_at: str = ""

    def add_ticks(self, day: str, at: str) -> None:
        """Note one tick of a day."""
        if self.steps and self.steps[-1][0] == "ticks" and self.steps[-1][1] == day:
            self.steps[-1][2] = int(self.steps[-1][2]) + 1
        else:
            self.steps.append(["ticks", day, 1])
        self.ticks += 1
        self.last_tick_at = at

    def save(self, path: Path) -> None:
        """Replace the file at once, so that it is never half written."""
        unfinished = path.with_suffix(".tmp")
        unfinished.write_text(json.dumps(asdict(self)), encoding="utf-8")
        os.replace(unfinished, path)


def recall(path: Path, seed: int, pack: str) -> Memory | None:
    """The memory of the same city; None when there is none, or it is of another seed, pack or edition."""
    try:
        memory = Memory(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
    same = (memory.seed, memory.pack, memory.edition) == (seed, pack, edition())
    return memory if same and memory.steps else None


def edition() -> str:
    """A fingerprint of the city's own code: other code makes other lives."""
    digest = hashlib.sha256()
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
