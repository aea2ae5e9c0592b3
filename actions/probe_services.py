"""One pass over every probe of the sector's software: ask, judge together, store. Nothing is asked without one."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from access.principal import Principal
from access.rate_limits import RateLimit
from access.vault import Vault, VaultRefused
from connectors.service_probe import BUDGET, ProbeTarget, ask
from connectors.service_probe.ldap import BAD_LOGIN
from data_access.audit import record_audit
from data_access.limits import wall_limits_in_force
from data_access.session import Database
from data_access.software_systems import (
    SOURCE,
    Look,
    StoredProbe,
    last_intervals,
    live_probes,
    save_looks,
    software_systems,
)
from data_access.sources import save_source_configured, save_source_success
from domain.local_time import local_day
from domain.permissions import Permission
from domain.software_systems import (
    HealthInterval,
    HealthState,
    Probe,
    ProbeKind,
    ProbeResult,
    SoftwareSystem,
    is_shared_failure,
    state_at,
)

AT_ONCE = 16
PASS_WITHIN = timedelta(seconds=45)
# A directory locks an account after a few wrong tries: the password is not sent again until then, or until it changes.
LOGIN_AGAIN_AFTER = timedelta(hours=6)
NO_ANSWER = ProbeResult(HealthState.SILENT, "Máy chủ không trả lời kịp.")
ASKED_TOO_OFTEN = "Vừa hỏi phần mềm này nhiều lần. Thử lại sau {seconds} giây."
CUT = "Mọi phần mềm cùng im lặng trong một lượt: kiểm tra đường truyền của nơi đặt máy chủ này."
log = structlog.get_logger(__name__)


class AskedTooOften(Exception):
    """Nothing was asked; the text is Vietnamese and says after how many seconds one may."""


@dataclass(frozen=True, slots=True)
class Found:
    """What asking came to; `login_refused_at` as it is to be kept with the probe."""

    result: ProbeResult
    login_refused_at: datetime | None = None


class ProbePass:
    """Call it with the time. `folder` is below which files may be looked at.

    A question that hangs where no time-out reaches (a resolver, a dead disk) holds one thread and is not asked again
    until it has ended; the pass ends in time all the same.
    """

    def __init__(self, database: Database, vault: Vault, folder: Path, budget: timedelta = BUDGET) -> None:
        self._database, self._vault, self._folder, self._budget = database, vault, folder, budget
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="probe")
        self._hanging: dict[int, Future[Found]] = {}
        self._was_cut = False

    def __call__(self, now: datetime) -> int:
        """Ask all of them; returns how many changed state."""
        worker = Principal.worker()
        with self._database.reading() as session:
            systems = software_systems(session, worker, local_day(now))
            probes = [one for one in live_probes(session) if _is_asked(one, systems)]
            least = wall_limits_in_force(session, local_day(now)).software_together
        if not probes:
            with self._database.writing() as session:
                save_source_configured(session, SOURCE, False, now)
            return 0
        began = time.monotonic()
        results = self._ask_all(probes, now)
        at = now + timedelta(seconds=time.monotonic() - began)
        looks = self._judged(probes, results, least, at)
        with self._database.writing() as session:
            changed = save_looks(session, looks, at)
            save_source_success(session, SOURCE, at, at, len(looks), message=CUT if self._was_cut else "")
        return changed

    def _ask_all(self, probes: Sequence[StoredProbe], now: datetime) -> dict[int, Found]:
        self._hanging = {row: future for row, future in self._hanging.items() if not future.done()}
        asked = {one.row: self._threads.submit(self._ask, one, now) for one in probes if one.row not in self._hanging}
        wait(asked.values(), timeout=PASS_WITHIN.total_seconds())
        results = {one.row: Found(NO_ANSWER, one.login_refused_at) for one in probes if one.row in self._hanging}
        for one in probes:
            future = asked.get(one.row)
            if future is None:
                continue
            if future.done():
                results[one.row] = future.result()
            elif not future.cancel():
                results[one.row] = Found(NO_ANSWER, one.login_refused_at)
                self._hanging[one.row] = future
            # What was never begun says nothing: its time stays unknown.
        return results

    def _ask(self, stored: StoredProbe, now: datetime) -> Found:
        return ask_gently(stored, self._vault, self._folder, now, self._budget)

    def _judged(self, probes: Sequence[StoredProbe], results: dict[int, Found], least: int, at: datetime) -> list[Look]:
        answered = [(one, results[one.row]) for one in probes if one.row in results]
        states = [(one.probe.system, one.probe.kind, found.result.state) for one, found in answered]
        is_cut = is_shared_failure(states, least)
        if is_cut != self._was_cut:
            log.warning("line to all software cut" if is_cut else "line to software back", probes=len(states))
        self._was_cut = is_cut
        return [_look(one, found, is_cut, at) for one, found in answered]


def _ask_stored(
    stored: StoredProbe, vault: Vault, folder: Path, now: datetime, budget: timedelta = BUDGET
) -> ProbeResult:
    try:
        secret = vault.unseal(stored.secret)
    except VaultRefused as refused:
        return ProbeResult(HealthState.UNKNOWN, str(refused))
    return ask(ProbeTarget(stored.probe, folder, secret), now, budget)


def probe_now(
    database: Database,
    principal: Principal,
    vault: Vault,
    folder: Path,
    system: str,
    now: datetime,
    tries: RateLimit,
) -> list[tuple[Probe, ProbeResult]]:
    """Ask the probes of one system at once and keep what was found, judged and as gently as a pass does; audited.

    Nothing is asked of a retired system. Needs ANSWER_ALARMS, raises NotAllowed, AskedTooOften.
    """
    principal.require(Permission.ANSWER_ALARMS)
    with database.reading() as session:
        systems = software_systems(session, principal, local_day(now))
        probes = [one for one in live_probes(session) if _is_asked(one, systems)]
        last = last_intervals(session, [one.probe.code for one in probes])
        least = wall_limits_in_force(session, local_day(now)).software_together
    own = [one for one in probes if one.probe.system == system]
    if not own:
        return []
    if seconds := tries.wait_for(system):
        raise AskedTooOften(ASKED_TOO_OFTEN.format(seconds=seconds))
    began = time.monotonic()
    with ThreadPoolExecutor(len(own), thread_name_prefix="probe-now") as threads:
        found = list(threads.map(lambda one: ask_gently(one, vault, folder, now), own))
    at = now + timedelta(seconds=time.monotonic() - began)
    states = [(one.probe.system, one.probe.kind, each.result.state) for one, each in zip(own, found, strict=True)]
    is_cut = is_shared_failure([*states, *_states_of_others(probes, system, last, at)], least)
    looks = [_look(one, each, is_cut, at) for one, each in zip(own, found, strict=True)]
    with database.writing() as session:
        save_looks(session, looks, at)
        record_audit(session, principal, "software_tried", system, {"probes": len(looks)}, at)
    return [(one.probe, look.result) for one, look in zip(own, looks, strict=True)]


def _states_of_others(
    probes: Sequence[StoredProbe], system: str, last: Mapping[str, HealthInterval], at: datetime
) -> list[tuple[str, ProbeKind, HealthState]]:
    """How the last pass found every other system: cut is silent with all others. One never asked says nothing."""
    found: list[tuple[str, ProbeKind, HealthState]] = []
    for one in probes:
        state = state_at(last.get(one.probe.code), at)
        if one.probe.system != system and state is not HealthState.NEVER:
            state = HealthState.SILENT if state is HealthState.CUT else state
            found.append((one.probe.system, one.probe.kind, state))
    return found


def ask_gently(stored: StoredProbe, vault: Vault, folder: Path, now: datetime, budget: timedelta = BUDGET) -> Found:
    """Ask one probe, without its password while that was refused not long ago; a secret that does not open leaves its
    system unknown."""
    refused_at = stored.login_refused_at
    if refused_at is not None and now - refused_at < LOGIN_AGAIN_AFTER:
        return Found(_port_only(stored, folder, now, budget), refused_at)
    result = _ask_stored(stored, vault, folder, now, budget)
    return Found(result, now if result.reason == BAD_LOGIN else None)


def _look(stored: StoredProbe, found: Found, is_cut: bool, at: datetime) -> Look:
    result = _behind_line(stored.probe, found.result) if is_cut else found.result
    return Look(stored.row, stored.probe.code, result, at, found.login_refused_at)


def _is_asked(stored: StoredProbe, systems: Mapping[str, SoftwareSystem]) -> bool:
    system = systems.get(stored.probe.system)
    return system is not None and not system.is_retired


def _behind_line(probe: Probe, result: ProbeResult) -> ProbeResult:
    return result if probe.kind is ProbeKind.FILE else ProbeResult(HealthState.CUT, CUT)


def _port_only(stored: StoredProbe, folder: Path, now: datetime, budget: timedelta) -> ProbeResult:
    """Whether it still answers, without the login it refused."""
    probe = stored.probe
    open_port = Probe(probe.code, probe.system, probe.kind, probe.address, probe.limit)
    result = ask(ProbeTarget(open_port, folder), now, budget)
    return ProbeResult(HealthState.REFUSED, BAD_LOGIN) if result.state is not HealthState.SILENT else result
