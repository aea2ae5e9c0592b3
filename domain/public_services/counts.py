"""What a set of requests amounts to: every request in exactly one state, and shares that say what they are of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from domain.counted_share import CountedShare
from domain.public_services.records import (
    ONLINE,
    REMOTE,
    RequestState,
    Satisfaction,
    ServiceRequest,
)


@dataclass(frozen=True, slots=True)
class ServiceCounts:
    """Số hồ sơ of one scope. The first seven are the states, one for each request, so that they add up to `received`.

    `channel_known` of them came by a known channel, `online` of those online; `origin_known` say where whoever asks
    lives, `outside` of those outside the province; of these `outside_channel_known` came by a known channel and
    `outside_remote` without a way to the office. The last three are those that were rated.
    """

    on_time: int = 0
    late: int = 0
    done_undated: int = 0
    returned: int = 0
    waiting: int = 0
    overdue: int = 0
    waiting_undated: int = 0
    channel_known: int = 0
    online: int = 0
    origin_known: int = 0
    outside: int = 0
    outside_channel_known: int = 0
    outside_remote: int = 0
    satisfied: int = 0
    accepting: int = 0
    unsatisfied: int = 0

    def __add__(self, other: ServiceCounts) -> ServiceCounts:
        return ServiceCounts(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def received(self) -> int:
        """All of them."""
        return self.done + self.returned + self.open

    @property
    def done(self) -> int:
        """Those whose result has been given."""
        return self.on_time + self.late + self.done_undated

    @property
    def open(self) -> int:
        """Those being dealt with."""
        return self.waiting + self.overdue + self.waiting_undated

    @property
    def on_time_share(self) -> CountedShare:
        """Đúng hạn: of the results that were given and had a promised time."""
        return CountedShare(self.on_time, self.on_time + self.late, self.done_undated)

    @property
    def online_share(self) -> CountedShare:
        """Trực tuyến, in full or in part: of those whose channel is known."""
        return CountedShare(self.online, self.channel_known, self.received - self.channel_known)

    @property
    def outside_share(self) -> CountedShare:
        """Của người ngoài tỉnh: of those who say where they live."""
        return CountedShare(self.outside, self.origin_known, self.received - self.origin_known)

    @property
    def satisfied_share(self) -> CountedShare:
        """Hài lòng: of those who rated, and of nobody else."""
        rated = self.satisfied + self.accepting + self.unsatisfied
        return CountedShare(self.satisfied, rated, self.received - rated)

    @property
    def content_share(self) -> CountedShare:
        """Hài lòng hoặc chấp nhận, as field reports of the city are told: of those who rated."""
        satisfied = self.satisfied_share
        return CountedShare(satisfied.part + self.accepting, satisfied.whole, satisfied.unknown)


@dataclass(frozen=True, slots=True)
class ServiceMonth:
    """One month of the trend; None before the first request that is known: not none, unknown."""

    first_on: date
    counts: ServiceCounts | None


def remote_share(counts: ServiceCounts) -> CountedShare:
    """Người ngoài tỉnh tiếp cận và dùng được dịch vụ từ xa: of the requests from outside the province whose channel is
    known, those that came online or by post, so that nobody had to travel to make them."""
    return CountedShare(
        counts.outside_remote, counts.outside_channel_known, counts.outside - counts.outside_channel_known
    )


def counted_requests(requests: Iterable[ServiceRequest], now: datetime) -> ServiceCounts:
    """Count requests of one scope as they stand at `now`."""
    found = list(requests)
    states = Counter(request.state(now) for request in found)
    rated = Counter(request.satisfaction for request in found)
    outside = [request for request in found if request.is_outside]
    return ServiceCounts(
        **{state.value: states[state] for state in RequestState},
        channel_known=sum(request.channel is not None for request in found),
        online=sum(request.channel in ONLINE for request in found),
        origin_known=sum(request.is_outside is not None for request in found),
        outside=len(outside),
        outside_channel_known=sum(request.channel is not None for request in outside),
        outside_remote=sum(request.channel in REMOTE for request in outside),
        **{word.value: rated[word] for word in Satisfaction},
    )
