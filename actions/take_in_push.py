"""Takes in figures that a registered system pushes, signed as Standard Webhooks: what is wrong is refused by itself and
the rest of the batch stands."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from access.principal import Principal
from access.vault import Vault
from actions.import_observations import SOURCE, refused_of, save_heard, words_of_units
from actions.known_sender import known_sender, telling
from actions.sheets import quarantined_rows, save_sheet_batch
from connectors.base import RefusedRecord
from connectors.observations import ParsedObservations, parse_pushed
from data_access.audit import record_audit
from data_access.import_batches import BatchState, save_refused_rows
from data_access.observation_senders import Sender, SenderPurpose, save_sender_heard
from data_access.observations import PUSH, Saved, observation_rules, observed_indicators, save_observations
from data_access.session import Database
from data_access.versions import bump_version
from domain.local_time import local
from domain.observations import Observation
from domain.units import Organisation

KEY_BYTES = 24
OTHER_SYSTEM = "Khóa này không được gửi chỉ tiêu của phần mềm khác."


@dataclass(frozen=True, slots=True)
class PushOutcome:
    """What became of a push: figures that were new, that said nothing new, and each that was refused."""

    accepted: int
    unchanged: int
    refused: tuple[RefusedRecord, ...]


def new_key() -> str:
    """A key as Standard Webhooks writes one: 'whsec_' and 24 random bytes."""
    return "whsec_" + b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def take_in_push(
    database: Database,
    vault: Vault,
    organisation: Organisation,
    sender_id: str,
    body: bytes,
    headers: Mapping[str, str],
    now: datetime,
) -> PushOutcome:
    """Check the signature over the raw body, then store what is right; repeating a push changes nothing.

    Raises PushRefused (nobody, or a wrong signature) and PushUnreadable (not a list of observations); neither stores a
    figure.
    """
    sender = known_sender(database, vault, sender_id, SenderPurpose.FIGURES, body, headers)
    worker = Principal.worker()
    with database.reading() as session:
        rules = observation_rules(session, worker, organisation, now)
    with telling(database, sender, now):
        parsed = parse_pushed(body, words_of_units(organisation, now), rules)
    with database.writing() as session:
        return _store(session, sender, parsed, now)


def _store(session: Session, sender: Sender, parsed: ParsedObservations, now: datetime) -> PushOutcome:
    """Store what the sender may state, keep what is refused in quarantine, and say both."""
    own, foreign = _own(session, sender, parsed.observations)
    saved = save_observations(session, own, PUSH, sender.name, now)
    refused = (*parsed.refused, *foreign, *refused_of(saved))
    count = parsed.refused_count + len(foreign) + len(saved.contradicting)
    save_heard(session, own, saved, parsed.refused_count + len(foreign), now)
    message = f"{saved.new} mới, {saved.unchanged} đã có, {count} không nhận."
    save_sender_heard(session, sender, message, now)
    if refused:
        _quarantine(session, sender, refused, count, parsed.rows_read, message, now)
    record_audit(session, Principal.worker(), "observations_pushed", sender.public_id, _detail(saved, count), now)
    bump_version(session, "sources", now)
    return PushOutcome(saved.new, saved.unchanged, refused)


def _own(
    session: Session, sender: Sender, observations: list[Observation]
) -> tuple[list[Observation], list[RefusedRecord]]:
    """What the sender may state, and refusals of the rest: a key belongs to one software."""
    indicators = observed_indicators(session)
    own = [each for each in observations if indicators[each.indicator].system == sender.system]
    foreign = [
        RefusedRecord(" · ".join(each.key), "indicator", each.indicator, OTHER_SYSTEM)
        for each in observations
        if indicators[each.indicator].system != sender.system
    ]
    return own, foreign


def _quarantine(
    session: Session,
    sender: Sender,
    refused: tuple[RefusedRecord, ...],
    count: int,
    rows: int,
    message: str,
    now: datetime,
) -> None:
    values = {"as_of_at": now, "rows_in": rows, "rows_refused": count, "message": message}
    file = (f"{sender.name} {local(now):%Y-%m-%dT%H%M%S}", secrets.token_hex(32))
    _, batch = save_sheet_batch(session, Principal.worker(), SOURCE, file, BatchState.APPLIED, values, now)
    save_refused_rows(session, batch, quarantined_rows(SOURCE, refused))


def _detail(saved: Saved, refused: int) -> dict[str, object]:
    return {"new": saved.new, "unchanged": saved.unchanged, "refused": refused}
