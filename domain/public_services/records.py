"""Hồ sơ dịch vụ công: one request by its code, with its times; whoever made it is in no field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ServiceChannel(StrEnum):
    """Kênh: how a request came."""

    FULLY_ONLINE = "fully_online"
    PARTLY_ONLINE = "partly_online"
    IN_PERSON = "in_person"
    POSTAL = "postal"


CHANNEL_NAMES = {
    ServiceChannel.FULLY_ONLINE: "Trực tuyến toàn trình",
    ServiceChannel.PARTLY_ONLINE: "Trực tuyến một phần",
    ServiceChannel.IN_PERSON: "Trực tiếp",
    ServiceChannel.POSTAL: "Bưu chính công ích",
}
ONLINE = frozenset({ServiceChannel.FULLY_ONLINE, ServiceChannel.PARTLY_ONLINE})
# Ways for which nobody has to come to the office with the request.
REMOTE = ONLINE | {ServiceChannel.POSTAL}


class Satisfaction(StrEnum):
    """Mức độ hài lòng of whoever rated the answer; most do not, and say nothing by that."""

    SATISFIED = "satisfied"
    ACCEPTING = "accepting"
    UNSATISFIED = "unsatisfied"


SATISFACTION_NAMES = {
    Satisfaction.SATISFIED: "Hài lòng",
    Satisfaction.ACCEPTING: "Chấp nhận",
    Satisfaction.UNSATISFIED: "Không hài lòng",
}


class RequestState(StrEnum):
    """Where a request stands at a moment. The two UNDATED ones have no due time, so nobody can call them late."""

    ON_TIME = "on_time"
    LATE = "late"
    DONE_UNDATED = "done_undated"
    RETURNED = "returned"
    WAITING = "waiting"
    OVERDUE = "overdue"
    WAITING_UNDATED = "waiting_undated"


STATE_NAMES = {
    RequestState.ON_TIME: "Đã trả, đúng hạn",
    RequestState.LATE: "Đã trả, trễ hạn",
    RequestState.DONE_UNDATED: "Đã trả, không ghi hạn",
    RequestState.RETURNED: "Trả lại hồ sơ",
    RequestState.WAITING: "Đang giải quyết, còn hạn",
    RequestState.OVERDUE: "Đang giải quyết, quá hạn",
    RequestState.WAITING_UNDATED: "Đang giải quyết, không ghi hạn",
}


@dataclass(frozen=True, slots=True)
class PublicService:
    """Dịch vụ công of the catalogue; `is_sample` while the agency has not confirmed it."""

    code: str
    title: str
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """Hồ sơ of one unit by its code there. Instants are aware UTC, none lies before `received_at`.

    `channel`, `is_outside` (whether whoever asks lives outside the province) and `satisfaction` are None where the
    source does not say; `due_at` is the time that was promised. `updated_at` is when the source last changed it.
    """

    unit: str
    code: str
    service: str
    received_at: datetime
    updated_at: datetime
    channel: ServiceChannel | None = None
    is_outside: bool | None = None
    due_at: datetime | None = None
    done_at: datetime | None = None
    returned_at: datetime | None = None
    satisfaction: Satisfaction | None = None

    def state(self, now: datetime) -> RequestState:
        """Where it stands at `now`.

        1. a result that has been given ends it, whatever was returned before; 2. else a return does; 3. whoever waits
        past the promised time is overdue from the moment after it.
        """
        if self.done_at is not None and self.done_at <= now:
            if self.due_at is None:
                return RequestState.DONE_UNDATED
            return RequestState.ON_TIME if self.done_at <= self.due_at else RequestState.LATE
        if self.returned_at is not None and self.returned_at <= now:
            return RequestState.RETURNED
        if self.due_at is None:
            return RequestState.WAITING_UNDATED
        return RequestState.OVERDUE if self.due_at < now else RequestState.WAITING
