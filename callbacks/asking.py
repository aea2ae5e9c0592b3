"""What a callback asks with: the installation, the time, and who is asking."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from access.current import principal_now
from access.principal import Principal
from data_access.site import EXTENSION, Site


def site() -> Site:
    """The installation this request belongs to."""
    found: Site = current_app.extensions[EXTENSION]
    return found


def now() -> datetime:
    """The time on the one clock, aware UTC."""
    return site().clock()


def asking() -> Principal:
    """Who asks; raises NotAllowed when nobody is signed in."""
    return principal_now()
