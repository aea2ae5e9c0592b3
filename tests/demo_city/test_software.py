"""The city's software answers by real protocols, and fails when its mood says."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from ports_support import free_ports
from software_support import ADMINISTRATOR, VAULT
from werkzeug.serving import make_server

from actions.edit_software_systems import connect_demo_software
from actions.probe_services import ProbePass
from data_access.session import Database
from data_access.software_systems import software_standings
from demo_city.clock import LOCAL
from demo_city.moods import MOODS
from demo_city.software import BACKUPS, Software, back_up, software_service, start_software
from domain.software_systems import HealthState
from manage_commands.start import demo_ports, demo_probes
from settings import Settings

BEFORE = datetime(2026, 11, 24, 9, 40, tzinfo=LOCAL)
LATER = datetime(2026, 11, 24, 9, 50, tzinfo=LOCAL)


@pytest.mark.parametrize(("mood", "page"), [("busy", "van-ban"), ("link_cut", "luu-tru")])
def test_one_page_fails_for_an_hour_when_the_mood_says(mood: str, page: str) -> None:
    clock = [BEFORE]
    app = Flask("city")
    app.register_blueprint(software_service(Software(MOODS[mood]), lambda: clock[0]))
    client = app.test_client()

    def failing() -> list[str]:
        pages = ("quan-ly-an", "van-ban", "luu-tru", "chu-ky-so")
        return [name for name in pages if client.get(f"/phan-mem/{name}").status_code != 200]

    assert failing() == []
    clock[0] = LATER
    assert failing() == [page]
    clock[0] = LATER + timedelta(hours=1)
    assert failing() == [] and client.get("/phan-mem/khac").status_code == 404


def test_all_seven_are_found_alive_by_the_probes_the_demo_sets_up(sqlite_database: Database, tmp_path: Path) -> None:
    first = free_ports(6)
    settings = Settings(var_dir=tmp_path, port=first - 1, demo=True)
    assert demo_ports(settings) == tuple(range(first, first + 6))
    app = Flask("city")
    app.register_blueprint(software_service(Software(MOODS["calm"]), lambda: BEFORE))
    server = make_server("127.0.0.1", first, app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    start_software(settings.demo_software_port, settings.watched_folder, lambda: BEFORE)
    try:
        connect_demo_software(sqlite_database, VAULT, demo_probes(settings), BEFORE)
        ProbePass(sqlite_database, VAULT, settings.watched_folder)(BEFORE)
    finally:
        server.shutdown()
        server.server_close()
    with sqlite_database.reading() as session:
        found = software_standings(session, ADMINISTRATOR, BEFORE + timedelta(minutes=1))
    assert {one.system.code: one.state for one in found} == {
        one.system.code: HealthState.ANSWERING for one in found
    } and len(found) == 7, [one.reason for one in found]


def test_backups_are_dated_by_the_citys_clock_and_do_not_pile_up(tmp_path: Path) -> None:
    for hours in range(0, 96, 3):
        back_up(tmp_path, BEFORE + timedelta(hours=hours))
    files = sorted((tmp_path / BACKUPS).iterdir())
    assert len(files) == 8
    newest = datetime.fromtimestamp(files[-1].stat().st_mtime, LOCAL)
    assert newest == datetime(2026, 11, 28, 6, tzinfo=LOCAL)
