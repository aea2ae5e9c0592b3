"""Open311 answers in the forms other people's servers give them; the forms are theirs, the contents invented.

OPEN311_ADAPTER: mySociety's open311-adapter writes ids as numbers, 0 for one it has not got, and 0,0 for no place.
SPECIFICATION: the example of GeoReport v2 (open311.org) has numbers for ids and nulls, and in XML empty elements.
"""

from __future__ import annotations

import json

OPEN311_ADAPTER = json.dumps(
    [
        {
            "service_request_id": 1001,
            "service_code": "other",
            "service_name": "Việc khác",
            "status": "investigating",
            "description": "",
            "requested_datetime": "2026-11-24T08:00:00+07:00",
            "updated_datetime": "2026-11-24T08:10:00+07:00",
            "address": "",
            "address_id": "",
            "zipcode": "",
            "lat": 0,
            "long": 0,
            "media_url": "",
        },
        {
            "service_request_id": 0,
            "service_code": "other",
            "status": "open",
            "requested_datetime": "2026-11-24T08:05:00+07:00",
            "updated_datetime": "2026-11-24T08:05:00+07:00",
            "lat": 16.46,
            "long": 107.59,
        },
    ]
).encode()
SPECIFICATION = json.dumps(
    [
        {
            "service_request_id": 638344,
            "status": "closed",
            "status_notes": "Trùng.",
            "service_name": "Vỉa hè",
            "service_code": "006",
            "description": None,
            "agency_responsible": None,
            "service_notice": None,
            "requested_datetime": "2026-11-24T06:37:38+07:00",
            "updated_datetime": "2026-11-24T06:40:38+07:00",
            "expected_datetime": "2026-11-25T06:37:38+07:00",
            "address": "ngã tư",
            "address_id": 545483,
            "zipcode": 49000,
            "lat": 16.462221815,
            "long": 107.5951145,
            "media_url": "http://192.0.2.1/638344.jpg ",
        }
    ]
).encode()
SPECIFICATION_XML = (
    '<?xml version="1.0" encoding="utf-8"?><service_requests><request><service_request_id>638344</service_request_id>'
    "<status>closed</status><status_notes>Trùng.</status_notes><service_name>Vỉa hè</service_name>"
    "<service_code>006</service_code><description></description><agency_responsible></agency_responsible>"
    "<requested_datetime>2026-11-24T06:37:38+07:00</requested_datetime>"
    "<updated_datetime>2026-11-24T06:40:38+07:00</updated_datetime>"
    "<expected_datetime>2026-11-25T06:37:38+07:00</expected_datetime><address>ngã tư</address>"
    "<address_id>545483</address_id><zipcode>49000</zipcode><lat>16.462221815</lat><long>107.5951145</long>"
    "<media_url>http://192.0.2.1/638344.jpg </media_url></request></service_requests>"
).encode()
