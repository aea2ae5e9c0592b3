"""Sources and their files on /sources: drawn anew when a source or the cases change, decided by a person's click."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, callback, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.case_inbox import CaseInbox
from actions.connect_source import KINDS
from actions.submit_file import SubmissionRefused, accept_held_file, discard_held_file
from callbacks.asking import asking, now, said, site
from callbacks.pulse import changed
from components import ids
from components.source_tables import FileRow, SourceRow, file_table, result_note, source_table
from data_access.import_batches import recent_batches
from data_access.sources import all_sources
from domain.permissions import Permission

FILES = 50


@callback(Output(ids.SOURCES_LIST, "children"), changed("sources"))
@policy(Permission.SEE_SOURCES)
def draw_sources(_version: object) -> Component:
    """Every source of the catalogue as it is now."""
    at = now()
    asking().require(Permission.SEE_SOURCES)
    may_connect = asking().may(Permission.ADMINISTER)
    with site().database.reading() as session:
        facts = all_sources(session)
    return source_table(
        [
            SourceRow(
                item.title,
                item.freshness(at),
                item.newest_record_at,
                item.last_success_at,
                item.rows_in,
                item.rows_refused,
                item.message,
                item.next_attempt_at,
                f"/sources/connect?source={item.name}" if may_connect and item.name in KINDS else "",
            )
            for item in facts
        ]
    )


@callback(
    Output(ids.SOURCES_FILES, "children"), changed("sources"), changed("cases"), Input(ids.SOURCES_RESULT, "children")
)
@policy(Permission.SEE_SOURCES)
def draw_files(_sources: object, _cases: object, _decided: object) -> Component:
    """The newest files."""
    principal = asking()
    may_import = principal.may(Permission.IMPORT_CASES) and principal.unit is None
    with site().database.reading() as session:
        batches = recent_batches(session, principal, FILES)
    return file_table(
        [
            FileRow(
                item.public_id,
                item.file_name,
                item.mode,
                item.state,
                item.received_at,
                item.as_of_at,
                item.rows_in,
                item.rows_refused,
                item.message,
                may_import,
            )
            for item in batches
        ]
    )


@callback(Output(ids.SOURCES_RESULT, "children"), Input(ids.SOURCES_PRESSED, "data"), prevent_initial_call=True)
@policy(Permission.IMPORT_CASES)
def on_file_decided(pressed: object) -> Any:
    """Accept or discard the held file whose button was pressed."""
    action, file = said(pressed, "action"), said(pressed, "file")
    try:
        if action == "accept":
            accept_held_file(site().database, asking(), CaseInbox(site().inbox), file, now())
            return result_note("accepted")
        if action == "discard":
            discard_held_file(site().database, asking(), file, now())
            return result_note("discarded")
    except SubmissionRefused as refused:
        return result_note(refused.code)
    return no_update
