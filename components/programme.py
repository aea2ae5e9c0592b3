"""The pledges of the programme: the scoreboard of a desk and of the wall, one pledge by unit, its days as a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import panel as panels
from components import svg
from components.attributes import data
from domain.freshness import SourceFacts
from domain.programme import (
    EVIDENCE_NAMES,
    VERDICT_NAMES,
    PledgeDay,
    PledgeRule,
    PledgeStanding,
    Reached,
    Verdict,
    counted_verdicts,
)

HUNDRED = 100
SPARK_WIDTH, SPARK_HEIGHT = 100, 22
NAMED_UNITS = 3
CALM = (Verdict.KEPT, Verdict.NO_TARGET)


def pledge_counts(standings: Sequence[PledgeStanding]) -> Component:
    """How many pledges are kept, missed, unproven, unknown."""
    counts = counted_verdicts(standings)
    parts = [
        html.Div([html.Span(VERDICT_NAMES[verdict].capitalize()), html.B(str(count)), html.Small("cam kết")])
        for verdict, count in counts.items()
    ]
    return html.Div(parts, className="desk-figures")


def pledge_table(
    standings: Sequence[PledgeStanding], names: Mapping[str, str], today: date, path: str, chosen: str = ""
) -> Component:
    """Every pledge in a row: promised, reached, trend, who is behind, since when, on what evidence."""
    heads = ("Cam kết", "Mức, năm", "Hiện nay", "", "Xu hướng", "Đơn vị chưa đạt", "Từ ngày", "Căn cứ")
    rows = [_row(each, names, today, path, each.rule.code == chosen) for each in standings]
    head = html.Tr([html.Th(words) for words in heads])
    return html.Table([html.Thead(head), html.Tbody(rows)], className="desk-table pledge-table")


def pledge_units(standing: PledgeStanding, names: Mapping[str, str]) -> Component:
    """One pledge by unit, the worst first, unknown ones last."""
    by_unit = standing.evidence.by_unit
    if not by_unit:
        words = "Một số chung cho cả địa bàn, không có theo đơn vị." if standing.evidence.total else text.NO_FIGURES
        return html.P(words, className="desk-nothing")
    behind = set(standing.behind)
    ordered = sorted(by_unit.items(), key=lambda item: _worst_first(item[1]))
    rows = [
        html.Tr(
            [
                html.Td(names.get(unit, unit)),
                html.Td(reached_words(standing.rule, reached), className="is-bad" if unit in behind else None),
                html.Td(parts_words(reached), className="desk-number"),
                html.Td(_bar(reached, standing.rule.target), className="pledge-bar"),
            ],
            className=None if reached else "is-old-part",
        )
        for unit, reached in ordered
    ]
    heads = ("Đơn vị", "Đạt", standing.rule.what.capitalize(), "")
    head = html.Tr([html.Th(words, className="desk-number" if at == 2 else None) for at, words in enumerate(heads)])
    return html.Table([html.Thead(head), html.Tbody(rows)], className="desk-table pledge-units")


def pledge_facts(standing: PledgeStanding) -> Component:
    """What a pledge means, how it is reckoned, on what, and what the agency decided."""
    rule, evidence = standing.rule, standing.evidence
    target = "không nêu mức" if rule.target is None else text.percent(rule.target, 0)
    facts = [
        ("Mức và năm", f"{target}, năm {rule.due_year}"),
        ("Phạm vi", rule.scope),
        ("Cách tính", rule.formula),
        ("Căn cứ", f"{evidence.source.title}, {EVIDENCE_NAMES[rule.kind]}"),
        ("Ghi chú", evidence.note),
        ("Nguồn của cam kết", rule.status),
    ]
    parts = [part for name, said in facts if said for part in (html.Dt(name), html.Dd(said))]
    return html.Dl(parts, className="pledge-facts")


def pledge_board(standings: Sequence[PledgeStanding], names: Mapping[str, str], title: str) -> Component:
    """The scoreboard on the wall: one line a pledge; each line is as old as its own source."""
    if all(each.evidence.source.as_of_at is None for each in standings):
        return panels.empty_face(title, "panel--pledges", text.NOT_CONNECTED)
    counts = counted_verdicts(standings)
    told = [f"{counts[verdict]} {VERDICT_NAMES[verdict]}" for verdict in Verdict if counts[verdict]]
    rows = [_wall_row(each, names) for each in standings]
    return panels.panel(
        [panels.heading(title, " · ".join(told)), html.Div(rows, className="pledge-rows")], None, "panel--pledges"
    )


def reached_words(rule: PledgeRule, reached: Reached | None) -> str:
    """'96,4%', '1.204 giờ', '1,2 tỷ đồng', or that nothing is known."""
    if reached is None:
        return text.NO_FIGURES
    if reached.whole is None:
        return _amount(rule, reached.part)
    return text.NO_FIGURES if reached.percent is None else text.percent(reached.percent)


def parts_words(reached: Reached | None) -> str:
    """'27/28'; a dash where there is no whole."""
    if reached is None or reached.whole is None:
        return text.UNKNOWN
    return f"{text.whole(int(reached.part))}/{text.whole(int(reached.whole))}"


def trend(days: Sequence[PledgeDay], target: Decimal | None) -> Component | None:
    """The share over the recorded days from 0 to 100 %, the target as a line; days without a figure break it."""
    known = [day for day in days if day.reached is not None and day.reached.percent is not None]
    if len(known) < 2:
        return None
    first, last = days[0].on, days[-1].on
    span = max((last - first).days, 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for day in days:
        percent = None if day.reached is None else day.reached.percent
        if percent is None:
            runs.append([])
            continue
        x = SPARK_WIDTH * (day.on - first).days / span
        runs[-1].append((x, SPARK_HEIGHT * (1 - float(percent) / HUNDRED)))
    lines = [svg.polyline("pledge-line", run) for run in runs if len(run) > 1]
    if target is not None:
        y = SPARK_HEIGHT * (1 - float(target) / HUNDRED)
        lines.append(svg.line("pledge-target", 0, y, SPARK_WIDTH, y))
    return svg.drawing(
        "pledge-trend", lines, viewBox=f"0 -2 {SPARK_WIDTH} {SPARK_HEIGHT + 4}", preserveAspectRatio="none"
    )


def _row(standing: PledgeStanding, names: Mapping[str, str], today: date, path: str, is_chosen: bool) -> Component:
    rule, verdict = standing.rule, standing.verdict
    link = dcc.Link(rule.name, href=f"{path}?pledge={rule.code}")
    explanation = dcc.Link("giải thích", href=f"/indicators/pledge_{rule.code}")
    is_bad = verdict is Verdict.MISSED
    since = standing.since_on
    return html.Tr(
        [
            html.Td([link, html.Small([f"{rule.scope} · ", explanation])]),
            html.Td([target_words(rule), html.Small(_due(rule, today))]),
            html.Td(_reached_now(standing), className="is-bad" if is_bad else None),
            html.Td(
                [_bar(standing.evidence.total, rule.target), html.Small(parts_words(standing.evidence.total))],
                className="pledge-bar",
            ),
            html.Td(trend(standing.days, rule.target) or text.UNKNOWN),
            html.Td(behind_words(standing, names)),
            html.Td(text.day(since) if since else text.UNKNOWN, className="desk-time"),
            html.Td([html.Span(EVIDENCE_NAMES[rule.kind]), _age(standing.evidence.source)]),
        ],
        className="is-chosen" if is_chosen else None,
    )


def _wall_row(standing: PledgeStanding, names: Mapping[str, str]) -> Component:
    rule, verdict, source = standing.rule, standing.verdict, standing.evidence.source
    is_bad = verdict is Verdict.MISSED
    said = VERDICT_NAMES[verdict]
    now = text.UNKNOWN if verdict is Verdict.UNKNOWN else reached_words(rule, standing.evidence.total)
    kind = "is-warning" if is_bad else "" if verdict in CALM else "is-old-part"
    return html.Div(
        [
            html.Span(rule.name, className="pledge-name"),
            html.Span(_goal(rule), className="pledge-goal"),
            html.B(now, className=f"pledge-now {kind}".strip()),
            html.Span(_bar(standing.evidence.total, rule.target), className="pledge-bar"),
            html.Span(said, className=f"pledge-said {kind}".strip()),
            html.Span(_behind_shortly(standing, names), className="pledge-behind"),
            html.Span(_age(source) if source.as_of_at else source.title, className="pledge-age"),
        ],
        className="pledge-row",
        **panels.age_attributes(source),
    )


def _reached_now(standing: PledgeStanding) -> list[Component | str]:
    if standing.verdict is Verdict.UNKNOWN:
        return [html.Span(text.NO_FIGURES, className="is-old-part")]
    said = reached_words(standing.rule, standing.evidence.total)
    return [html.B(said), html.Small(VERDICT_NAMES[standing.verdict])]


def target_words(rule: PledgeRule) -> str:
    """'100%', or that the plan names none."""
    return "không nêu mức" if rule.target is None else text.percent(rule.target, 0)


def behind_words(standing: PledgeStanding, names: Mapping[str, str]) -> str:
    """'Phú Vang, A Lưới và 3 đơn vị khác; 2 chưa có số liệu'; a dash where nobody is behind."""
    behind, silent = standing.behind, standing.silent
    said = ", ".join(names.get(unit, unit) for unit in behind[:NAMED_UNITS])
    more = len(behind) - NAMED_UNITS
    parts = [f"{said} và {more} đơn vị khác" if more > 0 else said] if said else []
    parts += [f"{len(silent)} chưa có số liệu"] if silent and standing.evidence.total is not None else []
    return "; ".join(parts) or text.UNKNOWN


def _goal(rule: PledgeRule) -> str:
    return f"năm {rule.due_year}" if rule.target is None else f"{text.percent(rule.target, 0)} · {rule.due_year}"


def _behind_shortly(standing: PledgeStanding, names: Mapping[str, str]) -> str:
    """One unit by its name, several by their number: what fits a line of the wall."""
    behind = standing.behind
    if len(behind) > 1:
        return f"{len(behind)} đơn vị"
    return names.get(behind[0], behind[0]) if behind else ""


def _due(rule: PledgeRule, today: date) -> str:
    return f"hết {rule.due_year}" + (", đã qua" if rule.is_due(today) and rule.target is not None else "")


def _bar(reached: Reached | None, target: Decimal | None) -> Component | None:
    percent = None if reached is None else reached.percent
    return None if percent is None else svg.bullet(percent, target, None, HUNDRED)


def _age(source: SourceFacts) -> Component:
    if source.as_of_at is None:
        return html.Small(f"{source.title}: {text.NO_FIGURES}")
    return html.Small([source.title, " · ", html.Span(**data(age="chip"))], **panels.age_attributes(source))


def _amount(rule: PledgeRule, part: Decimal) -> str:
    return f"{text.money(int(part))} đồng" if rule.what == "đồng" else f"{text.whole(int(part))} {rule.what}"


def _worst_first(reached: Reached | None) -> tuple[bool, Decimal]:
    percent = None if reached is None else reached.percent
    return (percent is None, percent or Decimal(0))
