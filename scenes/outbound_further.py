"""The figures of reception, public services and administrative judgments that leave for the centre: as the pages of
each tell them, of the whole and by unit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from data_access.public_services import counts_by_unit
from domain.administrative_judgments import JudgmentCounts
from domain.counted_share import CountedShare
from domain.feed import FeedFigure, Missing
from domain.public_services import ServiceCounts, ServiceFilter, remote_share
from domain.reception import ReceptionCounts
from domain.statistics import percentage
from scenes.answers import WallAnswers

# Beside those of the wall: their figures arrive without any of its scenes being drawn.
FURTHER_TOPICS = frozenset({"public_services"})
Counts = TypeVar("Counts")
Told = Callable[[Counts], FeedFigure]


def share_told(share: CountedShare | None) -> FeedFigure:
    """A share in percent with numerator and denominator; without one it is missing for that."""
    if share is None or not share.whole:
        return FeedFigure(None, Missing.NO_DENOMINATOR)
    return FeedFigure(percentage(share.part, share.whole), None, share.part, share.whole)


def _received(counts: ReceptionCounts) -> FeedFigure:
    return FeedFigure(counts.received)


def _waited(counts: ReceptionCounts) -> FeedFigure:
    """The median wait in whole minutes; nobody was called yet is no wait of 0."""
    if counts.median_wait is None:
        return FeedFigure(None, Missing.NO_DENOMINATOR)
    return FeedFigure(int(counts.median_wait.total_seconds() // 60))


def _monitored(counts: ReceptionCounts) -> FeedFigure:
    """Of many received, most of whom nobody can tell, there is no share."""
    share = counts.watched_share
    return FeedFigure(None, Missing.NO_DATA) if share is None and counts.received else share_told(share)


OF_RECEPTION: Mapping[str, Told[ReceptionCounts]] = {
    "receptions_received": _received,
    "reception_wait": _waited,
    "receptions_monitored": _monitored,
}
OF_SERVICES: Mapping[str, Told[ServiceCounts]] = {
    "services_on_time": lambda counts: share_told(counts.on_time_share),
    "services_online": lambda counts: share_told(counts.online_share),
    "services_from_afar": lambda counts: share_told(remote_share(counts)),
    "services_satisfied": lambda counts: share_told(counts.satisfied_share),
}
OF_JUDGMENTS: Mapping[str, Told[JudgmentCounts]] = {
    "judgments_to_enforce": lambda counts: FeedFigure(counts.to_enforce),
    "judgments_worked": lambda counts: FeedFigure(counts.worked),
    "judgments_compelled": lambda counts: FeedFigure(counts.compelled),
    "judgments_completed": lambda counts: FeedFigure(counts.completed),
    "judgments_stopped": lambda counts: FeedFigure(counts.stopped),
    "judgments_enforcing": lambda counts: FeedFigure(counts.enforcing),
    "judgments_remaining": lambda counts: FeedFigure(counts.remaining),
}


def further_figures(
    wall: WallAnswers, silence: Callable[[str], Missing]
) -> dict[str, tuple[dict[str, FeedFigure], str]]:
    """By id: the figures by unit code ('' the whole), and of how much of the whole they speak. `silence` says why a
    source has none."""
    return {**_reception(wall, silence("reception")), **_services(wall, silence), **_judgments(wall, silence)}


def _reception(wall: WallAnswers, silence: Missing) -> dict[str, tuple[dict[str, FeedFigure], str]]:
    day = wall.reception.day
    units: Mapping[str, ReceptionCounts | None] = day.units if day is not None else {}
    counts = _of_all(wall, units, day.total if day is not None else None)
    return {one: (_told(counts, tell, silence), _part(counts)) for one, tell in OF_RECEPTION.items()}


def _services(wall: WallAnswers, silence: Callable[[str], Missing]) -> dict[str, tuple[dict[str, FeedFigure], str]]:
    question, source, why = wall.question, wall.source("public_services"), silence("public_services")
    units: Mapping[str, ServiceCounts | None] = {}
    if source.configured and source.as_of_at is not None:
        asked = (question.session, question.principal, question.organisation, ServiceFilter(), question.now)
        units = counts_by_unit(*asked)
    known = [one for one in units.values() if one is not None]
    counts = _of_all(wall, units, sum(known[1:], known[0]) if known else None)
    return {one: (_told(counts, tell, why), _part(counts)) for one, tell in OF_SERVICES.items()}


def _judgments(wall: WallAnswers, silence: Callable[[str], Missing]) -> dict[str, tuple[dict[str, FeedFigure], str]]:
    year, why = wall.judgments.year, silence("administrative_judgments")
    counts = _of_all(wall, year.units if year is not None else {}, year.counts_of("") if year is not None else None)
    found = {one: (_told(counts, tell, why), _part(counts)) for one, tell in OF_JUDGMENTS.items()}
    overdue, part = {code: FeedFigure(None, why) for code in counts}, _part(counts)
    if year is not None:
        known = {code for code, one in counts.items() if one is not None}
        overdue |= {code: FeedFigure(year.overdue_of(code)) for code in known}
        unknown = f"{year.unknown_of('')} bản án chưa tính được thời hạn" if year.unknown_of("") else ""
        sample = "thời hạn mẫu" if year.overdue.is_sample else ""
        part = " · ".join(filter(None, (part, unknown, sample)))
    return {**found, "judgments_overdue": (overdue, part)}


def _of_all(wall: WallAnswers, units: Mapping[str, Counts | None], total: Counts | None) -> dict[str, Counts | None]:
    """By the codes of the units that the feed tells of, and '' for the whole."""
    return {"": total} | {code: units.get(code) for code in wall.unit_facts if code}


def _told(counts: Mapping[str, Counts | None], tell: Told[Counts], silence: Missing) -> dict[str, FeedFigure]:
    return {code: FeedFigure(None, silence) if one is None else tell(one) for code, one in counts.items()}


def _part(counts: Mapping[str, object | None]) -> str:
    """'7/10 đơn vị' while some of the units have told nothing; '' while all or none have."""
    known = sum(one is not None for code, one in counts.items() if code)
    whole = len(counts) - 1
    return f"{known}/{whole} đơn vị" if 0 < known < whole else ""
