"""Cameras in the database: scope, history and what a desk takes away, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from camera_support import a_pass, an_inventory

from access.principal import NotAllowed, Principal
from actions.report_cameras import save_cameras
from data_access.cameras import camera_month, healths, save_inventory
from data_access.session import Database
from data_access.versions import versions
from domain.cameras import CameraState, RungName, RungState
from domain.permissions import Role
from domain.units import Organisation

SIZES = {"PHUVANG": 2, "PHULOC": 3}
HEAD = Principal(Role.DEPARTMENT_HEAD, "h", "truong.phuvang", "PHUVANG")
OPERATOR = Principal(Role.OPERATOR, "o", "truc")


def test_a_unit_sees_its_own_cameras_only_and_a_screen_none(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    a_pass(database, SIZES, now)
    with database.reading() as session:
        own = camera_month(session, HEAD, organisation, now).standing.cameras
        every = camera_month(session, OPERATOR, organisation, now).standing.cameras
        with pytest.raises(NotAllowed):
            camera_month(session, Principal(Role.SCREEN, "s", "Sảnh"), organisation, now)
    assert {camera.unit for camera in own} == {"PHUVANG"}
    assert len(every) == 5


def test_rungs_come_back_as_they_were_stored_and_a_change_is_kept_once(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    for minutes in (3, 2):
        a_pass(database, SIZES, now - timedelta(minutes=minutes))
    a_pass(database, SIZES, now, lost=["PHULOC-02"])
    with database.reading() as session:
        known = healths(session)
        month = camera_month(session, OPERATOR, organisation, now)
    lost = known["PHULOC-02"]
    assert lost.rungs[RungName.REACHABLE].state is RungState.BAD
    assert lost.rungs[RungName.DECODES].is_blocked
    assert known["PHULOC-01"].frame_at == now
    states = [change.state for change in month.changes["PHULOC-02"]]
    assert states == [CameraState.WORKING, CameraState.LOST]
    assert [change.state for change in month.changes["PHULOC-01"]] == [CameraState.WORKING]


def test_of_the_time_before_the_window_only_the_last_state_is_read(
    database: Database, organisation: Organisation, now: datetime
) -> None:
    for days, lost in ((90, []), (60, ["PHULOC-02"]), (40, []), (10, ["PHULOC-02"])):
        a_pass(database, SIZES, now - timedelta(days=days), lost=lost)
    with database.reading() as session:
        month = camera_month(session, OPERATOR, organisation, now)
    found = [(now - change.at).days for change in month.changes["PHULOC-02"]]
    assert found == [40, 10]
    assert month.availability["PHULOC-02"].down == timedelta(days=10)
    assert month.availability["PHULOC-01"].up == timedelta(days=30)


def test_the_same_inventory_again_changes_nothing(database: Database, now: datetime) -> None:
    with database.writing() as session:
        assert save_inventory(session, an_inventory(SIZES), now) == 5
    with database.reading() as session:
        before = versions(session)
    with database.writing() as session:
        assert save_inventory(session, an_inventory(SIZES), now) == 0
    with database.reading() as session:
        assert versions(session) == before


def test_the_workbook_leaves_empty_what_nobody_knows(
    database: Database, organisation: Organisation, now: datetime, tmp_path: Path
) -> None:
    with database.writing() as session:
        save_inventory(session, an_inventory(SIZES), now)
    path = tmp_path / "cameras.xlsx"
    save_cameras(database, OPERATOR, organisation, "PHULOC", True, now, path)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert "Dữ liệu mẫu" in str(rows)
    last = rows[-1]
    assert last[0] == "PHULOC-03" and last[6] == "mất dữ liệu"
    assert last[8] is None and last[10] is None
