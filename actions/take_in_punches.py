"""Takes in what terminals say: first whether they may speak at all, then that they live, then their punches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

import structlog
from sqlalchemy.orm import Session

from actions.poll_source import save_refused_records
from connectors.attendance_push import PunchLog, read_attlog
from connectors.base import RefusedRecord
from connectors.punch_list import HeardPunch
from data_access.attendance import (
    KnownTerminal,
    known_pins,
    save_contact,
    save_punches,
    terminal_by_serial,
    terminal_units,
)
from data_access.import_batches import quarantined_since
from data_access.session import Database
from data_access.sources import save_source_success, source_by_name
from domain.attendance import PunchRecord
from domain.local_time import local_day

SOURCE = "attendance"
# A terminal asks every half minute; what it says is written down at most this often.
NOTED_EVERY = timedelta(seconds=20)
# The source as a whole is called fresh at most this often by terminals that only say that they live.
FRESH_EVERY = timedelta(seconds=60)
# Batches of refused lines kept in a day: a terminal gone mad fills nothing up.
MOST_BATCHES_A_DAY = 100
A_DAY = timedelta(days=1)
UNKNOWN_NUMBER = (
    "Số người dùng này chưa có trong danh sách cán bộ của đơn vị: lượt chấm được giữ lại và được tính khi danh sách có."
)
NOT_LISTED = "Cổng này không có trong danh mục máy chấm công của cơ quan: thêm vào danh mục rồi gửi lại."
log = structlog.get_logger(__name__)


class TerminalRefused(Exception):
    """The terminal is not on the list, or speaks from another network than the one written there."""


def hear_terminal(database: Database, serial: str, address: str, now: datetime) -> None:
    """Note that a terminal lives; raises TerminalRefused."""
    with database.reading() as session:
        terminal = _admitted(session, serial, address)
        last_success_at = source_by_name(session, SOURCE).last_success_at
    is_noted = terminal.last_seen_at is not None and now - terminal.last_seen_at < NOTED_EVERY
    if is_noted and last_success_at is not None:
        return
    with database.writing() as session:
        _note_contact(session, serial, now)
        if last_success_at is None or now - last_success_at >= FRESH_EVERY:
            save_source_success(session, SOURCE, now, None)


def take_in_attlog(database: Database, serial: str, address: str, body: bytes, now: datetime) -> int:
    """Store the punches of a log in one transaction; returns how many lines were taken or put in quarantine.

    Every line is answered for: a terminal would send one that is not for ever. Raises TerminalRefused.
    """
    with database.reading() as session:
        terminal = _admitted(session, serial, address)
    found = read_attlog(serial, body, now)
    with database.writing() as session:
        _note_contact(session, serial, now)
        taken_in = save_punches(session, found.punches, now)
        refused = _quarantine(session, terminal, found, now)
        newest = max((item.punch.punched_at for item in found.punches), default=None)
        save_source_success(session, SOURCE, now, newest, taken_in, refused)
    return found.lines


def take_in_listed(session: Session, punches: Sequence[HeardPunch], now: datetime) -> int:
    """Store the punches of a polled list inside the caller's writing transaction; returns how many are new.

    A gate that is not on the sheet of terminals is quarantined, once; each other was heard when the list says so.
    """
    known = terminal_units(session)
    unknown = sorted({item.record.punch.serial for item in punches} - known.keys())
    refused = [RefusedRecord(serial[:32], "serial", serial[:32], NOT_LISTED) for serial in unknown]
    if quarantined_since(session, SOURCE, now - A_DAY) < MOST_BATCHES_A_DAY:
        save_refused_records(session, SOURCE, refused[:MOST_BATCHES_A_DAY], now)
    kept = [item for item in punches if item.record.punch.serial in known]
    new = save_punches(session, [item.record for item in kept], now)
    heard: dict[str, datetime] = {}
    for item in kept:
        serial = item.record.punch.serial
        heard[serial] = max(item.heard_at, heard.get(serial, item.heard_at))
    for serial, at in heard.items():
        save_contact(session, serial, at, now)
    return new


def _admitted(session: Session, serial: str, address: str) -> KnownTerminal:
    terminal = terminal_by_serial(session, serial)
    if terminal is None or not terminal.is_allowed or not may_speak_from(terminal.allowed_network, address):
        raise TerminalRefused(serial)
    return terminal


def may_speak_from(networks: str, address: str) -> bool:
    """Whether an address lies in one of the networks, which are separated by spaces."""
    try:
        here = ip_address(address)
        if isinstance(here, IPv6Address) and here.ipv4_mapped is not None:
            here = here.ipv4_mapped
        return any(here in ip_network(network, strict=False) for network in networks.split())
    except ValueError:
        return False


def _note_contact(session: Session, serial: str, now: datetime) -> None:
    if save_contact(session, serial, now, now):
        log.info("terminal speaks", serial=serial)


def _quarantine(session: Session, terminal: KnownTerminal, found: PunchLog, now: datetime) -> int:
    """Put refused lines aside as one batch, and each number nobody has as one of its own, once."""
    if quarantined_since(session, SOURCE, now - A_DAY) >= MOST_BATCHES_A_DAY:
        return len(found.refused)
    refused = save_refused_records(session, SOURCE, found.refused, now)
    for number in _unknown_numbers(session, terminal, found.punches, now):
        record = RefusedRecord(terminal.serial, "PIN", number, UNKNOWN_NUMBER, f"đơn vị {terminal.unit}")
        refused += save_refused_records(session, SOURCE, [record], now)
    return refused


def _unknown_numbers(
    session: Session, terminal: KnownTerminal, punches: Sequence[PunchRecord], now: datetime
) -> list[str]:
    """Numbers that nobody of the unit has today; those of earlier days may belong to people who have left."""
    today = local_day(now)
    used = {item.punch.pin for item in punches if local_day(item.punch.punched_at) == today}
    return sorted(used - known_pins(session, terminal.unit, today))[:MOST_BATCHES_A_DAY] if used else []
