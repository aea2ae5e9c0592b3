"""One pass over every probe of the sector's software: ask, judge together, store. Nothing is asked without one."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from access.principal import Principal
from access.vault import Vault, VaultRefused
from connectors.service_probe import BUDGET, ProbeTarget, ask
from connectors.service_probe.ldap import BAD_LOGIN
from data_access.limits import wall_limits_in_force
from data_access.session import Database
from data_access.software_systems import SOURCE, Look, StoredProbe, live_probes, save_looks, software_systems
from data_access.sources import save_source_configured, save_source_success
from domain.local_time import local_day
from domain.permissions import Permission
from domain.software_systems import HealthState, Probe, ProbeKind, ProbeResult, SoftwareSystem, is_shared_failure

AT_ONCE = 16
PASS_WITHIN = timedelta(seconds=45)
# A directory locks an account after a few wrong tries: the password is not sent again until then, or until it changes.
LOGIN_AGAIN_AFTER = timedelta(hours=6)
NO_ANSWER = ProbeResult(HealthState.SILENT, "Máy chủ không trả lời kịp.")
CUT = "Mọi phần mềm cùng im lặng trong một lượt: kiểm tra đường truyền của nơi đặt máy chủ này."
log = structlog.get_logger(__name__)


class ProbePass:
    """Call it with the time. `folder` is below which files may be looked at.

    A question that hangs where no time-out reaches (a resolver, a dead disk) holds one thread and is not asked again
    until it has ended; the pass ends in time all the same.
    """

    def __init__(self, database: Database, vault: Vault, folder: Path, budget: timedelta = BUDGET) -> None:
        self._database, self._vault, self._folder, self._budget = database, vault, folder, budget
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="probe")
        self._hanging: dict[int, Future[ProbeResult]] = {}
        self._refused: dict[int, datetime] = {}
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

    def _ask_all(self, probes: Sequence[StoredProbe], now: datetime) -> dict[int, ProbeResult]:
        self._hanging = {row: future for row, future in self._hanging.items() if not future.done()}
        asked = {one.row: self._threads.submit(self._ask, one, now) for one in probes if one.row not in self._hanging}
        wait(asked.values(), timeout=PASS_WITHIN.total_seconds())
        results = {one.row: NO_ANSWER for one in probes if one.row in self._hanging}
        for row, future in asked.items():
            if future.done():
                results[row] = future.result()
            elif not future.cancel():
                results[row] = NO_ANSWER
                self._hanging[row] = future
            # What was never begun says nothing: its time stays unknown.
        return results

    def _ask(self, stored: StoredProbe, now: datetime) -> ProbeResult:
        refused_at = self._refused.get(stored.row)
        if refused_at is not None and now - refused_at < LOGIN_AGAIN_AFTER:
            return _port_only(stored, self._folder, now, self._budget)
        result = ask_stored(stored, self._vault, self._folder, now, self._budget)
        if result.reason == BAD_LOGIN:
            self._refused[stored.row] = now
        else:
            self._refused.pop(stored.row, None)
        return result

    def _judged(
        self, probes: Sequence[StoredProbe], results: dict[int, ProbeResult], least: int, at: datetime
    ) -> list[Look]:
        answered = [(one, results[one.row]) for one in probes if one.row in results]
        found = [(one.probe.system, one.probe.kind, result.state) for one, result in answered]
        is_cut = is_shared_failure(found, least)
        if is_cut != self._was_cut:
            log.warning("line to all software cut" if is_cut else "line to software back", probes=len(found))
        self._was_cut = is_cut
        return [
            Look(one.row, one.probe.code, _behind_line(one.probe, result) if is_cut else result, at)
            for one, result in answered
        ]


def ask_stored(
    stored: StoredProbe, vault: Vault, folder: Path, now: datetime, budget: timedelta = BUDGET
) -> ProbeResult:
    """Ask one probe; a secret that does not open leaves its system unknown."""
    try:
        secret = vault.unseal(stored.secret)
    except VaultRefused as refused:
        return ProbeResult(HealthState.UNKNOWN, str(refused))
    return ask(ProbeTarget(stored.probe, folder, secret), now, budget)


def probe_now(
    database: Database, principal: Principal, vault: Vault, folder: Path, system: str, now: datetime
) -> list[tuple[Probe, ProbeResult]]:
    """Ask the probes of one system at once and keep what was found; needs ANSWER_ALARMS, raises NotAllowed."""
    principal.require(Permission.ANSWER_ALARMS)
    with database.reading() as session:
        probes = [one for one in live_probes(session) if one.probe.system == system]
    if not probes:
        return []
    began = time.monotonic()
    with ThreadPoolExecutor(len(probes), thread_name_prefix="probe-now") as threads:
        results = list(threads.map(lambda one: ask_stored(one, vault, folder, now), probes))
    at = now + timedelta(seconds=time.monotonic() - began)
    with database.writing() as session:
        save_looks(
            session,
            [Look(one.row, one.probe.code, result, at) for one, result in zip(probes, results, strict=True)],
            at,
        )
    return [(one.probe, result) for one, result in zip(probes, results, strict=True)]


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
