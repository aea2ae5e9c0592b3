"""Dated terms on /alarm-rules: which is in force for each step, where none is, and what the agency entered."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, callback, no_update

from access.policy import policy
from callbacks.asking import asking, now, site
from callbacks.pulse import changed
from components import ids
from components.alarm_rule_tables import Entry, history_table, term_words, terms_table
from data_access.deadlines import deadline_changes, deadline_rules, entered_rules, load_deadline_rules
from domain.deadlines import DeadlineRule, rule_on
from domain.local_time import local_day
from domain.permissions import Permission

HISTORY = 30


@callback(
    Output(ids.RULES_TERMS, "children"),
    Output(ids.RULES_TERM_HISTORY, "children"),
    changed("alarm_rules"),
    Input(ids.RULES_TABS, "active_tab"),
)
@policy(Permission.EDIT_ALARM_RULES)
def draw_terms(_version: object, tab: object) -> Any:
    """The term of every code in force today, those without one first; and what the agency entered."""
    if tab != "terms":
        return no_update, no_update
    today = local_day(now())
    with site().database.reading() as session:
        rules = deadline_rules(session, site().is_sample)
        rows, entered = deadline_changes(session, asking()), entered_rules(session)
    shown: dict[str, DeadlineRule] = {}
    missing: dict[str, str] = {}
    for rule in load_deadline_rules(is_sample=False):
        known = rule_on(rules, rule.code, today)
        shown[rule.code] = known or rule
        if known is None:
            last = max((each.valid_to for each in rules if each.code == rule.code and each.valid_to), default=None)
            missing[rule.code] = f"hết hiệu lực {last:%d/%m/%Y}" if last else ""
    ordered = sorted(shown.values(), key=lambda rule: (rule.code not in missing, not rule.is_sample))
    entries = [
        Entry(f"{row.code} {rule.name}", term_words(rule), row.valid_from, row.reason, row.by, row.at)
        for row, rule in zip(rows, entered, strict=False)
    ]
    return terms_table(ordered, missing, today), history_table("alarm_rules-term_history-table", entries[:HISTORY])
