"""Findings about data quality: opened when figures contradict themselves, cleared when they no longer do."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from data_access.import_batches import clear_finding, save_finding
from domain.data_quality import Contradiction, rate_contradiction
from domain.statistics import Measure


def check_published_rate(
    session: Session, subject: str, stated: Decimal, measure: Measure, now: datetime
) -> Contradiction | None:
    """Compare a rate that a source printed with what its own figures give; returns the contradiction it opened."""
    found = rate_contradiction(subject, stated, measure.completed, measure.enforceable)
    if found is None:
        clear_finding(session, "rate_contradiction", subject, now)
    else:
        save_finding(session, found, None, now)
    return found
