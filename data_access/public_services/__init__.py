"""Public services: storing requests and the catalogue, and what may be asked about them."""

from data_access.public_services.catalogue import (
    ServiceEntry,
    load_public_services,
    public_services,
    save_public_services,
)
from data_access.public_services.questions import (
    counts_by_channel,
    counts_by_service,
    counts_by_unit,
    listed_requests,
    months_of_services,
    overdue_requests,
    requests_still_open,
    service_counts,
)
from data_access.public_services.saving import save_requests

__all__ = [
    "ServiceEntry",
    "counts_by_channel",
    "counts_by_service",
    "counts_by_unit",
    "listed_requests",
    "load_public_services",
    "months_of_services",
    "overdue_requests",
    "public_services",
    "requests_still_open",
    "save_public_services",
    "save_requests",
    "service_counts",
]
