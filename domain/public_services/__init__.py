"""Dịch vụ công: requests as their sources state them, where each stands, what a set of them amounts to."""

from domain.public_services.counts import ServiceCounts, ServiceMonth, counted_requests, remote_share
from domain.public_services.filters import (
    ALL_STATES,
    MONTHS_OFFERED,
    ORIGIN_NAMES,
    RequestOrigin,
    ServiceFilter,
    months_back,
)
from domain.public_services.records import (
    CHANNEL_NAMES,
    ONLINE,
    REMOTE,
    SATISFACTION_NAMES,
    STATE_NAMES,
    PublicService,
    RequestState,
    Satisfaction,
    ServiceChannel,
    ServiceRequest,
)

__all__ = [
    "ALL_STATES",
    "CHANNEL_NAMES",
    "MONTHS_OFFERED",
    "ONLINE",
    "ORIGIN_NAMES",
    "REMOTE",
    "SATISFACTION_NAMES",
    "STATE_NAMES",
    "PublicService",
    "RequestOrigin",
    "RequestState",
    "Satisfaction",
    "ServiceChannel",
    "ServiceCounts",
    "ServiceFilter",
    "ServiceMonth",
    "ServiceRequest",
    "counted_requests",
    "months_back",
    "remote_share",
]
