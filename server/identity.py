"""From cookies and headers to a Principal: people are asked for on every request, devices at most every 5 s."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Request, Response
from flask_login import LoginManager, UserMixin
from sqlalchemy.exc import OperationalError

from access.lifetimes import DEVICE_CHECK_EVERY, DEVICE_FOR, DEVICE_RENEWED_BELOW, IDLE_FOR, SEEN_EVERY
from access.principal import Principal
from access.tokens import token_hash
from data_access.screens import living_device, principal_of_screen, save_device_until, save_screen_seen
from data_access.service_accounts import service_by_token
from data_access.session import Database
from data_access.users import save_seen, signed_in_by_token

SESSION_COOKIE = "thads_session"
DEVICE_COOKIE = "thads_screen"
PAIRING_COOKIE = "thads_pairing"
TOKEN_LENGTH = range(20, 101)
BEARER = re.compile(r"(?:^|,)\s*bearer", re.IGNORECASE)
DEVICES_REMEMBERED = 2_000


@dataclass(frozen=True, slots=True)
class Credentials:
    """The hashed tokens a request carries; a stream keeps them to ask again whether it may go on."""

    bearer: str | None = None
    session: str | None = None
    device: str | None = None


class Visitor(UserMixin):  # type: ignore[misc]
    """What flask-login knows of a request: the principal and nothing else."""

    def __init__(self, principal: Principal) -> None:
        self.principal = principal
        self.id = principal.public_id


class Identity:
    """Asks the database who holds a token. `unit_exists_at` says whether a unit exists at an instant."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        secure_cookies: bool,
        unit_exists_at: Callable[[str, datetime], bool],
    ) -> None:
        self._database = database
        self._clock = clock
        self._secure = secure_cookies
        self._unit_exists_at = unit_exists_at
        self._devices: dict[str, tuple[datetime, Principal]] = {}
        self._screens_seen: dict[str, datetime] = {}

    def manager(self) -> LoginManager:
        """A flask-login manager that reads our cookies; Flask's own signed session is never used."""
        manager = LoginManager()
        manager.session_protection = None
        manager.request_loader(self.visitor)
        return manager

    def visitor(self, request: Request) -> Visitor | None:
        """Who sends this request; None for a stranger."""
        principal = self.principal(self.credentials(request))
        return Visitor(principal) if principal else None

    def credentials(self, request: Request) -> Credentials:
        """The tokens of a request, hashed at once so that nothing later can log or keep them.

        Who names a bearer token, even none that could be one, is that system or nobody: its cookies are not looked at.
        """
        if names_bearer(request):
            kind, *token = request.headers["Authorization"].split(None, 1)
            return Credentials(bearer=_hashed(token[0].strip()) if token and kind.lower() == "bearer" else None)
        return Credentials(
            session=_hashed(request.cookies.get(self.cookie_name(SESSION_COOKIE))),
            device=_hashed(request.cookies.get(self.cookie_name(DEVICE_COOKIE))),
        )

    def principal(self, credentials: Credentials, *, afresh: bool = False) -> Principal | None:
        """Who holds these tokens now: a system by its bearer token, else a person, else a screen; None when nobody.

        `afresh` asks the database about a device even when it was asked a moment ago.
        """
        if afresh and credentials.device:
            self._devices.pop(credentials.device, None)
        now = self._clock()
        if credentials.bearer:
            with self._database.reading() as session:
                return service_by_token(session, credentials.bearer, now)
        person = self._person(credentials.session, now) if credentials.session else None
        found = person or (self._screen(credentials.device, now) if credentials.device else None)
        return found if found and self.scope_is_alive(found) else None

    def scope_is_alive(self, principal: Principal) -> bool:
        """Whether the principal's unit exists today: the head of an abolished unit sees nothing until moved."""
        return principal.unit is None or self._unit_exists_at(principal.unit, self._clock())

    def cookie_name(self, name: str) -> str:
        """`__Host-` behind TLS: a neighbour host can then neither read nor set the cookie."""
        return f"__Host-{name}" if self._secure else name

    def set_cookie(self, response: Response, name: str, token: str, lasts_for: timedelta) -> None:
        """Hand a token to the browser: out of reach of scripts, not sent along from other sites."""
        response.set_cookie(
            self.cookie_name(name),
            token,
            max_age=int(lasts_for.total_seconds()),
            secure=self._secure,
            httponly=True,
            samesite="Lax",
            path="/",
        )

    def renew_device_cookie(self, request: Request, response: Response) -> None:
        """Send a screen its own cookie again, so that the browser keeps it as long as the server does."""
        token = request.cookies.get(self.cookie_name(DEVICE_COOKIE))
        if token:
            self.set_cookie(response, DEVICE_COOKIE, token, DEVICE_FOR)

    def forget_cookie(self, response: Response, name: str) -> None:
        """Take a token back from the browser."""
        response.delete_cookie(self.cookie_name(name), secure=self._secure, httponly=True, samesite="Lax", path="/")

    def _person(self, hashed: str, now: datetime) -> Principal | None:
        with self._database.reading() as session:
            signed_in = signed_in_by_token(session, hashed, now, IDLE_FOR)
        if signed_in is None:
            return None
        if now - signed_in.last_seen_at > SEEN_EVERY:
            try:
                with self._database.writing() as session:
                    save_seen(session, signed_in.session_id, now)
            except OperationalError:
                # A busy database must not turn a reader away; the next request writes it.
                pass
        return signed_in.principal

    def _screen(self, hashed: str, now: datetime) -> Principal | None:
        remembered = self._devices.get(hashed)
        if remembered and timedelta(0) <= now - remembered[0] < DEVICE_CHECK_EVERY:
            return remembered[1]
        with self._database.reading() as session:
            found = living_device(session, hashed, now)
            principal = principal_of_screen(found[0]) if found else None
        self._devices.pop(hashed, None)
        if found is None or principal is None:
            return None
        if found[1] - now < DEVICE_RENEWED_BELOW:
            self._renew(hashed, now)
        if len(self._devices) >= DEVICES_REMEMBERED:
            self._devices.clear()
        self._devices[hashed] = (now, principal)
        self._write_seen(principal, now)
        return principal

    def _renew(self, hashed: str, now: datetime) -> None:
        """Let a device that is in use last the full time again: a screen runs for years without a hand."""
        try:
            with self._database.writing() as session:
                save_device_until(session, hashed, now + DEVICE_FOR)
        except OperationalError:
            # A busy database: the next check tries again, and there are months left.
            pass

    def _write_seen(self, principal: Principal, now: datetime) -> None:
        """Write at most once a minute that a screen is there; the worker draws only for scopes somebody watches."""
        last = self._screens_seen.get(principal.public_id)
        if last and timedelta(0) <= now - last < timedelta(minutes=1):
            return
        self._screens_seen[principal.public_id] = now
        try:
            with self._database.writing() as session:
                save_screen_seen(session, principal.public_id, now)
        except OperationalError:
            self._screens_seen.pop(principal.public_id, None)


def names_bearer(request: Request) -> bool:
    """Whether a request claims to hold a bearer token, in whatever form and beside whatever else."""
    return BEARER.search(request.headers.get("Authorization", "")) is not None


def _hashed(token: str | None) -> str | None:
    """The stored form of a token of plausible length."""
    return token_hash(token) if token and len(token) in TOKEN_LENGTH else None
