"""The contract of /api/v1 in OpenAPI 3.1, kept by hand and held against the routes and the answers by tests."""

from __future__ import annotations

from typing import Any

from domain.feed import SCOPE_NAMES, FeedScope
from outbound.openapi_schemas import SCHEMAS, reference
from outbound.paging import CURSOR_PATTERN
from outbound.problems import TITLES

Json = dict[str, Any]

NOTES = (
    "Chỉ đọc. Không có dữ liệu cá nhân, không có chữ do người gõ. value = null nghĩa là chưa biết, lý do ở missing. "
    "Mỗi trả lời có ETag: gửi lại bằng If-None-Match, không đổi thì nhận 304. Lỗi theo RFC 9457."
)
_PAGED: list[Json] = [
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50}},
    {"name": "cursor", "in": "query", "schema": {"type": "string", "pattern": CURSOR_PATTERN}},
]
_UNIT: Json = {"name": "unit", "in": "query", "schema": {"type": "string", "minLength": 1}, "description": "Mã đơn vị."}
_ON: Json = {
    "name": "on",
    "in": "query",
    "schema": {"type": "string", "format": "date"},
    "description": "Ngày hiệu lực.",
}
_ID: Json = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def openapi(build: str) -> Json:
    """The whole document; `build` is the version of the product that speaks it."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "THADS Huế: nguồn cấp cho IOC", "version": f"1.0.0+{build}", "description": NOTES},
        "paths": _paths(),
        "components": {
            "schemas": SCHEMAS,
            "responses": {str(status): _problem(status) for status in TITLES},
            "securitySchemes": {
                "oauth": {
                    "type": "oauth2",
                    "flows": {
                        "clientCredentials": {
                            "tokenUrl": "/api/v1/token",
                            "scopes": {scope.value: name for scope, name in SCOPE_NAMES.items()},
                        }
                    },
                }
            },
        },
    }


def _paths() -> Json:
    scope = FeedScope
    return {
        "/api/v1/indicators": _read("Chỉ tiêu", "IndicatorPage", scope.INDICATORS, _PAGED),
        "/api/v1/indicators/{id}": _read("Một chỉ tiêu", "IndicatorAlone", scope.INDICATORS, [_ID]),
        "/api/v1/alarms": _read("Cảnh báo đang có và đóng trong 7 ngày", "AlarmPage", scope.ALARMS, [_UNIT, *_PAGED]),
        "/api/v1/alarms/{id}": _read("Một cảnh báo", "AlarmAlone", scope.ALARMS, [_ID]),
        "/api/v1/cameras": _read("Số camera theo đơn vị, trạng thái", "CameraPage", scope.CAMERAS, [_UNIT, *_PAGED]),
        "/api/v1/field-reports": _read(
            "Phản ánh đang mở và đóng trong 7 ngày", "FieldReportPage", scope.FIELD_REPORTS, [_UNIT, *_PAGED]
        ),
        "/api/v1/units": _read("Cây đơn vị theo thời gian", "UnitPage", scope.UNITS, [_ON, *_PAGED]),
        "/api/v1/boundaries": _read(
            "Ranh giới khái quát của các đơn vị hôm nay", "Boundaries", scope.UNITS, [], "application/geo+json"
        ),
        "/api/v1/cap.atom": _read("CAP 1.2, Atom", "Xml", scope.ALARMS, [], "application/atom+xml"),
        "/api/v1/cap/{id}.xml": _read("Một bản tin CAP 1.2", "Xml", scope.ALARMS, [_ID], "application/cap+xml"),
        "/api/v1/health": _read("Trạng thái, không cần token", "Health", None, []),
        "/api/v1/openapi.json": _read("Tài liệu này, không cần token", "", None, []),
        "/api/v1/token": {"post": _token()},
    }


def _read(
    summary: str, schema: str, scope: FeedScope | None, parameters: list[Json], mimetype: str = "application/json"
) -> Json:
    content: Json = {mimetype: {"schema": reference(schema) if schema else {"type": "object"}}}
    errors = [400, 404, 405, 429, 503] if scope is None else [400, 401, 403, 404, 405, 429, 503]
    told: Json = {"description": summary, "content": content, "headers": {"ETag": {"schema": {"type": "string"}}}}
    return {
        "get": {
            "summary": summary,
            "parameters": parameters,
            "security": [] if scope is None else [{"oauth": [scope.value]}],
            "responses": {"200": told, "304": {"description": "Không đổi từ lần trước."}, **_errors(errors)},
        }
    }


def _token() -> Json:
    form: Json = {
        "type": "object",
        "properties": {
            "grant_type": {"const": "client_credentials"},
            "client_id": {"type": "string"},
            "client_secret": {"type": "string"},
            "scope": {"type": "string", "description": "Các phạm vi cách nhau bằng dấu cách; rỗng là tất cả."},
        },
        "required": ["grant_type", "client_id", "client_secret"],
    }
    return {
        "summary": "Đổi client_id, client_secret lấy token 10 phút (RFC 6749, 4.4)",
        "security": [],
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}},
        "responses": {
            "200": {"description": "Token", "content": {"application/json": {"schema": reference("Token")}}},
            **_errors([400, 401, 403, 405, 413, 415, 429, 503]),
        },
    }


def _errors(statuses: list[int]) -> Json:
    return {str(status): {"$ref": f"#/components/responses/{status}"} for status in statuses}


def _problem(status: int) -> Json:
    content = {"application/problem+json": {"schema": reference("Problem")}}
    return {"description": TITLES[status], "content": content}
