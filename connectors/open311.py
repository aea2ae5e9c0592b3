"""Open311 GeoReport v2 (JSON or XML): which reports are new since the watermark, and how our open ones stand now.

The protocol filters by the time of receipt only (open311.org, GET Service Requests), so a change of an older report is
seen by asking for the ids we hold open.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from connectors.base import Fetched, RefusedRecord, SourceUnavailable
from connectors.open311_bodies import items_of_json, items_of_xml
from connectors.report_cleaning import clean_report
from connectors.web_reader import NotThere, WebReader
from domain.field_reports import ReportRecord

# A plain server gives at most this many for one window and does not say that there are more.
MOST_ANSWERED = 1000
LONGEST_WINDOW = timedelta(days=90)
SHORTEST_WINDOW = timedelta(minutes=1)
# Reports that reach the source late, or whose clock differs from ours, lie before the watermark.
OVERLAP = timedelta(hours=24)
IDS_AT_ONCE = 50
# Open ids a server does not give as a list are asked for one by one, so many each time, another part each minute.
SINGLES_AT_ONCE = 20

Item = Mapping[str, object]


class Open311:
    """The connector of one endpoint, whose address ends where `requests.json` begins."""

    name = "field_reports"

    def __init__(self, address: str, is_xml: bool, reader: Callable[[], WebReader]) -> None:
        self._address = address.rstrip("/")
        self._suffix = "xml" if is_xml else "json"
        self._items_of = items_of_xml if is_xml else items_of_json
        self._reader = reader

    def fetch(self, watermark: str, still_open: Collection[str], now: datetime) -> Fetched[ReportRecord]:
        """Reports received since the watermark less a day, and the state of the `still_open` ones."""
        with self._reader() as reader:
            items = list(self._received(reader, _since(watermark, now), now))
            seen = {str(item.get("service_request_id")) for item in items}
            items += self._again(reader, [known for known in still_open if known not in seen], now)
        records, refused = _cleaned(items, now)
        newest = max((record.updated_at for record in records), default=None)
        return Fetched(records, refused, newest, watermark=now.isoformat(), is_whole=True)

    def _received(self, reader: WebReader, start: datetime, end: datetime) -> Iterator[Item]:
        """Every report received in a span, however many there are: a full answer is asked for again in halves."""
        if end - start > LONGEST_WINDOW:
            yield from self._received(reader, start, end - LONGEST_WINDOW)
            start = end - LONGEST_WINDOW
        window = {"start_date": _zulu(start), "end_date": _zulu(end)}
        items = self._ask(reader, f"{self._address}/requests.{self._suffix}", window)
        if len(items) < MOST_ANSWERED:
            yield from items
            return
        if end - start <= SHORTEST_WINDOW:
            raise SourceUnavailable(f"Nguồn có trên {MOST_ANSWERED} phản ánh trong một phút: không đọc hết được.")
        middle = start + (end - start) / 2
        yield from self._received(reader, start, middle)
        yield from self._received(reader, middle, end)

    def _again(self, reader: WebReader, ids: Sequence[str], now: datetime) -> list[Item]:
        """The ids as lists, and those a list leaves out one by one; an id the source no longer has stays as it was."""
        askable = sorted(known for known in ids if known and not set(known) & set("/?#&,%\\"))
        found: dict[str, Item] = {}
        for at in range(0, len(askable), IDS_AT_ONCE):
            wanted = askable[at : at + IDS_AT_ONCE]
            asked = {"service_request_id": ",".join(wanted)}
            for item in self._ask(reader, f"{self._address}/requests.{self._suffix}", asked, may_be_missing=True):
                found[str(item.get("service_request_id"))] = item
        missing = [known for known in askable if known not in found]
        asked_for = set(askable)
        turn = int(now.timestamp() // 60) * SINGLES_AT_ONCE % max(len(missing), 1)
        items = [item for known, item in found.items() if known in asked_for]
        for known in (missing[turn:] + missing[:turn])[:SINGLES_AT_ONCE]:
            items += self._ask(reader, f"{self._address}/requests/{known}.{self._suffix}", {}, may_be_missing=True)
        return items

    def _ask(
        self, reader: WebReader, address: str, parameters: Mapping[str, str], may_be_missing: bool = False
    ) -> list[Item]:
        try:
            return self._items_of(reader.read(address, parameters))
        except NotThere:
            if may_be_missing:
                return []
            raise


def _cleaned(items: Sequence[Item], now: datetime) -> tuple[tuple[ReportRecord, ...], tuple[RefusedRecord, ...]]:
    cleaned = [clean_report(item, now) for item in items]
    return (
        tuple(one for one in cleaned if isinstance(one, ReportRecord)),
        tuple(one for one in cleaned if isinstance(one, RefusedRecord)),
    )


def _since(watermark: str, now: datetime) -> datetime:
    """Where to begin: a day before the watermark; 90 days back the first time or after an unreadable one."""
    try:
        return min(datetime.fromisoformat(watermark), now) - OVERLAP
    except (ValueError, TypeError):
        return now - LONGEST_WINDOW


def _zulu(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")
