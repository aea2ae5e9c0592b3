"""Files of every feed handed in over the page: into the right folder, by whoever may, with a form to fill in."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from gate_support import ORIGIN, Site, build

from actions.sheet_templates import TEMPLATES, save_sheet_template
from connectors.administrative_judgments import read_judgment_register
from connectors.attendance_file import SheetKind, read_attendance_sheet
from connectors.equipment_sheet import EquipmentSheet, read_equipment_sheet
from connectors.observations import read_observation_sheet
from connectors.public_services_sheet import ServiceSheet, read_services_sheet
from connectors.reception_sheet import read_reception_sheet
from connectors.training_sheet import TrainingSheet, read_training_sheet
from domain.observations import ObservationRules
from domain.units import Organisation

NOW = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
UPLOAD = "/sources/upload"


@pytest.fixture
def site(tmp_path: Path, sqlite_template: Path, organisation: Organisation) -> Site:
    return build(tmp_path, sqlite_template, organisation, NOW)


def hand_in(site: Site, who: str, place: str, name: str = "bang.csv") -> int:
    form = {"file": (BytesIO(b"x"), name), "mode": place}
    answer = site.as_(who).post(UPLOAD, data=form, headers=ORIGIN, content_type="multipart/form-data")
    return answer.status_code


@pytest.mark.parametrize(
    "place",
    [
        "full",
        "changes",
        "reception",
        "administrative_judgments",
        "public_services",
        "training",
        "equipment",
        "security",
        "attendance",
        "cameras",
    ],
)
def test_a_file_arrives_in_the_folder_of_its_feed(site: Site, tmp_path: Path, place: str) -> None:
    assert hand_in(site, "quantri", place) == 303
    assert [path.name for path in (tmp_path / "inbox" / place).iterdir()] == ["bang.csv"]


@pytest.mark.parametrize("place", ["attendance", "cameras"])
def test_what_names_addresses_is_for_an_administrator(site: Site, tmp_path: Path, place: str) -> None:
    assert hand_in(site, "truc", place) == 403
    assert not list(tmp_path.rglob("*.csv"))
    assert f'value="{place}"' not in site.as_("truc").get(UPLOAD).text
    assert f'value="{place}"' in site.as_("quantri").get(UPLOAD).text


def test_nobody_hands_a_file_into_another_folder_and_a_head_none_at_all(site: Site, tmp_path: Path) -> None:
    for place in ("", "archive", "../var", "held"):
        assert hand_in(site, "quantri", place) == 400
    assert hand_in(site, "truong.phuvang", "reception") == 403
    assert not list(tmp_path.rglob("*.csv"))


@pytest.mark.parametrize("kind", TEMPLATES)
def test_an_empty_form_has_the_header_its_reader_knows(site: Site, tmp_path: Path, kind: str) -> None:
    answer = site.as_("truc").get(f"/sources/template/{kind}.xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.data)).active.iter_rows(values_only=True))
    assert [column.headers[0] for column in TEMPLATES[kind][1].values()] in [list(row) for row in rows]
    path = tmp_path / f"{kind}.xlsx"
    save_sheet_template(kind, path)
    if kind in set(SheetKind):
        assert read_attendance_sheet(path, {}, NOW).kind.value == kind
    elif kind in set(ServiceSheet):
        assert read_services_sheet(path, {}, NOW).kind.value == kind
    elif kind in set(TrainingSheet):
        assert read_training_sheet(path, {}, NOW).kind.value == kind
    elif kind in set(EquipmentSheet):
        assert read_equipment_sheet(path, {}, NOW).kind.value == kind
    elif kind == "administrative_judgments":
        assert read_judgment_register(path, {}, NOW).rows_read == 0
    elif kind == "observations":
        assert read_observation_sheet(path, {}, ObservationRules({}, (), (), NOW)).rows_read == 0
    elif kind != "guard_log":
        assert read_reception_sheet(path, {}, NOW).kind.value == kind
    assert site.as_("truc").get("/sources/template/khac.xlsx").status_code == 404
