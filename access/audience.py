"""For whom a panel is drawn: a projection of the figures and the unit that scopes them, never chosen by the client."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from access.principal import Principal
from domain.permissions import Role


class Projection(StrEnum):
    """What kind of eyes: the wall (no personal data, ever), or the smart-city centre, which is handed even less."""

    WALL = "wall"
    IOC = "ioc"


@dataclass(frozen=True, slots=True)
class Audience:
    """One drawing serves everybody who may see exactly this; unit None is the whole province."""

    projection: Projection
    unit: str | None = None

    @property
    def key(self) -> str:
        """The name under which drawings for this audience are stored."""
        return f"{self.projection}:{self.unit or ''}"

    @classmethod
    def from_key(cls, key: str) -> Audience:
        """The audience a stored name stands for; raises ValueError."""
        projection, _, unit = key.partition(":")
        return cls(Projection(projection), unit or None)

    def principal(self) -> Principal:
        """In whose name the worker asks when it draws for this audience: a screen of that unit, or the centre; never
        more."""
        role = Role.IOC if self.projection is Projection.IOC else Role.SCREEN
        return Principal(role, f"audience-{self.key}", self.key, self.unit)


def wall_audience(principal: Principal) -> Audience:
    """The wall audience a signed-in person or paired screen belongs to."""
    return Audience(Projection.WALL, principal.unit)


PROVINCE = Audience(Projection.WALL)
CENTRE = Audience(Projection.IOC)
