"""What stands around an alarm: the cameras of its unit, where it lies, the field reports that nobody has taken yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import ids
from components import panel as panels
from components.area_map import sign_map
from components.attributes import data
from domain.alarms import Priority
from domain.boundaries import UnitMap
from domain.cameras import STATE_NAMES as CAMERA_STATES
from domain.cameras import Camera, CameraState
from domain.deadlines import ClockCounts
from domain.field_reports import Urgency
from domain.freshness import SourceFacts
from domain.local_time import moment_words
from domain.report_filters import DeskReport

CAMERA_WORKS = frozenset({CameraState.WORKING})
TRIAGE_SHOWN = 4
SMALL = "desk-button desk-button--small"


def unit_cameras(
    name: str, unit: str, cameras: Sequence[tuple[Camera, CameraState]], source: SourceFacts, members: Sequence[str]
) -> Component:
    """The cameras of the unit with their states; no picture: that is a page of its own, with a line in the audit."""
    heading = html.H2(f"Camera {name}")
    if source.as_of_at is None:
        words = text.NO_FIGURES if source.configured else text.NOT_CONNECTED
        return _card(heading, html.P(f"{source.title}: {words}.", className="desk-nothing"))
    if not cameras:
        return _card(heading, html.P("Đơn vị chưa có camera trong danh sách.", className="desk-nothing"))
    working = sum(state in CAMERA_WORKS for _, state in cameras)
    unknown = sum(state is CameraState.UNKNOWN for _, state in cameras)
    counts = f"{working}/{len(cameras)} hoạt động " + (f"· {unknown} chưa rõ " if unknown else "")
    boxes = [_camera(camera, state, camera.code in members) for camera, state in cameras]
    link = dcc.Link("Xem trạng thái, xem ảnh (ghi nhật ký)", href=f"/cameras?unit={unit}", className="desk-button")
    return html.Section(
        [
            html.Div([heading, html.Small([counts, panels.age(wording="chip")])]),
            html.Div(boxes, className="console-cameras"),
            link,
        ],
        className="desk-card",
        **panels.age_attributes(source),
    )


def _card(*parts: Component) -> Component:
    return html.Section(list(parts), className="desk-card")


def _camera(camera: Camera, state: CameraState, is_member: bool) -> Component:
    face = "" if state in CAMERA_WORKS else " is-unknown" if state is CameraState.UNKNOWN else " is-off"
    name = f"console-camera{face}" + (" is-member" if is_member else "")
    return html.Div([html.Span(f"{camera.code} {camera.place}"), html.Small(CAMERA_STATES[state])], className=name)


def stands_still(since: datetime) -> Component:
    """Above the list while the engine cannot decide: nothing that looks calm may be believed then."""
    words = (
        f"Danh sách không được tính lại từ {moment_words(since)}: có lỗi máy chủ, xem nhật ký. Cảnh báo mới không hiện."
    )
    return html.P(words, className="desk-failure", role="alert")


def clocks_without_term(counts: ClockCounts, may_enter: bool) -> Component | None:
    """How many việc have a statutory clock for which no term is in force: nothing can be overdue there, and nothing is
    in time either."""
    if not counts.without_rule:
        return None
    concerned = text.whole(sum(counts.without_rule.values()))
    kinds = f"{len(counts.without_rule)} loại thời hạn chưa có thời hạn hiệu lực"
    words = f"{kinds}, {concerned} việc không theo dõi được hạn. "
    link = [dcc.Link("Nhập thời hạn", href="/alarm-rules?tab=terms")] if may_enter else []
    return html.P([words, *link], className="desk-faint")


def alarm_map(signs: Mapping[str, tuple[Priority, int]], unit_map: UnitMap | None, unit: str) -> Component:
    """Where urgent and high alarms are open, the unit of the one looked at with a border."""
    heading = html.Div([html.H2("Vị trí"), html.Small("khẩn cấp và cao")])
    if unit_map is None:
        return _card(heading, html.P(text.NO_MAP, className="desk-nothing"))
    return _card(heading, sign_map(signs, unit_map, unit))


def triage_queue(
    waiting: Sequence[DeskReport], names: Mapping[str, str], source: SourceFacts, may_place: bool
) -> Component:
    """Field reports that were received and that nobody deals with, each with the unit its place suggests; the keys 1
    to 4 give them."""
    heading = html.H2("Phân loại phản ánh")
    if source.as_of_at is None:
        words = text.NO_FIGURES if source.configured else text.NOT_CONNECTED
        return _card(html.Div(heading), html.P(f"{source.title}: {words}.", className="desk-nothing"))
    rows = [_waiting(number, one, names, may_place) for number, one in enumerate(waiting[:TRIAGE_SHOWN], 1)]
    rest = len(waiting) - len(rows)
    more = [dcc.Link(f"Còn {text.whole(rest)} phản ánh chờ", href="/field-reports")] if rest > 0 else []
    nothing = [] if rows else [html.P("Không có phản ánh chờ phân loại.", className="desk-nothing")]
    return html.Section(
        [
            html.Div([heading, html.Small([f"{text.whole(len(waiting))} chờ ", panels.age(wording="chip")])]),
            *rows,
            *more,
            *nothing,
        ],
        className="desk-card console-triage",
        **panels.age_attributes(source),
    )


def _waiting(number: int, one: DeskReport, names: Mapping[str, str], may_place: bool) -> Component:
    report = one.report
    unit = report.unit if report.unit is not None and report.unit in names else ""
    suggested = f"Gợi ý: {names[unit]}" if unit else "Ngoài địa bàn, chưa có gợi ý"
    urgent = [html.B("Khẩn cấp · ")] if report.urgency is Urgency.URGENT else []
    button = None
    if may_place and unit:
        known = ids.triage_button(report.public_id, unit)
        more: dict[str, Any] = {"aria-label": f"Giao {report.title} cho {names[unit]}", "className": SMALL}
        words: list[Component | str] = ["Giao ", html.Kbd(str(number))]
        button = html.Button(words, id=known, type="button", **more | data(answer=f"triage-{number}"))
    link = dcc.Link(report.title, href=f"/field-reports?report={report.public_id}")
    return html.Div(
        [
            html.Div([*urgent, link]),
            html.Small(text.clock_time(report.requested_at)),
            html.Small(suggested, className="console-suggested"),
            button,
        ],
        className="console-waiting",
    )
