"""Who is asking: the one argument every data question takes."""

from __future__ import annotations

from dataclasses import dataclass

from domain.permissions import Permission, Role, may


class NotAllowed(Exception):
    """The principal may not do this; decided in server/gate.py, shown as 'không có quyền'."""


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in person, a paired screen, a service account or the worker.

    `unit` is the unit code that scopes every question; None means the whole province.
    `public_id` is opaque and safe to log; `name` is the sign-in name or the screen's name. `scopes` narrows what the
    role may do to what the token of a service account was given for; None narrows nothing.
    """

    role: Role
    public_id: str
    name: str
    unit: str | None = None
    scopes: frozenset[Permission] | None = None

    @classmethod
    def worker(cls) -> Principal:
        """The clock and the command line: the whole province, nobody's eyes."""
        return cls(Role.WORKER, "worker", "worker")

    def may(self, permission: Permission) -> bool:
        """Whether this principal holds the permission."""
        return may(self.role, permission) and (self.scopes is None or permission in self.scopes)

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the permission is held."""
        if not self.may(permission):
            raise NotAllowed(f"{self.role} lacks {permission}")
