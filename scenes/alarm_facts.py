"""What the engine of alarms is given: conditions, what is near its limit, silent sources, announced work."""

from __future__ import annotations

from datetime import datetime

from data_access.maintenance import windows_not_over
from domain.alarms import Facts
from domain.city_alerts import SOURCE as CITY_ALERTS
from domain.software_systems import SOFTWARE
from scenes.answers import ALARM_SOURCES, CASES, TOPICS, redraw_at, wall_answers
from scenes.drawing import Question
from scenes.security_answers import GUARD_LOG

# Whatever can change a condition; the alarms themselves too, for a person's answer moves the time of the next decision.
FACT_TOPICS = TOPICS


def alarm_facts(question: Question) -> tuple[Facts, datetime]:
    """The facts of a question, asked for the whole province, and when time alone changes them.

    Figures of cases are stocks: an old file still holds. From any other source that is not current nothing ends.
    """
    answers = wall_answers(question)
    judged = (*ALARM_SOURCES, GUARD_LOG, CITY_ALERTS)
    silent = frozenset(name for name in judged if name != CASES and not answers.is_fresh(name))
    if answers.software.is_cut:
        silent |= {SOFTWARE}
    windows = windows_not_over(question.session, question.now)
    return Facts(answers.conditions, silent, answers.near, windows), redraw_at(answers)
