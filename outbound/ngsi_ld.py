"""The feed as NGSI-LD entities: KeyPerformanceIndicator, Alert, Camera of the FIWARE Smart Data Models, and the Open311
service request of its IssueTracking.

What is unknown has no attribute (NGSI-LD has no null) and says why in `missing`. No address, no point, no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from domain.cameras import CameraState
from domain.field_reports import FINAL_STATES, STATE_NAMES, ReportState
from domain.permissions import Permission
from outbound.rest_feed import ALARMS, CAMERAS, INDICATORS, REPORTS, SourceAges

Entity = dict[str, Any]

KPI, ALERT, CAMERA, REQUEST = "KeyPerformanceIndicator", "Alert", "Camera", "service_requests"
# Of each type: the permission it needs, and the panel it is made of.
TYPES = {
    KPI: (Permission.READ_INDICATORS, INDICATORS),
    ALERT: (Permission.READ_ALARMS, ALARMS),
    CAMERA: (Permission.READ_CAMERAS, CAMERAS),
    REQUEST: (Permission.READ_FIELD_REPORTS, REPORTS),
}
PROCESS = "Thi hành án dân sự"
SEVERITY = {"urgent": "critical", "high": "high", "ordinary": "medium"}
# The model knows no category for most of our alarms; those have none rather than a wrong one.
SECURITY = {
    "security_fire": "buildingFire",
    "security_gathering": "civilDisorder",
    "security_disorder": "civilDisorder",
    "security_intrusion": "suspiciousAction",
    "security_tamper": "suspiciousAction",
    "security_incident": "suspiciousAction",
    "delegation": "crowdRisk",
}
WITH_PICTURE = {CameraState.WORKING.value, CameraState.IMPAIRED.value}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells: name and code of the unit above all others, and the names of the units by code."""

    name: str
    code: str
    units: Mapping[str, str]


def entities_of(type_: str, panel: Mapping[str, Any], ages: SourceAges, teller: Teller) -> list[Entity]:
    """Every entity of a type, as keyValues, in the order of their ids."""
    made = {KPI: _indicators, ALERT: _alerts, CAMERA: _cameras, REQUEST: _requests}[type_](panel, ages, teller)
    return sorted(made, key=lambda entity: str(entity["id"]))


def normalized(entity: Entity) -> Entity:
    """The same entity with every attribute as a Property, instants typed, observed when its source says."""
    at = entity.get("updatedAt")
    return {name: value if name in ("id", "type") else _property(name, value, at) for name, value in entity.items()}


def type_in(urn: str) -> str:
    """The type that an id of ours names, '' for any other."""
    parts = urn.split(":", 3)
    return parts[2] if len(parts) == 4 and parts[:2] == ["urn", "ngsi-ld"] and parts[2] in TYPES else ""


def _indicators(panel: Mapping[str, Any], ages: SourceAges, teller: Teller) -> Iterator[Entity]:
    for item in panel["items"]:
        told = ages.told(item["source"])
        for figure in (
            {**item, "unit": teller.code, "suffix": ()},
            *({**one, "suffix": (one["unit"],)} for one in item["by_unit"]),
        ):
            yield {
                "id": _urn(KPI, item["id"], *figure["suffix"]),
                "type": KPI,
                "name": item["name"],
                "category": ["quantitative"],
                "process": PROCESS,
                "organization": teller.units.get(figure["unit"], figure["unit"]),
                "calculatedBy": teller.name,
                "calculationMethod": "automatic",
                "calculationFormula": item["formula"],
                "calculationPeriod": ages.period,
                "measuredIn": item["measured_in"],
                "unit": figure["unit"],
                "source": told["source"]["title"],
                **_known(kpiValue=figure["value"], missing=figure["missing"]),
                **_age(told, ages),
            }


def _alerts(panel: Mapping[str, Any], ages: SourceAges, teller: Teller) -> Iterator[Entity]:
    for item in panel["items"]:
        told = ages.told(item["source"])
        unit = teller.units.get(item["unit"], item["unit"])
        security = SECURITY.get(item["kind"])
        yield {
            "id": _urn(ALERT, item["id"]),
            "type": ALERT,
            "description": f"{item['kind_name']} · {unit}",
            "severity": SEVERITY[item["priority"]],
            **_known(category="security" if security else None, subCategory=security),
            "dateIssued": _z(item["opened_at"]),
            "validFrom": _z(item["opened_at"]),
            **_known(validTo=_z(item["closed_at"])),
            "alertSource": f"urn:thads:source:{item['source']}",
            "source": told["source"]["title"],
            "unit": item["unit"],
            "data": {"rule": item["kind"], "state": item["state"], "priority": item["priority"]},
            **_age(told, ages),
        }


def _cameras(panel: Mapping[str, Any], ages: SourceAges, teller: Teller) -> Iterator[Entity]:
    told = ages.told("cameras")
    for item in panel["single"]:
        yield {
            "id": _urn(CAMERA, item["code"]),
            "type": CAMERA,
            "cameraState": item["state"],
            # A camera without a picture may be off, or its line may be cut: only what was seen is said.
            **({"on": True} if item["state"] in WITH_PICTURE else {}),
            "unit": item["unit"],
            "source": told["source"]["title"],
            **_age(told, ages),
        }


def _requests(panel: Mapping[str, Any], ages: SourceAges, teller: Teller) -> Iterator[Entity]:
    told = ages.told("field_reports")
    for item in panel["items"]:
        state = ReportState(item["state"])
        yield {
            "id": _urn(REQUEST, item["id"]),
            "type": REQUEST,
            "service_request_id": item["id"],
            "jurisdiction_id": teller.code,
            "service_code": item["subject"],
            "status": "closed" if state in FINAL_STATES else "open",
            "status_notes": STATE_NAMES[state],
            "requested_datetime": _z(item["requested_at"]),
            **_known(
                expected_datetime=_z(item["due_at"]),
                updated_datetime=_z(item["closed_at"]),
                agency_responsible=teller.units.get(item["unit"] or "", item["unit"]),
                unit=item["unit"],
                areaServed=item["ward"],
            ),
            "source": told["source"]["title"],
            **_age(told, ages),
        }


def _age(told: Mapping[str, Any], ages: SourceAges) -> Entity:
    return {"quality": told["quality"], **_known(updatedAt=_z(told["as_of"])), "sample": ages.is_sample}


def _known(**values: Any) -> Entity:
    return {name: value for name, value in values.items() if value is not None}


def _property(name: str, value: Any, at: str | None) -> Entity:
    typed = isinstance(value, str) and INSTANT.fullmatch(value)
    found: Entity = {"type": "Property", "value": {"@type": "DateTime", "@value": value} if typed else value}
    return {**found, "observedAt": at} if at and name == "kpiValue" else found


def _urn(*parts: str) -> str:
    """urn:ngsi-ld:TYPE:thads:…, with anything unusual in a code escaped."""
    type_, *rest = parts
    return ":".join(("urn:ngsi-ld", type_, "thads", *(quote(part, safe="") for part in rest)))


def _z(at: str | None) -> str | None:
    """An instant as NGSI-LD writes it."""
    return None if at is None else at.replace("+00:00", "Z")


def panels_of(types: Iterable[str]) -> tuple[str, ...]:
    """The panels these types are made of."""
    return tuple(TYPES[type_][1] for type_ in types)
