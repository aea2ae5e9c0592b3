"""Takes in figures by indicator, unit and period: a sheet of the inbox, or what a person types of one figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import Principal
from actions.sheets import SheetOutcome, Taken, take_in_sheet
from connectors.base import RefusedRecord
from connectors.case_workbook.reference import reference_of
from connectors.observations import (
    COLUMNS,
    TITLES,
    ObservationSheet,
    ParsedObservations,
    Units,
    decimal_text,
    read_observation_sheet,
    unit_words,
)
from data_access.audit import record_audit
from data_access.observations import FORM, SHEET, Saved, observation_rules, save_observations
from data_access.session import Database
from data_access.sources import save_source_configured, save_source_success
from domain.local_time import local_day
from domain.observations import Observation, ObservationRefused, checked_observation
from domain.permissions import Permission
from domain.units import Organisation

SOURCE = "observations"
CONTRADICTS = "Đã có số liệu khác của cùng chỉ tiêu, đơn vị, kỳ và thời điểm; số liệu sửa phải lập ở thời điểm sau."


def import_observation_sheet(
    database: Database, principal: Principal, organisation: Organisation, path: Path, now: datetime
) -> SheetOutcome:
    """Read and store one file; a file that was applied before changes nothing.

    Raises NotAllowed without RECORD_OBSERVATIONS and for somebody of one unit; SourceUnavailable when the file cannot
    be opened.
    """

    def read() -> ParsedObservations:
        with database.reading() as session:
            rules = observation_rules(session, principal, organisation, now)
        return read_observation_sheet(path, words_of_units(organisation, now), rules)

    def store(session: Session, sheet: ParsedObservations, _stated_at: datetime) -> Taken:
        saved = save_observations(session, sheet.observations, SHEET, path.name, now)
        save_heard(session, sheet.observations, saved, sheet.refused_count, now)
        refused = [*sheet.refused, *refused_of(saved)]
        count = sheet.refused_count + len(saved.contradicting)
        message = (
            f"{TITLES[ObservationSheet.OBSERVATIONS]}: {sheet.rows_read} dòng, {saved.new} mới, "
            f"{saved.unchanged} đã có, {count} không nhận."
        )
        detail = {"rows": sheet.rows_read, "new": saved.new, "refused": count}
        return Taken(message, sheet.rows_read, refused, count, detail)

    return take_in_sheet(database, principal, SOURCE, path, read, store, now, Permission.RECORD_OBSERVATIONS)


def record_observation(
    database: Database, principal: Principal, organisation: Organisation, texts: Mapping[str, str], now: datetime
) -> Observation:
    """Store one figure that a person states now (indicator, unit, period, numerator, denominator, value).

    Raises NotAllowed without RECORD_OBSERVATIONS, ObservationRefused; a unit outside the own scope is refused as
    unknown.
    """
    principal.require(Permission.RECORD_OBSERVATIONS)
    said = {name: decimal_text(text) if name in COLUMNS and name not in WORDS else text for name, text in texts.items()}
    with database.writing() as session:
        rules = observation_rules(session, principal, organisation, now)
        observation = checked_observation(said, now, rules)
        saved = save_observations(session, [observation], FORM, principal.name, now)
        if saved.contradicting:
            raise ObservationRefused("as_of", CONTRADICTS)
        save_heard(session, [observation], saved, 0, now)
        detail = {"unit": observation.unit, "period": observation.period.code}
        record_audit(session, principal, "observation_recorded", observation.indicator, detail, now)
    return observation


# What is typed as words or codes; the rest of the columns are numbers.
WORDS = frozenset({"indicator", "unit", "period", "as_of"})


def words_of_units(organisation: Organisation, now: datetime) -> Units:
    """Every word that names a unit of today or of the past, the province's own among them."""
    root = organisation.root_on(local_day(now))
    known = reference_of(organisation, local_day(now)).unit_codes
    return unit_words(known, (root.code, root.name, root.short_name)) if root is not None else known


def save_heard(
    session: Session, observations: Iterable[Observation], saved: Saved, refused_count: int, now: datetime
) -> None:
    """What the source's life says after a batch: it answered, up to which instant its figures reach."""
    newest = max((each.as_of_at for each in observations), default=None)
    save_source_configured(session, SOURCE, True, now)
    if newest is not None:
        save_source_success(session, SOURCE, now, newest, saved.new, refused_count + len(saved.contradicting))


def refused_of(saved: Saved) -> list[RefusedRecord]:
    """The refusals of figures that contradict what is known of the same instant."""
    return [
        RefusedRecord(" · ".join(each.key), COLUMNS["as_of"].headers[0], each.as_of_at.isoformat(), CONTRADICTS)
        for each in saved.contradicting
    ]
