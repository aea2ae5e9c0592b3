"""The @context of what /ngsi-ld tells, whole and offline: no reader has to fetch anything from elsewhere to understand.

IRIs are those of ETSI's core and of the FIWARE Smart Data Models; our own terms are under urn:thads.
"""

from __future__ import annotations

from typing import Any

ETSI = "https://uri.etsi.org/ngsi-ld/"
MODELS = "https://smartdatamodels.org/"
OWN = "urn:thads:terms:"
_KPI, _ALERT, _ISSUE, _DEVICE = (
    f"{MODELS}dataModel.{name}/" for name in ("KeyPerformanceIndicator", "Alert", "IssueTracking", "Device")
)


def _under(base: str, *terms: str) -> dict[str, Any]:
    return {term: base + term for term in terms}


CONTEXT: dict[str, Any] = {
    "id": "@id",
    "type": "@type",
    "value": f"{ETSI}hasValue",
    "observedAt": {"@id": f"{ETSI}observedAt", "@type": f"{ETSI}DateTime"},
    "description": "http://purl.org/dc/terms/description",
    "status": f"{ETSI}status",
    **_under(ETSI, "Property", "DateTime"),
    **_under(MODELS, "name", "source", "areaServed", "dataProvider"),
    **_under(
        _KPI,
        *("KeyPerformanceIndicator", "organization", "process", "calculatedBy", "calculationMethod"),
        *("calculationFormula", "calculationPeriod", "kpiValue", "updatedAt", "from", "to"),
    ),
    # One term means one thing in a context: the category of alerts and of indicators is that of indicators here.
    **_under(_KPI, "category"),
    **_under(_ALERT, "Alert", "subCategory", "severity", "dateIssued", "validFrom", "validTo", "alertSource", "data"),
    **_under(_DEVICE, "Camera", "on"),
    **_under(
        _ISSUE,
        *("service_requests", "service_request_id", "jurisdiction_id", "service_code", "agency_responsible"),
        *("status_notes", "requested_datetime", "updated_datetime", "expected_datetime"),
    ),
    **_under(OWN, "measuredIn", "missing", "quality", "unit", "sample", "cameraState", "rule", "state", "priority"),
}
