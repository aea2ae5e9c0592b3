"""A person keeps a view of the cases under a name, or drops it: their own affair, so no audit line is written."""

from __future__ import annotations

import secrets
from datetime import datetime

from access.principal import Principal
from data_access.saved_views import forget_view, save_view, saved_views
from data_access.session import Database
from domain.case_filters import CaseFilter
from domain.permissions import Permission
from domain.saved_views import View, checked_name


def keep_view(database: Database, principal: Principal, typed: str, wanted: CaseFilter, now: datetime) -> View:
    """Keep the filter under a name; the same name replaces. Raises NotAllowed, ViewRefused."""
    principal.require(Permission.SEE_CASES)
    with database.writing() as session:
        others = [view for view in saved_views(session, principal) if view.name != " ".join(typed.split())]
        view = View(secrets.token_urlsafe(9), checked_name(typed, len(others)), wanted.address(), now)
        save_view(session, principal, view)
    return view


def drop_view(database: Database, principal: Principal, public_id: str) -> bool:
    """Drop one of the person's own views; False when there is none. Raises NotAllowed."""
    principal.require(Permission.SEE_CASES)
    with database.writing() as session:
        return forget_view(session, principal, public_id)
