"""The shapes of what /api/v1 tells, as JSON schema of OpenAPI 3.1; a test holds each answer against them."""

from __future__ import annotations

from typing import Any

from domain.alarms import AlarmState
from domain.cameras import CameraState
from domain.feed import Missing
from domain.field_reports import ReportState, Urgency
from domain.freshness import Freshness
from domain.units import UnitKind
from outbound.rest_feed import CLOSED, PRIORITIES

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
TEXT_OR_NULL: Json = {"type": ["string", "null"]}
INSTANT: Json = {"type": "string", "format": "date-time"}
INSTANT_OR_NULL: Json = {"type": ["string", "null"], "format": "date-time"}
DAY: Json = {"type": "string", "format": "date"}
NUMBER_OR_NULL: Json = {"type": ["number", "null"]}
COUNT_OR_NULL: Json = {"type": ["integer", "null"], "minimum": 0}
FLAG: Json = {"type": "boolean"}
QUALITIES = [state.value for state in Freshness if state is not Freshness.NOT_CONFIGURED]
STATES = [state.value for state in AlarmState if state is not AlarmState.NORMAL] + [CLOSED]


def words(*values: str) -> Json:
    """One of these."""
    return {"type": "string", "enum": list(values)}


def reference(name: str) -> Json:
    """A schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(**properties: Json) -> Json:
    """An object with exactly these members, all of them always there."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def listed(item: str, is_aged: bool = True) -> Json:
    """One page of a resource, with the age of the list as a whole: empty because its source is lost is not none."""
    age = {**_age(), "source": reference("SourceName")} if is_aged else {}
    cursor: Json = {**TEXT_OR_NULL, "description": "Giá trị cursor của trang sau; null ở trang cuối."}
    return record(sample=reference("Sample"), **age, items={"type": "array", "items": reference(item)}, next=cursor)


def _age() -> dict[str, Json]:
    return {
        "quality": {
            **words(*QUALITIES),
            "description": "Nguồn còn tin được tới đâu: trực tiếp, chậm, cũ, mất nguồn, chưa từng có số liệu.",
        },
        "as_of": {**INSTANT_OR_NULL, "description": "Số liệu nói về lúc nào, theo nguồn."},
    }


def _figure() -> dict[str, Json]:
    return {
        "value": {**NUMBER_OR_NULL, "description": "null là chưa biết, không bao giờ là 0."},
        "missing": {
            "type": ["string", "null"],
            "enum": [*(reason.value for reason in Missing), None],
            "description": "Vì sao value là null.",
        },
        "numerator": NUMBER_OR_NULL,
        "denominator": NUMBER_OR_NULL,
    }


_INDICATOR = {
    "id": TEXT,
    "name": TEXT,
    "measured_in": {**TEXT, "description": "việc, đồng, %, camera, người, phản ánh, cảnh báo."},
    "formula": TEXT,
    "excludes": TEXT,
    "legal_basis": TEXT,
    "coverage": {**TEXT, "description": "Phần đã có số liệu ('7/10 đơn vị'); rỗng là toàn bộ."},
    **_figure(),
    "by_unit": {"type": "array", "items": reference("UnitFigure")},
    **_age(),
    "source": reference("SourceName"),
    "period": record(**{"from": DAY, "to": DAY}),
}
_ALARM = {
    "id": TEXT,
    "kind": TEXT,
    "kind_name": TEXT,
    "priority": words(*PRIORITIES.values()),
    "state": words(*STATES),
    "unit": TEXT,
    "opened_at": INSTANT,
    "changed_at": INSTANT,
    "closed_at": INSTANT_OR_NULL,
    **_age(),
    "source": reference("SourceName"),
}

SCHEMAS: dict[str, Json] = {
    "Sample": {"type": "boolean", "description": "true: Dữ liệu mẫu, không phải số liệu thật."},
    "SourceName": record(name=TEXT, title=TEXT),
    "UnitFigure": record(unit=TEXT, **_figure()),
    "Indicator": record(**_INDICATOR),
    "IndicatorAlone": record(sample=reference("Sample"), **_INDICATOR),
    "IndicatorPage": listed("Indicator", is_aged=False),
    "Alarm": record(**_ALARM),
    "AlarmAlone": record(sample=reference("Sample"), **_ALARM),
    "AlarmPage": listed("Alarm"),
    "UnitCameras": record(
        unit=TEXT,
        installed=COUNT_OR_NULL,
        states=record(**{state.value: COUNT_OR_NULL for state in CameraState}),
        **_age(),
        source=reference("SourceName"),
    ),
    "CameraPage": listed("UnitCameras"),
    "FieldReport": record(
        id=TEXT,
        subject={**TEXT, "description": "Mã nhóm nội dung."},
        urgency=words(*(urgency.value for urgency in Urgency)),
        state=words(*(state.value for state in ReportState)),
        unit=TEXT_OR_NULL,
        ward={**TEXT_OR_NULL, "description": "Mã phường, xã: vị trí nhỏ nhất được cấp."},
        requested_at=INSTANT,
        due_at=INSTANT_OR_NULL,
        closed_at=INSTANT_OR_NULL,
        **_age(),
        source=reference("SourceName"),
    ),
    "FieldReportPage": listed("FieldReport"),
    "Unit": record(
        code=TEXT,
        name=TEXT,
        short_name=TEXT,
        kind=words(*(kind.value for kind in UnitKind)),
        parent=TEXT_OR_NULL,
        handles_cases=FLAG,
        illustrative={**FLAG, "description": "true: minh họa, chưa có nguồn xác nhận."},
        valid_from=DAY,
        valid_to={"type": ["string", "null"], "format": "date", "description": "Ngày cuối, tính cả ngày đó."},
    ),
    "UnitPage": listed("Unit", is_aged=False),
    "Boundaries": {
        "type": "object",
        "description": "GeoJSON FeatureCollection (RFC 7946), kinh độ trước, WGS 84.",
        "properties": {
            "type": {"const": "FeatureCollection"},
            "features": {"type": "array", "items": {"type": "object"}},
        },
        "required": ["type", "features"],
    },
    "Xml": {"type": "string"},
    "Health": record(
        worker=words("leads", "gone"),
        sources={
            "type": "array",
            "items": record(name=TEXT, title=TEXT, connected=FLAG, **_age()),
        },
    ),
    "Token": record(access_token=TEXT, token_type={"const": "Bearer"}, expires_in={"type": "integer"}, scope=TEXT),
    "Problem": {
        "type": "object",
        "description": "RFC 9457.",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "error": TEXT,
            "error_description": TEXT,
        },
        "required": ["type", "title", "status"],
        "additionalProperties": False,
    },
}
