"""What of the sector's software needs a person: one that does not answer, our own line, a certificate that ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from domain.alarms.conditions import Condition, Priority
from domain.limits import WallLimits
from domain.software_systems.health import DOWN, HealthState
from domain.software_systems.standing import SystemStanding

SOFTWARE = "software"
LINK_RULE = "software_link"


def software_alarms(
    standings: Iterable[SystemStanding], limits: WallLimits, whole: tuple[str, str], now: datetime
) -> list[Condition]:
    """One of each system that has failed for `software_silent`, one for all while our line is cut, one of each
    certificate that ends within `certificate_soon`; `whole` is code and name of the root unit."""
    watched = [one for one in standings if one.is_watched and not one.system.is_retired]
    found = _link(watched, whole)
    for one in watched:
        about = Condition("software_silent", Priority.HIGH, *whole, one.system.name, source=SOFTWARE)
        about = replace(about, subject=one.system.code)
        if one.state in DOWN and one.since is not None and now - one.since >= limits.software_silent:
            words = "không trả lời" if one.state is HealthState.SILENT else "trả lời sai"
            found.append(replace(about, title=f"{one.system.name} {words}", since_at=one.since))
        until = one.certificate_until
        if until is not None and until - now <= limits.certificate_soon:
            found.append(_certificate(about, until, now))
    return found


def _link(watched: list[SystemStanding], whole: tuple[str, str]) -> list[Condition]:
    cut = [one for one in watched if one.state is HealthState.CUT]
    if not cut:
        return []
    title = "Không tới được phần mềm nào: kiểm tra đường truyền"
    since = min((one.since for one in cut if one.since is not None), default=None)
    about = Condition(LINK_RULE, Priority.HIGH, *whole, title, len(cut), "phần mềm", since, source=SOFTWARE)
    members = tuple(sorted(one.system.code for one in cut))
    return [replace(about, members=members, hides=("software_silent",))]


def _certificate(about: Condition, until: datetime, now: datetime) -> Condition:
    title = f"Chứng thư {about.title}"
    about = replace(about, rule="software_certificate", priority=Priority.ORDINARY)
    if until <= now:
        return replace(about, title=f"{title} đã hết hạn", since_at=until)
    return replace(about, title=f"{title} sắp hết hạn", measure=(until - now).days, measure_words="ngày còn lại")
