"""A person hands in a file of any feed, or decides about one that is held; the worker does the importing."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from access.principal import NotAllowed, Principal
from actions.case_inbox import ACCEPTED, SUFFIXES, CaseInbox
from data_access.audit import record_audit
from data_access.import_batches import BatchState, held_batch, save_batch_state
from data_access.session import Database
from data_access.versions import bump_version
from domain.permissions import Permission

LONGEST_NAME = 120
_UNSAFE = re.compile(r"[^\w .()\-]+")
_DECIDED_PREFIX = re.compile(r"^\d{8}T\d{6}_[\w\-]{12}_")


# The folder of the inbox a file may go to, and what whoever hands it in needs. A sheet of terminals or cameras says
# which addresses may speak or are asked, so their folders are an administrator's.
DESTINATIONS: Mapping[str, Permission] = {
    "full": Permission.IMPORT_CASES,
    "changes": Permission.IMPORT_CASES,
    "reception": Permission.IMPORT_CASES,
    "public_services": Permission.IMPORT_CASES,
    "training": Permission.IMPORT_CASES,
    "equipment": Permission.IMPORT_CASES,
    "administrative_judgments": Permission.IMPORT_CASES,
    "security": Permission.RECORD_SECURITY,
    "observations": Permission.RECORD_OBSERVATIONS,
    "attendance": Permission.ADMINISTER,
    "cameras": Permission.ADMINISTER,
}


class SubmissionRefused(Exception):
    """The file cannot be taken. `code` is 'empty', 'kind', 'place', 'disk', 'decided' or 'missing'; the page has the
    words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def submit_file(
    database: Database,
    principal: Principal,
    inbox: CaseInbox,
    name: str,
    content: BinaryIO,
    destination: str,
    now: datetime,
) -> Path:
    """Put a file into a folder of the inbox under its own name, arriving by rename; returns where it lies.

    Raises NotAllowed without the permission of the destination or for somebody of one unit (a file may speak of any
    unit), SubmissionRefused for another kind of file, another place or an unwritable folder.
    """
    if destination not in DESTINATIONS:
        raise SubmissionRefused("place")
    _require_importer(principal, DESTINATIONS[destination])
    safe = safe_file_name(name)
    if Path(safe).suffix.lower() not in SUFFIXES:
        raise SubmissionRefused("kind")
    try:
        inbox.prepare()
        folder = inbox.folder / destination
        folder.mkdir(exist_ok=True)
        target = _free_name(folder / safe)
        part = target.with_name(f".{target.name}.part")
        with part.open("wb") as file:
            shutil.copyfileobj(content, file)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    except OSError as error:
        raise SubmissionRefused("disk") from error
    with database.writing() as session:
        record_audit(session, principal, "file_submitted", target.name[:200], {"mode": destination}, now)
    return target


def destinations_of(principal: Principal) -> list[str]:
    """Where somebody may hand files in; nowhere for somebody of one unit."""
    if principal.unit is not None:
        return []
    return [folder for folder, permission in DESTINATIONS.items() if principal.may(permission)]


def accept_held_file(database: Database, principal: Principal, inbox: CaseInbox, public_id: str, now: datetime) -> None:
    """Take a held file in again with its loss accepted; raises NotAllowed, SubmissionRefused."""
    _require_importer(principal)
    with database.writing() as session:
        batch = held_batch(session, public_id)
        if batch is None:
            raise SubmissionRefused("decided")
        stored = Path(batch.stored_path)
        if not batch.stored_path or not stored.is_file():
            raise SubmissionRefused("missing")
        inbox.prepare()
        # The move comes before the commit: a crash in between leaves the file waiting and the batch held, both true.
        stored.rename(_free_name(inbox.folder / ACCEPTED / original_name(stored.name)))
        save_batch_state(
            session, batch.id, BatchState.RELEASED, message=f"{principal.name} đã chấp nhận; tệp được nạp lại."
        )
        bump_version(session, "sources", now)
        record_audit(session, principal, "held_file_accepted", public_id, {"file": batch.file_name}, now)


def discard_held_file(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """Leave a held file out for good; it stays in its folder. Raises NotAllowed, SubmissionRefused."""
    _require_importer(principal)
    with database.writing() as session:
        batch = held_batch(session, public_id)
        if batch is None:
            raise SubmissionRefused("decided")
        save_batch_state(session, batch.id, BatchState.REFUSED, message=f"{principal.name} đã bỏ tệp này.")
        bump_version(session, "sources", now)
        record_audit(session, principal, "held_file_discarded", public_id, {"file": batch.file_name}, now)


def safe_file_name(name: str) -> str:
    """A file name without folders, control characters or leading dots; letters of any language stay."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    cleaned = " ".join(_UNSAFE.sub("_", last).split()).lstrip(". ~")
    stem, dot, suffix = cleaned.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{suffix[:10]}" if dot else cleaned[:LONGEST_NAME]


def original_name(stored_name: str) -> str:
    """The name a file came under, from the name it was filed away under."""
    return _DECIDED_PREFIX.sub("", stored_name)


def _free_name(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return free


def _require_importer(principal: Principal, permission: Permission = Permission.IMPORT_CASES) -> None:
    principal.require(permission)
    if principal.unit is not None:
        raise NotAllowed("a file may speak of any unit, so somebody of one unit may not hand it in")
