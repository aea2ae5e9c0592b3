"""The feed as others try it: schemathesis against a served application finds nothing the contract does not say."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from feed_support import fill_feed
from gate_support import Site, build
from werkzeug.serving import make_server

from domain.units import Organisation

PYTHON = Path(sys.executable)


@pytest.fixture
def served(
    tmp_path: Path, sqlite_template: Path, organisation: Organisation, now: datetime
) -> Iterator[tuple[Site, str]]:
    """The application over HTTP, its feed drawn."""
    site = build(tmp_path, sqlite_template, organisation, now, feed_requests_per_minute=6000)
    fill_feed(site, organisation)
    server = make_server("127.0.0.1", 0, site.app.server, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield site, f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()
    site.database.close()


def test_schemathesis_finds_nothing(served: tuple[Site, str], tmp_path: Path) -> None:
    site, url = served
    command = [
        *(str(PYTHON), "-m", "schemathesis.cli", "run", f"{url}/api/v1/openapi.json"),
        *("--url", url, "--header", f"Authorization: Bearer {site.token()}"),
        *("--max-examples", "4", "--checks", "all", "--seed", "8", "--no-color", "--generation-database", "none"),
    ]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert found.returncode == 0, found.stdout[-6000:] + found.stderr[-2000:]
