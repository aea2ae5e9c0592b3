"""The plain list of warnings: each right one is read, each wrong one is named."""

from __future__ import annotations

import json
from typing import Any

import pytest
from city_alert_support import NOW

from connectors.city_alerts import parse_pushed_alerts
from connectors.pushed_list import PushUnreadable
from domain.city_alerts import AlertKind, AlertMessage, AlertSeverity, PlaceCircle, PlacePoint

GOOD: dict[str, Any] = {
    "id": "W-1",
    "sent_at": "2026-11-23T09:20:00+07:00",
    "kind": "security",
    "severity": "extreme",
    "headline": "Tụ tập đông người",
    "expires_at": "2026-11-23T12:00:00+07:00",
    "areas": [
        {
            "name": "Phú Vang",
            "polygon": [[16.5, 107.6], [16.4, 107.7], [16.3, 107.6]],
            "circle": {"latitude": 16.4, "longitude": 107.6, "radius_km": 2},
            "codes": ["PHUVANG"],
        }
    ],
}


def parsed(*entries: object) -> Any:
    return parse_pushed_alerts(json.dumps({"alerts": list(entries)}).encode(), "IOC", NOW)


def test_a_whole_warning_is_read() -> None:
    (said,) = parsed({**GOOD, "type": "update", "replaces": ["W-0"], "exercise": True}).alerts
    assert said.key == ("IOC", "W-1") and said.replaces == (("IOC", "W-0"),) and said.is_exercise
    assert (said.message, said.kind, said.severity) == (
        AlertMessage.UPDATE,
        AlertKind.SECURITY,
        AlertSeverity.EXTREME,
    )
    (area,) = said.areas
    assert area.rings[0][0] == area.rings[0][-1] and len(area.rings[0]) == 4
    assert area.circles == (PlaceCircle(PlacePoint(16.4, 107.6), 2.0),) and area.codes == ("PHUVANG",)


def test_a_warning_is_taken_back_by_its_number_alone_and_an_empty_list_is_a_sign_of_life() -> None:
    (said,) = parsed({"id": "W-2", "sent_at": GOOD["sent_at"], "type": "cancel", "replaces": ["W-1"]}).alerts
    assert said.message is AlertMessage.CANCEL and said.replaces == (("IOC", "W-1"),)
    assert parsed().alerts == [] == parsed().refused


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": 10**4000}, "id"),
        ({"sent_at": None}, "sent_at"),
        ({"sent_at": "2026-11-23T09:20:00"}, "sent_at"),
        ({"kind": "rain"}, "kind"),
        ({"kind": ["flood"]}, "kind"),
        ({"severity": "Severe"}, "severity"),
        ({"type": "test"}, "type"),
        ({"headline": ""}, "headline"),
        ({"headline": "x" * 201}, "headline"),
        ({"exercise": "no"}, "exercise"),
        ({"areas": {}}, "areas"),
        ({"replaces": "W-0"}, "replaces"),
        ({"areas": [{"polygon": [[1, 2], [3, 4]]}]}, "area"),
        ({"areas": [{"polygon": [[1, 2, 3]]}]}, "polygon"),
        ({"areas": [{"polygon": [[91, 2], [3, 4], [5, 6]]}]}, "area"),
        ({"areas": [{"circle": {"latitude": 1, "longitude": 2}}]}, "area"),
        ({"areas": [{"circle": {"latitude": None, "longitude": 2, "radius_km": 1}}]}, "area"),
        ({"expires_at": "2026-11-23T09:00:00+07:00"}, "expires"),
        ({"areas": [{"polygon": [["\ud800", 1]]}]}, "area"),
        ({"areas": [{"circle": {"latitude": 1, "longitude": 2, "radius_km": "\x00"}}]}, "area"),
        ({"areas": [{"codes": ["X"] * 501}]}, "area"),
        ({"areas": [{"polygon": [[1, 2], [3, 4], [5, 7]]}] * 101}, "area"),
    ],
)
def test_a_wrong_one_is_named_and_the_others_stand(wrong: dict[str, Any], field: str) -> None:
    found = parsed({**GOOD, **wrong}, {**GOOD, "id": "W-9"})
    assert all((each.value + each.reason).encode() and "\x00" not in each.value for each in found.refused)
    assert [each.field for each in found.refused] == [field] and [one.identifier for one in found.alerts] == ["W-9"]


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"[]", b"{}", b'{"alerts": {}}', b'{"alerts": [NaN]}', b"\xff"),
        *(b"[" * 100_000, b'{"alerts": [' + b"{}," * 200 + b"{}]}"),
    ],
)  # fmt: skip
def test_a_body_that_is_no_list_is_refused_whole(body: bytes) -> None:
    with pytest.raises(PushUnreadable):
        parse_pushed_alerts(body, "IOC", NOW)
