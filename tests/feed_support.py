"""A site whose feed was drawn: figures of every unit, open alarms, a report, cameras; for tests of what leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from gate_support import STRANGER, Site
from scenes_support import store_whole_year
from sqlalchemy.orm import Session
from wall_support import decide_alarms
from werkzeug.test import TestResponse

from data_access.session import Database
from domain.feed import FeedScope
from domain.units import Organisation
from scenes.publishing import Publisher
from scenes.registry import FEEDS


def draw_feed(database: Database, organisation: Organisation, now: datetime) -> None:
    """What the worker does when something changed; a panel that fails is a failed test."""

    def fail(event: str, error: BaseException, **fields: object) -> str:
        raise AssertionError(f"{event}: {error}") from error

    def leads(_session: Session) -> None:
        return None

    Publisher(database, organisation, FEEDS, True, fail).publish_due(now, leads)


def fill_feed(site: Site, organisation: Organisation) -> None:
    """Figures, alarms and the feed of them."""
    now = site.clock()
    store_whole_year(site.database, organisation, now)
    decide_alarms(site.database, organisation, now)
    draw_feed(site.database, organisation, now)


def system(site: Site, *scopes: FeedScope) -> FlaskClient:
    """A client that asks with a token of these scopes, or of all."""
    client = site.as_(STRANGER)
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {site.token(*scopes)}"
    return client


def body_of(answer: TestResponse) -> dict[str, Any]:
    """The JSON of an answer that must be there."""
    found = answer.get_json()
    assert isinstance(found, dict), answer.text
    return found
