"""/ngsi-ld: entities of the Smart Data Models by id, type and q, by scope; the @context names every attribute.

The published JSON schemas are not shipped: what they ask of the attributes we write stands here as figures (KPI 0.2.1,
Alert 0.0.2, Camera 0.1.2, service_requests 0.1.0).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from camera_support import a_pass
from feed_support import body_of, fill_feed, system
from gate_support import STRANGER, Site, build
from jsonschema_rs import Draft202012Validator
from reports_support import a_record, store_reports

from domain.feed import FeedScope
from domain.units import Organisation

ENTITIES = "/ngsi-ld/v1/entities"
KPI, ALERT, CAMERA, REQUEST = "KeyPerformanceIndicator", "Alert", "Camera", "service_requests"
SCOPE_OF = {
    KPI: FeedScope.INDICATORS,
    ALERT: FeedScope.ALARMS,
    CAMERA: FeedScope.CAMERAS,
    REQUEST: FeedScope.FIELD_REPORTS,
}
STRING: dict[str, Any] = {"type": "string"}
DATE_TIME = {"type": "string", "format": "date-time"}
MODELS: dict[str, dict[str, Any]] = {
    KPI: {
        "category": {"type": "array", "minItems": 1, "items": {"enum": ["quantitative", "qualitative", "output"]}},
        "calculationMethod": {"enum": ["manual", "automatic", "semiautomatic"]},
        "calculationFormula": STRING,
        "calculatedBy": STRING,
        "organization": STRING,
        "process": STRING,
        "calculationPeriod": {
            "type": "object",
            "properties": {"from": {"type": "string", "format": "date"}, "to": {"type": "string", "format": "date"}},
        },
        "kpiValue": {"type": ["string", "number", "boolean", "object", "array"]},
        "updatedAt": DATE_TIME,
    },
    ALERT: {
        "severity": {"enum": ["informational", "low", "medium", "high", "critical"]},
        "category": {
            "enum": ["traffic", "naturalDisaster", "weather", "environment", "health", "security", "agriculture"]
        },
        "subCategory": {"enum": ["crowdRisk", "suspiciousAction", "civilDisorder", "buildingFire"]},
        "dateIssued": DATE_TIME,
        "validFrom": DATE_TIME,
        "validTo": DATE_TIME,
        "alertSource": {"type": "string", "format": "uri"},
        "data": {"type": "object"},
        "description": STRING,
    },
    CAMERA: {"on": {"type": "boolean"}},
    REQUEST: {
        "service_request_id": STRING,
        "jurisdiction_id": STRING,
        "service_code": STRING,
        "agency_responsible": STRING,
        "status": {"enum": ["closed", "open"]},
        "status_notes": STRING,
        "requested_datetime": STRING,
        "updated_datetime": STRING,
        "expected_datetime": STRING,
    },
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, organisation: Organisation) -> Iterator[Site]:
    at = datetime.fromisoformat("2026-11-23T02:40:00+00:00")
    built = build(tmp_path_factory.mktemp("ngsi"), sqlite_template, organisation, at)
    units = [unit.code for unit in organisation.case_units_on(at.date())][:2]
    a_pass(built.database, dict.fromkeys(units, 3), at, lost=[f"{units[0]}-01"])
    records = [a_record(1), a_record(2, state_word="closed"), a_record("urgent", service_code="crowd_at_gate")]
    store_reports(built.database, organisation, records, at)
    fill_feed(built, organisation)
    yield built
    built.database.close()


def found(site: Site, query: str, **headers: str) -> list[dict[str, Any]]:
    answer = system(site).get(f"{ENTITIES}?{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    told = answer.get_json()
    assert isinstance(told, list)
    return told


@pytest.mark.parametrize("type_", list(MODELS))
def test_what_is_told_fits_the_models(site: Site, type_: str) -> None:
    schema = {"type": "object", "properties": MODELS[type_], "required": ["id", "type"]}
    validator = Draft202012Validator(schema, validate_formats=True)
    entities = found(site, f"type={type_}&limit=200&options=keyValues")
    assert entities
    for entity in entities:
        validator.validate(entity)
        assert entity["type"] == type_ and entity["id"].startswith(f"urn:ngsi-ld:{type_}:thads:")
        assert None not in entity.values() and entity["quality"] and entity["sample"] is True


def test_normalized_says_the_same_and_is_the_default(site: Site) -> None:
    id_ = f"urn:ngsi-ld:{KPI}:thads:completion_rate_cases"
    plain = body_of(system(site).get(f"{ENTITIES}/{id_}?options=keyValues"))
    whole = body_of(system(site).get(f"{ENTITIES}/{id_}"))
    assert whole.keys() == plain.keys() and (whole["id"], whole["type"]) == (id_, KPI)
    assert whole["kpiValue"] == {"type": "Property", "value": plain["kpiValue"], "observedAt": "2026-11-23T02:40:00Z"}
    assert whole["updatedAt"]["value"] == {"@type": "DateTime", "@value": plain["updatedAt"]}
    rest = body_of(system(site).get("/api/v1/indicators/completion_rate_cases"))
    assert plain["kpiValue"] == rest["value"]


def test_what_is_unknown_has_no_value_and_says_why(site: Site) -> None:
    (one,) = found(site, f"id=urn:ngsi-ld:{KPI}:thads:attendance_present&options=keyValues")
    assert "kpiValue" not in one and (one["missing"], one["quality"]) == ("not_connected", "never")


def test_cameras_and_requests_are_those_that_exist_and_say_no_place(site: Site) -> None:
    cameras = found(site, f"type={CAMERA}&options=keyValues")
    assert len(cameras) == 6
    lost = [one for one in cameras if one["cameraState"] == "lost"]
    assert len(lost) == 1 and "on" not in lost[0]
    requests = found(site, f"type={REQUEST}&options=keyValues")
    assert sorted(one["status"] for one in requests) == ["closed", "open", "open"]
    words = str([*cameras, *requests])
    assert "Lời của người dân" not in words and "127.0.0.1" not in words and "Cổng trụ sở" not in words
    assert not {"location", "address", "latitude"} & {name for one in [*cameras, *requests] for name in one}


def test_type_id_q_and_pages_choose(site: Site) -> None:
    units = found(site, f'type={KPI}&q=unit=="PHUVANG";kpiValue>0&limit=200&options=keyValues')
    assert units and all(one["unit"] == "PHUVANG" and one["kpiValue"] > 0 for one in units)
    client = system(site)
    answer = client.get(f"{ENTITIES}?type={KPI}&limit=3&offset=2&count=true&options=keyValues")
    every = found(site, f"type={KPI}&limit=200&options=keyValues")
    assert [one["id"] for one in answer.json] == [one["id"] for one in every[2:5]]
    assert int(answer.headers["NGSILD-Results-Count"]) > 200
    assert {one["type"] for one in found(site, "q=severity&limit=200")} == {ALERT}


@pytest.mark.parametrize(
    "query",
    ["", "type=Building", "type=Alert&q=a|b", "type=Alert&options=concise", "type=Alert&limit=0", "type=Alert&attrs=x"],
)
def test_what_is_not_understood_is_refused_with_the_error_of_the_standard(site: Site, query: str) -> None:
    answer = system(site).get(f"{ENTITIES}?{query}")
    assert answer.status_code == 400
    assert body_of(answer)["type"] == "https://uri.etsi.org/ngsi-ld/errors/BadRequestData"


def test_each_type_needs_its_scope(site: Site) -> None:
    for type_, scope in SCOPE_OF.items():
        client = system(site, scope)
        assert client.get(f"{ENTITIES}?type={type_}").status_code == 200
        for other in SCOPE_OF.keys() - {type_}:
            assert client.get(f"{ENTITIES}?type={other}").status_code == 403
            assert client.get(f"{ENTITIES}/urn:ngsi-ld:{other}:thads:x").status_code == 403
        assert {one["type"] for one in client.get(f"{ENTITIES}?q=quality").json} == {type_}
    assert site.as_(STRANGER).get(f"{ENTITIES}?type=Alert").status_code == 401
    missing = system(site).get(f"{ENTITIES}/urn:ngsi-ld:Alert:thads:nothing")
    assert missing.status_code == 404 and "ResourceNotFound" in body_of(missing)["type"]
    assert site.as_(STRANGER).get("/ngsi-ld/v1/nothing").status_code == 404


def test_the_context_names_every_attribute_and_is_told_either_way(site: Site) -> None:
    told = site.as_(STRANGER).get("/ngsi-ld/context.jsonld")
    context = body_of(told)["@context"]
    assert told.mimetype == "application/ld+json"
    for type_ in MODELS:
        for entity in found(site, f"type={type_}&limit=200&options=keyValues"):
            assert {*entity, type_} <= context.keys()
    address = "http://localhost/ngsi-ld/context.jsonld"
    whole = found(site, "type=Alert", Accept="application/ld+json")
    assert {one["@context"] for one in whole} == {address}
    plain = system(site).get(f"{ENTITIES}?type=Alert")
    assert plain.mimetype == "application/json" and plain.headers["Link"].startswith(f"<{address}>; rel=")
    # Nothing in it sends a reader elsewhere.
    assert all(isinstance(term, str | dict) for term in context.values()) and "@import" not in context
