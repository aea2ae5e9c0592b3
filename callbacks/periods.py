"""Periods and forms on /forms: the address says which; closing, correcting and numbering go through actions."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, dcc, html, no_update
from dash.development.base_component import Component

from access.policy import policy
from actions.close_period import close_period, record_correction
from actions.number_form import number_form
from callbacks.asking import Options, asking, now, options_of, plain_text, said, site
from callbacks.pulse import changed
from components import ids
from components.period_log import correction_offer, corrections_written, open_periods, version_log
from components.reconciliations import ReconciledRow, reconciliation_list
from components.statistical_form import PATH, counted_switch, form_card
from data_access.periods import closed_periods, corrections_recorded_in, form_number, period_versions
from data_access.reconciliations import reconciliations
from data_access.regimes import load_regimes
from data_access.scope import NotFound, visible_units
from data_access.statistical_form import live_form, shown_form
from domain.local_time import local_day, moment_words
from domain.periods import PeriodRefused, over_and_open, periods_offered
from domain.permissions import Permission
from domain.shown_forms import LIVE, FormFilter
from domain.statistical_form import KIND_NAMES, differences

EVERY = "*"
FILES = (("Tải Excel", "xlsx"), ("Word", "docx"), ("PDF", "pdf"))
NO_VERSION = "Không có phiên bản này."


@callback(
    Output(ids.PERIODS_PERIOD, "options"),
    Output(ids.PERIODS_PERIOD, "value"),
    Output(ids.PERIODS_VERSION, "options"),
    Output(ids.PERIODS_VERSION, "value"),
    Output(ids.PERIODS_SWITCH, "children"),
    Output(ids.PERIODS_EXPORTS, "children"),
    changed("periods"),
    Input(ids.PERIODS_FILTER, "data"),
)
@policy(Permission.USE_DESK)
def offer_periods(_version: object, known: object) -> tuple[Options, str, Options, str, Component, list[Component]]:
    """Periods that have begun, versions of the chosen one, the files of what is shown."""
    today, wanted = local_day(now()), _wanted(known)
    period = wanted.period_on(today)
    with site().database.reading() as session:
        closed = closed_periods(session, asking())
    offered = periods_offered(today)
    if period not in offered:
        offered.append(period)
    names = [(each.code, each.name + (" (đã chốt)" if each.code in closed else "")) for each in offered]
    newest = closed.get(period.code, 0)
    versions = [(str(number), f"Phiên bản {number}") for number in range(newest, 0, -1)] + [(LIVE, "Số hiện tại")]
    chosen = wanted.version or (str(newest) if newest else LIVE)
    files: list[Component] = [
        html.A(words, href=f"{PATH}/export.{ending}{wanted.address(period=period.code)}", className="desk-button")
        for words, ending in FILES
    ]
    return options_of(names), period.code, options_of(versions), chosen, counted_switch(wanted), files


@callback(
    Output(ids.PERIODS_ADDRESS, "search"),
    Input(ids.PERIODS_PERIOD, "value"),
    Input(ids.PERIODS_VERSION, "value"),
    Input(ids.PERIODS_KIND, "value"),
    State(ids.PERIODS_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.USE_DESK)
def on_filter(period: object, version: object, kind: object, known: object) -> Any:
    """Another choice is another address; another period begins with its newest version."""
    had, today = _wanted(known), local_day(now())
    before = had.period_on(today).code
    chosen = plain_text(period) or before
    kinds = plain_text(kind).replace(EVERY, "")
    with site().database.reading() as session:
        newest = closed_periods(session, asking()).get(chosen, 0)
    usual = str(newest) if newest else LIVE
    wanted_version = "" if chosen != before or plain_text(version) in ("", usual) else plain_text(version)
    said_kind = kinds if kinds in KIND_NAMES else ""
    same = (chosen, wanted_version, said_kind) == (before, "" if had.version == usual else had.version, had.kind)
    return no_update if same else had.address(period=chosen, version=wanted_version, kind=said_kind)


@callback(
    Output(ids.PERIODS_FORM, "children"),
    changed("cases"),
    changed("periods"),
    Input(ids.PERIODS_FILTER, "data"),
)
@policy(Permission.USE_DESK)
def draw_form(_cases: object, _periods: object, known: object) -> Component:
    """The form of the address, within the person's units."""
    at, wanted, organisation = now(), _wanted(known), site().organisation
    period = wanted.period_on(local_day(at))
    try:
        with site().database.reading() as session:
            asked = (session, asking(), organisation)
            form = shown_form(*asked, load_regimes(), period, wanted.version, at, wanted.unit)
            written = corrections_recorded_in(*asked, period)
    except NotFound:
        return html.P(NO_VERSION, className="desk-nothing")
    is_whole = visible_units(asking(), organisation, form.until) is None
    card = form_card(form, wanted, site().is_sample, is_whole)
    return html.Div([card, corrections_written([each.form for each in written])])


@callback(
    Output(ids.PERIODS_WAITING, "children"),
    Output(ids.PERIODS_LOG, "children"),
    changed("periods"),
    Input(ids.PERIODS_FILTER, "data"),
)
@policy(Permission.USE_DESK)
def draw_versions(_periods: object, known: object) -> tuple[Component, Component]:
    """What waits to be closed, and the revision log of the period with what each version changed."""
    today, principal = local_day(now()), asking()
    period = _wanted(known).period_on(today)
    with site().database.reading() as session:
        closed = closed_periods(session, principal)
        found = period_versions(session, principal, site().organisation, period)
    changes = {
        newer.form.version: differences(older.form.rows, newer.form.rows)
        for newer, older in zip(found, found[1:], strict=False)
    }
    may_close = principal.unit is None and principal.may(Permission.CLOSE_PERIODS)
    log = version_log([(each.form, each.sha256, each.is_untouched) for each in found], changes)
    return open_periods(over_and_open(today, closed), may_close), log


@callback(
    Output(ids.PERIODS_OFFER, "children"),
    Output(ids.PERIODS_CORRECTION, "hidden"),
    changed("cases"),
    changed("periods"),
    Input(ids.PERIODS_FILTER, "data"),
)
@policy(Permission.CLOSE_PERIODS)
def offer_correction(_cases: object, _periods: object, known: object) -> tuple[Component | None, bool]:
    """How the figures of now differ from the closed ones; the form to correct a period that is closed."""
    today = local_day(now())
    period = _wanted(known).period_on(today)
    with site().database.reading() as session:
        asked = (session, asking(), site().organisation)
        found = period_versions(*asked, period)
        if not found:
            return None, True
        rows, _ = live_form(*asked, load_regimes(), period, today)
    # Officers follow from their units, and counting all of them takes seconds with a million cases.
    changed_figures = differences([row for row in found[0].form.rows if not row.officer], rows)
    return correction_offer(changed_figures, period), False


@callback(
    Output(ids.PERIODS_SAID, "children"),
    Input(ids.PERIODS_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.CLOSE_PERIODS)
def on_close(pressed: object) -> Component:
    """Close the period whose button was pressed."""
    asked = (site().database, asking(), site().organisation, load_regimes())
    try:
        form = close_period(*asked, said(pressed, "period"), now())
    except PeriodRefused as refused:
        return _failure(str(refused))
    link = dcc.Link("Xem bản đã chốt", href=PATH + FormFilter(period=form.period).address())
    return _success(f"Đã chốt lúc {moment_words(form.closed_at)}, có ghi nhật ký. ", link)


@callback(
    Output(ids.PERIODS_SAID, "children", allow_duplicate=True),
    Output(ids.PERIODS_REASON, "value"),
    Input(ids.PERIODS_CORRECT, "n_clicks"),
    State(ids.PERIODS_REASON, "value"),
    State(ids.PERIODS_FILTER, "data"),
    prevent_initial_call=True,
)
@policy(Permission.CLOSE_PERIODS)
def on_correct(clicks: object, reason: object, known: object) -> tuple[Any, Any]:
    """Write the correction of the period shown."""
    if not clicks:
        return no_update, no_update
    at = now()
    asked = (site().database, asking(), site().organisation, load_regimes())
    period = _wanted(known).period_on(local_day(at))
    try:
        form = record_correction(*asked, period.code, plain_text(reason), at)
    except PeriodRefused as refused:
        return _failure(str(refused)), no_update
    return _success(f"Đã ghi đính chính {period.name}, phiên bản {form.version}, có ghi nhật ký."), ""


@callback(Output(ids.PERIODS_RECONCILED, "children"), changed("periods"), Input(ids.PERIODS_FILTER, "data"))
@policy(Permission.USE_DESK)
def draw_reconciliations(_periods: object, known: object) -> Component:
    """What files of the period were compared, and what was found."""
    period = _wanted(known).period_on(local_day(now()))
    with site().database.reading() as session:
        found = reconciliations(session, asking(), site().organisation, period)
    return reconciliation_list(
        [ReconciledRow(each.file_name, each.made_at, each.made_by, each.found) for each in found]
    )


@callback(Output(ids.PERIODS_NUMBER, "value"), changed("periods"))
@policy(Permission.ADMINISTER)
def draw_number(_periods: object) -> str:
    """The number in force."""
    with site().database.reading() as session:
        found = form_number(session, asking(), local_day(now()))
    return found.number if found else ""


@callback(
    Output(ids.PERIODS_NUMBERED, "children"),
    Input(ids.PERIODS_NUMBER_SAVE, "n_clicks"),
    State(ids.PERIODS_NUMBER, "value"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_number(clicks: object, typed: object) -> Any:
    """Write the number of the form."""
    if not clicks:
        return no_update
    try:
        entered = number_form(site().database, asking(), plain_text(typed), now())
    except PeriodRefused as refused:
        return _failure(str(refused))
    words = f"Biểu số {entered.number}" if entered.number else "Biểu không in số hiệu"
    return _success(f"{words}, từ {entered.from_on:%d/%m/%Y}, có ghi nhật ký.")


def _wanted(known: object) -> FormFilter:
    return FormFilter.from_address({name: said(known, name) for name in ("period", "version", "in", "kind", "unit")})


def _success(*words: str | Component) -> Component:
    return html.P(list(words), className="desk-verdict desk-verdict--whole", role="status")


def _failure(words: str) -> Component:
    return html.P(words, className="desk-failure", role="alert")
