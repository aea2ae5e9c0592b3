"""The passwords of cameras and recorders: one for all, and those of units that have their own; sealed together."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class CameraPasswords:
    """`shared` holds where a unit has none of its own; nothing here is ever printed."""

    shared: str = field(default="", repr=False)
    by_unit: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def read(cls, text: str) -> CameraPasswords:
        """From what was sealed; a plain text is a password for all, as it was kept at first."""
        try:
            found = json.loads(text)
            return cls(found["shared"], dict(found["by_unit"]))
        except (ValueError, TypeError, KeyError):
            return cls(text)

    def of(self, unit: str) -> str:
        """The password of a unit's cameras; '' when nobody has typed one."""
        return self.by_unit.get(unit) or self.shared

    def with_password(self, unit: str, password: str) -> CameraPasswords:
        """With another password, of one unit or ('') of all others."""
        if not unit:
            return CameraPasswords(password, self.by_unit)
        return CameraPasswords(self.shared, {**self.by_unit, unit: password})

    def text(self) -> str:
        """What is to be sealed."""
        return json.dumps({"shared": self.shared, "by_unit": dict(self.by_unit)})
