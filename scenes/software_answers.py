"""What panels and the engine of alarms ask about the sector's software, once per drawing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from data_access.software_systems import software_standings
from domain.alarms import Condition
from domain.freshness import SourceFacts
from domain.limits import WallLimits
from domain.software_systems import HealthState, SystemStanding, software_alarms
from scenes.drawing import Question


class SoftwareAnswers:
    """The software of the whole sector at one moment; a wall of one unit judges none of it."""

    def __init__(self, question: Question, source: SourceFacts, limits: WallLimits) -> None:
        self._question, self._limits = question, limits
        self.source = source

    @property
    def is_known(self) -> bool:
        """Whether a pass has ever ended: before that nothing is known of any system."""
        return self.source.configured and self.source.as_of_at is not None

    @cached_property
    def standings(self) -> Sequence[SystemStanding]:
        """Every system as it stands; none before the first pass."""
        question = self._question
        return software_standings(question.session, question.principal, question.now) if self.is_known else ()

    @property
    def is_cut(self) -> bool:
        """Whether our own line is: what cannot be reached has not recovered."""
        return any(one.state is HealthState.CUT for one in self.standings)

    def alarms(self, whole: tuple[str, str]) -> list[Condition]:
        """What of it needs a person; `whole` is code and name of the root unit."""
        return software_alarms(self.standings, self._limits, whole, self._question.now)
