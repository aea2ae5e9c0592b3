"""Rules, limits and terms on /alarm-rules: what is in force, the window for a change, its preview, its saving."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from dash import Input, Output, State, callback, no_update
from dash.development.base_component import Component
from sqlalchemy.orm import Session

from access.policy import policy
from actions.edit_alarm_rules import (
    WantedLimit,
    WantedRule,
    change_limit,
    change_rule,
    prepared_limit,
    prepared_rule,
)
from actions.enter_deadline import STATUSES, WantedDeadline, enter_deadline
from callbacks.asking import asking, now, plain_text, said, site
from callbacks.pulse import changed
from components import alarm_rule_forms as forms
from components import ids
from components.administration_forms import note
from components.alarm_rule_tables import (
    Entry,
    LimitLine,
    RuleLine,
    history_table,
    limits_table,
    number_words,
    rules_table,
    span_words,
)
from data_access.alarm_replay import replay_limit, replay_rule
from data_access.alarm_rules import all_limits, load_alarm_rules, rule_changes, rules_in_force
from data_access.deadlines import load_deadline_rules
from data_access.limits import limit_changes
from domain.alarms import HYSTERESIS_LIMITS, Dated, RuleRefused, in_force, to_come
from domain.local_time import local_day
from domain.permissions import Permission

HISTORY = 30
TYPED = (
    ids.RULES_FROM,
    ids.RULES_REASON,
    ids.RULES_ON_DELAY,
    ids.RULES_OFF_DELAY,
    ids.RULES_LATCHES,
    ids.RULES_PRIORITY,
    ids.RULES_HYSTERESIS,
    ids.RULES_IS_ON,
    ids.RULES_TASKS,
    ids.RULES_PROCEDURE,
    ids.RULES_OWNER,
    ids.RULES_BASIS,
    ids.RULES_VALUE,
    ids.RULES_QUANTITY,
    ids.RULES_UNIT,
    ids.RULES_STATUS,
)
STATES = [State(each, "value", allow_optional=True) for each in TYPED]
SAVED = "Đã lưu, có ghi nhật ký. Cảnh báo và màn hình dùng ngay khi đến ngày hiệu lực."


@callback(
    Output(ids.RULES_LIST, "children"),
    Output(ids.RULES_HISTORY, "children"),
    changed("alarm_rules"),
    Input(ids.RULES_TABS, "active_tab"),
)
@policy(Permission.EDIT_ALARM_RULES)
def draw_rules(_version: object, tab: object) -> Any:
    """Every rule as it is today, and every decision about one."""
    if tab != "rules":
        return no_update, no_update
    today = local_day(now())
    with site().database.reading() as session:
        rules, changes, limits = rules_in_force(session, today), rule_changes(session), all_limits(session, today)
    since, coming = in_force(changes, today), to_come(changes, today)
    lines = []
    for code, rule in rules.items():
        unit = limits[HYSTERESIS_LIMITS[code]].unit if code in HYSTERESIS_LIMITS else ""
        lines.append(RuleLine(rule, since.get(code), next(iter(coming.get(code, ())), None), unit))
    entries = []
    for change in reversed(changes[-HISTORY:]):
        rule = change.rule
        told = f"chờ báo {span_words(rule.on_delay)}, chờ hết {span_words(rule.off_delay)}"
        to = told if rule.is_on else "tắt"
        entries.append(Entry(rule.name, to, change.valid_from, rule.reason, change.by, change.at))
    return rules_table(lines), history_table("alarm_rules-history-table", entries)


@callback(
    Output(ids.RULES_LIMITS, "children"),
    Output(ids.RULES_LIMIT_HISTORY, "children"),
    changed("alarm_rules"),
    Input(ids.RULES_TABS, "active_tab"),
)
@policy(Permission.EDIT_ALARM_RULES)
def draw_limits(_version: object, tab: object) -> Any:
    """Every limit as it is today, and every decision about one."""
    if tab != "limits":
        return no_update, no_update
    today = local_day(now())
    with site().database.reading() as session:
        limits, changes = all_limits(session, today), limit_changes(session)
    since, coming = in_force(changes, today), to_come(changes, today)
    lines = [
        LimitLine(limit, since.get(code), next(iter(coming.get(code, ())), None)) for code, limit in limits.items()
    ]
    entries = [
        Entry(
            limits[change.code].name,
            f"{number_words(change.value)} {limits[change.code].unit}",
            change.valid_from,
            change.reason,
            change.by,
            change.at,
        )
        for change in reversed(changes[-HISTORY:])
        if change.code in limits
    ]
    return limits_table(lines), history_table("alarm_rules-limit_history-table", entries)


@callback(Output(ids.RULES_WINDOW, "children"), Input(ids.RULES_PRESSED, "data"), prevent_initial_call=True)
@policy(Permission.EDIT_ALARM_RULES)
def on_rule_asked(pressed: object) -> Any:
    """Open the window of what a row's button says."""
    with site().database.reading() as session:
        return _window(session, said(pressed, "action"), said(pressed, "code")) or no_update


@callback(
    Output(ids.RULES_WINDOW, "children", allow_duplicate=True),
    Input(ids.RULES_CANCEL, "n_clicks"),
    prevent_initial_call=True,
)
@policy(Permission.EDIT_ALARM_RULES)
def on_rule_left(clicks: object) -> Any:
    """Close the window; nothing is changed."""
    return None if clicks else no_update


@callback(
    Output(ids.RULES_PREVIEWED, "children"),
    Input(ids.RULES_PREVIEW, "n_clicks"),
    State(ids.RULES_CHOSEN, "data"),
    *STATES,
    prevent_initial_call=True,
)
@policy(Permission.EDIT_ALARM_RULES)
def draw_preview(clicks: object, chosen: object, *typed: object) -> Any:
    """What the change would have meant yesterday; nothing is stored."""
    if not clicks:
        return no_update
    values = _values(typed)
    at, principal = now(), asking()
    try:
        with site().database.reading() as session:
            if said(chosen, "action") == "rule":
                rule = prepared_rule(session, principal, _wanted_rule(chosen, values), at).rule
                return forms.preview_words(replay_rule(session, principal, rule, at))
            change, _ = prepared_limit(session, principal, _wanted_limit(chosen, values), at)
            asked = (change.code, change.value, at, site().is_sample)
            return forms.preview_words(replay_limit(session, principal, site().organisation, *asked))
    except RuleRefused as refused:
        return forms.failure(str(refused))


@callback(
    Output(ids.RULES_WINDOW, "children", allow_duplicate=True),
    Output(ids.RULES_SAVED, "children"),
    Output(ids.RULES_PREVIEWED, "children", allow_duplicate=True),
    Input(ids.RULES_CONFIRM, "n_clicks"),
    State(ids.RULES_CHOSEN, "data"),
    *STATES,
    prevent_initial_call=True,
)
@policy(Permission.EDIT_ALARM_RULES)
def on_rule_confirmed(clicks: object, chosen: object, *typed: object) -> Any:
    """Store the change; the window closes, or says why nothing was changed and keeps what was typed."""
    if not clicks or not isinstance(chosen, dict):
        return no_update, no_update, no_update
    values, asked = _values(typed), (site().database, asking())
    action = said(chosen, "action")
    try:
        if action == "rule":
            change_rule(*asked, _wanted_rule(chosen, values), now())
        elif action == "limit":
            change_limit(*asked, _wanted_limit(chosen, values), now())
        else:
            enter_deadline(*asked, _wanted_term(chosen, values), now())
    except RuleRefused as refused:
        return no_update, no_update, forms.failure(str(refused))
    return None, note(SAVED), no_update


def _window(session: Session, action: str, code: str) -> Component | None:
    today = local_day(now())
    limits = all_limits(session, today)
    if action == "rule" and code in load_alarm_rules():
        written = [change for change in rule_changes(session) if change.code == code]
        limit = limits.get(HYSTERESIS_LIMITS.get(code, ""))
        rule, coming = rules_in_force(session, today)[code], _coming(to_come(written, today).get(code, ()))
        return forms.rule_window(rule, limit, today, len(written), coming)
    if action == "limit" and code in limits:
        decided = [change for change in limit_changes(session) if change.code == code]
        coming = _coming(to_come(decided, today).get(code, ()))
        return forms.limit_window(limits[code], today, len(decided), coming)
    rules = [rule for rule in load_deadline_rules(is_sample=False) if rule.code == code]
    if action == "term" and rules:
        ends = max(rule.valid_to or rule.valid_from for rule in rules)
        return forms.term_window(rules[-1], STATUSES, ends + timedelta(days=1))
    return None


def _coming(changes: Sequence[Dated]) -> str:
    """That something is decided for later: what is typed for an earlier day holds until then only."""
    days = ", ".join(f"{change.valid_from:%d/%m/%Y}" for change in changes)
    return f"Đã có thay đổi sẽ có hiệu lực từ {days}." if days else ""


def _values(typed: tuple[object, ...]) -> dict[str, str]:
    return {each: plain_text(value) for each, value in zip(TYPED, typed, strict=True)}


def _wanted_rule(chosen: object, values: dict[str, str]) -> WantedRule:
    return WantedRule(
        code=said(chosen, "code"),
        valid_from=values[ids.RULES_FROM],
        on_delay=values[ids.RULES_ON_DELAY],
        off_delay=values[ids.RULES_OFF_DELAY],
        latches=values[ids.RULES_LATCHES] == "yes",
        priority=values[ids.RULES_PRIORITY],
        hysteresis=values[ids.RULES_HYSTERESIS],
        is_on=values[ids.RULES_IS_ON] != "off",
        tasks=values[ids.RULES_TASKS],
        procedure=values[ids.RULES_PROCEDURE],
        owner=values[ids.RULES_OWNER],
        legal_basis=values[ids.RULES_BASIS],
        reason=values[ids.RULES_REASON],
        seen=_seen(chosen),
    )


def _wanted_limit(chosen: object, values: dict[str, str]) -> WantedLimit:
    return WantedLimit(
        said(chosen, "code"),
        values[ids.RULES_FROM],
        values[ids.RULES_VALUE],
        values[ids.RULES_REASON],
        _seen(chosen),
    )


def _wanted_term(chosen: object, values: dict[str, str]) -> WantedDeadline:
    return WantedDeadline(
        code=said(chosen, "code"),
        quantity=values[ids.RULES_QUANTITY],
        unit=values[ids.RULES_UNIT],
        valid_from=values[ids.RULES_FROM],
        legal_basis=values[ids.RULES_BASIS],
        status=values[ids.RULES_STATUS],
        reason=values[ids.RULES_REASON],
    )


def _seen(chosen: object) -> int:
    """How many changes the form was made from; nobody's count where a page sends anything else."""
    seen = said(chosen, "seen")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 7 else -1
