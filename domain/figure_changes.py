"""Đổi gì từ hôm qua: a figure beside the form held against the same question at a moment of yesterday, and what moved
it. Both are reckoned by what is known now, so that what was told late stands in both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from domain.indicators import Value
from domain.local_time import LOCAL, local, local_day
from domain.other_figures import FigureTerm, OtherFigure
from domain.other_indicators import Compared

DAY = timedelta(days=1)
# The words of a move, and the page that lists its rows ('': that of the figure).
Reason = tuple[str, str]
NOT_KEPT = "quá khứ không được lưu, không so được"


@dataclass(frozen=True, slots=True)
class FigureMove:
    """Một loại biến động: so many rows entered the figure (above zero) or left it (below), in words; `page` lists them,
    '' for the page of the figure."""

    words: str
    number: int
    page: str = ""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """Đổi gì từ hôm qua: `since` names the moment, `before` is the figure as it stood then (None: it cannot be said,
    and `words` say why; else what must be known of the comparison). The moves add up to the difference; none where its
    rows do not say."""

    since: str
    before: OtherFigure | None
    words: str = ""
    moves: tuple[FigureMove, ...] = ()


def moment_before(compared: Compared, now: datetime) -> datetime | None:
    """The moment of yesterday that a figure is held against; None where its past is not kept."""
    if compared is Compared.NOT_KEPT:
        return None
    if compared is Compared.SAME_HOUR:
        return now - DAY
    return datetime.combine(local_day(now), time(0), LOCAL) - timedelta.resolution


def since_of(compared: Compared, at: datetime) -> str:
    """'hôm qua lúc 09:45 (23/11/2026)', or 'hết hôm qua (23/11/2026)'."""
    there = local(at)
    clock = f"hôm qua lúc {there:%H:%M}" if compared is Compared.SAME_HOUR else "hết hôm qua"
    return f"{clock} ({there:%d/%m/%Y})"


def difference(before: Value, now: Value) -> Value:
    """By how much it grew; None where one of the two is unknown, which is not zero."""
    if before is None or now is None:
        return None
    if isinstance(before, int) and isinstance(now, int):
        return now - before
    return Decimal(now) - Decimal(before)


def terms_beside(before: OtherFigure, now: OtherFigure) -> list[tuple[str, int | None, int | None]]:
    """What the figure is made of or leaves out, in words, then and now; None where one of the two does not say."""
    then, here = _terms(before), _terms(now)
    return [(words, then.get(words), here.get(words)) for words in {**here, **then}]


def moves_between(left: Mapping[str, Reason], entered: Mapping[str, Reason]) -> tuple[FigureMove, ...]:
    """Counts by kind of move between the rows of a figure then and now, first what entered; each row by its key, with
    why it left the figure, or why it entered it, should it be there at one of the two moments only."""
    came = Counter(reason for key, reason in entered.items() if key not in left)
    went = Counter(reason for key, reason in left.items() if key not in entered)
    return (
        *(FigureMove(words, number, page) for (words, page), number in came.most_common()),
        *(FigureMove(words, -number, page) for (words, page), number in went.most_common()),
    )


def _terms(found: OtherFigure) -> dict[str, int | None]:
    share = found.share
    of_share = () if share is None else map(FigureTerm, found.share_words, (share.part, share.whole))
    return {term.words: term.value for term in (*of_share, *found.terms, *found.left_out)}
