"""An incident is one log line that its code finds again."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import structlog

from server.logs import ALPHABET, configure_logs, incident_code, report_incident


@pytest.fixture(autouse=True)
def own_logging() -> Iterator[None]:
    """Leave the logging of the other tests as it was: this one writes to a stream that ends with the test."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def test_an_incident_is_logged_with_its_code_fields_and_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs()
    code = report_incident("panel failed", ValueError("no regime"), panel="units-comparison-panel")
    line = json.loads(capsys.readouterr().err.strip().splitlines()[-1])
    assert (line["event"], line["incident"], line["panel"]) == ("panel failed", code, "units-comparison-panel")
    assert "no regime" in line["exception"]


def test_a_code_can_be_read_out_over_a_telephone() -> None:
    codes = {incident_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(code.startswith("SC-") and set(code[3:]) <= set(ALPHABET) for code in codes)
    assert not set("01OIL") & set(ALPHABET)
