"""What a wall asks, for tests that look at single panels; sessions are closed before their database goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime

import pytest
from scenes_support import AskWall
from wall_support import decide_alarms

from access.principal import Principal
from data_access.session import Database
from domain.permissions import Role
from domain.units import Organisation
from scenes.answers import WallAnswers
from scenes.drawing import Question


@pytest.fixture
def ask_wall(database: Database, organisation: Organisation) -> Iterator[AskWall]:
    """Gives the answers of the wall at a moment, of the whole or of one unit."""
    with ExitStack() as stack:

        def ask(now: datetime, unit: str | None = None) -> WallAnswers:
            principal = Principal(Role.SCREEN, "s", "s", unit) if unit else Principal.worker()
            decide_alarms(database, organisation, now)
            session = stack.enter_context(database.reading())
            return WallAnswers(Question(session, principal, organisation, now, is_sample=True))

        yield ask
