"""Writes the workbook of the requests a person looks at; what left the house is in the audit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import record_audit
from data_access.public_services import listed_requests, public_services, service_counts
from data_access.session import Database
from data_access.sources import source_by_name
from domain.counted_share import CountedShare
from domain.local_time import local_day, moment_words
from domain.permissions import Permission
from domain.public_services import (
    ALL_STATES,
    CHANNEL_NAMES,
    ORIGIN_NAMES,
    RequestOrigin,
    ServiceChannel,
    ServiceCounts,
    ServiceFilter,
)
from domain.units import Organisation
from reports.public_services import write_public_services

# A year of a big province; the notes say when it was cut.
MOST = 50_000


def save_public_services_workbook(
    database: Database,
    principal: Principal,
    organisation: Organisation,
    wanted: ServiceFilter,
    is_sample: bool,
    now: datetime,
    path: Path,
) -> None:
    """Write every request of the filter's period in any state, within the principal's units; raises NotAllowed,
    OSError."""
    principal.require(Permission.SEE_PUBLIC_SERVICES)
    today = local_day(now)
    every = replace(wanted, state=ALL_STATES)
    with database.reading() as session:
        requests = listed_requests(session, principal, organisation, every, now, MOST)
        counts = service_counts(session, principal, organisation, every, now)
        services, source = public_services(session), source_by_name(session, "public_services")
    names = {unit.code: unit.name for unit in organisation.case_units_on(today)}
    title = services[wanted.service].title if wanted.service in services else wanted.service
    told = [
        names.get(wanted.unit, wanted.unit) or "mọi đơn vị",
        title or "mọi dịch vụ",
        CHANNEL_NAMES[ServiceChannel(wanted.channel)] if wanted.channel else "mọi kênh",
        ORIGIN_NAMES[RequestOrigin(wanted.origin)] if wanted.origin else "trong và ngoài tỉnh",
    ]
    as_of = moment_words(source.as_of_at) if source.as_of_at else "chưa có"
    notes = [
        f"Hồ sơ dịch vụ công tiếp nhận từ {wanted.first_on(today):%d/%m/%Y} đến {today:%d/%m/%Y}: {', '.join(told)}",
        f"Nguồn {source.title} đến {as_of}; xuất lúc {moment_words(now)}, giờ Việt Nam",
        *_sums(counts),
        *([f"Chỉ {MOST} hồ sơ mới nhất"] if len(requests) == MOST else []),
        *(["Dữ liệu mẫu"] if is_sample else []),
    ]
    write_public_services(path, requests, names, services, notes, now)
    with database.writing() as session:
        detail = {"rows": str(len(requests)), "filter": wanted.address()}
        record_audit(session, principal, "public_services_exported", wanted.unit, detail, now)


def _sums(counts: ServiceCounts | None) -> list[str]:
    if counts is None:
        return ["Chưa có số liệu: chưa đơn vị nào gửi hồ sơ"]
    states = f"{counts.received} hồ sơ: đã trả {counts.done}, trả lại {counts.returned}, đang giải quyết {counts.open}"
    shares = [
        ("đúng hạn", counts.on_time_share),
        ("trực tuyến", counts.online_share),
        ("người ngoài tỉnh", counts.outside_share),
        ("hài lòng", counts.satisfied_share),
    ]
    return [states, "; ".join(f"{name} {_of(share)}" for name, share in shares)]


def _of(share: CountedShare) -> str:
    unknown = f" ({share.unknown} không ghi)" if share.unknown else ""
    return f"{share.part}/{share.whole}{unknown}"
