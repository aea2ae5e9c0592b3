from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
import shapely

from data_access.boundaries import ATTRIBUTION, NOTE, OUTLINES, build_maps, build_shapes, era_on, eras, outline_areas
from data_access.boundary_shapes import BoundariesRefused, load_maps, map_on, save_maps, stored_file
from domain.boundaries import UnitMap, UnitShape
from domain.units import Organisation, Territory

ROOT = Path(__file__).resolve().parents[2]
REFORM = date(2025, 7, 1)
EVE = date(2025, 6, 30)
TODAY = date(2026, 11, 23)
PACKS = ["organisation", "two_era_organisation"]


def polygon_of(path: str) -> shapely.Geometry:
    """The area inside an SVG path of straight rings."""
    rings = [
        shapely.Polygon([tuple(map(float, pair.split(","))) for pair in ring.rstrip("Z").split("L")])
        for ring in path.split("M")[1:]
    ]
    whole = shapely.MultiPolygon()
    for ring in rings:
        whole = whole.symmetric_difference(ring.buffer(0))
    return whole


def shapes_of(drawn: UnitMap) -> dict[str, shapely.Geometry]:
    return {shape.unit: polygon_of(shape.path) for shape in drawn.shapes if shape.path}


@pytest.fixture(params=PACKS)
def stored(request: pytest.FixtureRequest) -> tuple[Organisation, tuple[UnitMap, ...]]:
    """A pack that ships and its stored maps."""
    organisation: Organisation = request.getfixturevalue(request.param)
    return organisation, load_maps(stored_file(organisation.name))


def test_the_figures_give_nine_districts_and_forty_wards() -> None:
    for kind, count in (("district", 9), ("ward", 40)):
        areas = outline_areas(OUTLINES[kind])
        assert len(areas) == areas["code"].nunique() == count
        assert areas.geometry.is_valid.all()
        square_km = areas.to_crs("EPSG:32648").area.sum() / 1e6
        assert square_km == pytest.approx(4950, rel=0.01)


def test_a_shared_arc_is_one_border_between_neighbours() -> None:
    for path in OUTLINES.values():
        shapes = list(outline_areas(path).geometry)
        for one, other in combinations(shapes, 2):
            assert one.intersection(other).area <= 0.001 * min(one.area, other.area)


def test_stored_maps_cover_every_day_of_two_years(stored: tuple[Organisation, tuple[UnitMap, ...]]) -> None:
    organisation, maps = stored
    for number in range(730):
        day = date(2024, 7, 1) + timedelta(days=number)
        drawn = map_on(maps, day)
        assert drawn is not None
        assert [shape.unit for shape in drawn.shapes] == [unit.code for unit in organisation.case_units_on(day)]


def test_stored_maps_are_what_the_figures_give(stored: tuple[Organisation, tuple[UnitMap, ...]]) -> None:
    organisation, maps = stored
    fresh = build_maps(organisation)
    assert [(item.valid_from, item.valid_to) for item in fresh] == [(item.valid_from, item.valid_to) for item in maps]
    for new, old in zip(fresh, maps, strict=True):
        assert (new.note, new.attribution, new.width, new.height) == (NOTE, ATTRIBUTION, 1000.0, old.height)
        shapes = shapes_of(old)
        for code, shape in shapes_of(new).items():
            assert shape.intersection(shapes[code]).area >= 0.995 * shape.union(shapes[code]).area


def test_stored_maps_say_they_are_generalised_and_whose_figures_they_are(
    stored: tuple[Organisation, tuple[UnitMap, ...]],
) -> None:
    for drawn in stored[1]:
        assert drawn.note == "Ranh giới khái quát"
        assert drawn.attribution == (
            "Ranh giới khái quát theo dữ liệu mở: T. L. Quốc (MIT), M. Choisy (MIT), Who's On First (CC0)."
        )
        assert drawn.attribution in (ROOT / "data" / "SOURCES.md").read_text(encoding="utf-8")


def test_units_fill_the_province_without_overlap(stored: tuple[Organisation, tuple[UnitMap, ...]]) -> None:
    for drawn in stored[1]:
        shapes = shapes_of(drawn)
        province = polygon_of(drawn.outline)
        assert sum(shape.area for shape in shapes.values()) == pytest.approx(province.area, rel=0.002)
        for one, other in combinations(shapes.values(), 2):
            assert one.intersection(other).area <= 0.001 * min(one.area, other.area)
        west, north, east, south = province.bounds
        assert west >= 0 and north >= 0 and east <= drawn.width and south <= drawn.height
        assert drawn.height == pytest.approx(670, abs=15)


def test_a_label_lies_inside_its_unit_with_the_room_it_states(
    stored: tuple[Organisation, tuple[UnitMap, ...]],
) -> None:
    for drawn in stored[1]:
        shapes = shapes_of(drawn)
        for shape in drawn.shapes:
            if not shape.path:
                continue
            assert shape.label is not None and shape.room >= 30
            x, y = shape.label
            for corner in (
                (x - shape.room, y),
                (x + shape.room, y),
                (x, y - shape.room / 1.5),
                (x, y + shape.room / 1.5),
            ):
                assert shapes[shape.unit].buffer(1).covers(shapely.Point(corner)), shape.unit


def test_the_cuc_is_a_seat_inside_the_city_clear_of_its_label(organisation: Organisation) -> None:
    drawn = map_on(load_maps(stored_file("hue-two-level")), TODAY)
    assert drawn is not None
    seat, city = drawn.shape_of("CUC"), drawn.shape_of("TPHUE")
    assert seat is not None and seat.seat is not None and not seat.path
    assert city is not None and city.label is not None
    assert polygon_of(city.path).covers(shapely.Point(seat.seat))
    assert abs(seat.seat[1] - city.label[1]) > 40 or abs(seat.seat[0] - city.label[0]) > 60


def test_after_the_reform_the_city_body_has_its_seat_in_the_first_region() -> None:
    drawn = map_on(load_maps(stored_file("hue")), REFORM)
    assert drawn is not None
    seat, region = drawn.shape_of("THADSHUE"), drawn.shape_of("KV1")
    assert seat is not None and seat.seat is not None and region is not None and region.label is not None
    assert polygon_of(region.path).covers(shapely.Point(seat.seat))
    assert abs(seat.seat[1] - region.label[1]) > 25 or abs(seat.seat[0] - region.label[0]) > region.room


def test_a_place_is_put_where_its_unit_is(organisation: Organisation) -> None:
    """A Lưới town and Khe Tre, by their coordinates to a hundredth of a degree."""
    drawn = build_maps(organisation)[0]
    shapes = shapes_of(drawn)
    assert shapes["ALUOI"].covers(shapely.Point(drawn.projection.place(107.23, 16.27)))
    assert shapes["NAMDONG"].covers(shapely.Point(drawn.projection.place(107.72, 16.16)))


def test_a_pack_has_a_map_for_each_era(organisation: Organisation, two_era_organisation: Organisation) -> None:
    assert [(era.valid_to, len(era.codes)) for era in eras(organisation)] == [(None, 9)]
    assert [(era.valid_from, era.valid_to, len(era.codes)) for era in eras(two_era_organisation)] == [
        (date(2009, 7, 1), EVE, 9),
        (REFORM, None, 40),
    ]
    assert era_on(two_era_organisation, date(2000, 1, 1)) is None


def test_moving_a_ward_begins_a_new_map(two_era_organisation: Organisation) -> None:
    moved_on = date(2027, 1, 1)
    territory = [
        replace(row, valid_to=moved_on - timedelta(days=1)) if (row.area, row.unit) == ("19900", "KV1") else row
        for row in two_era_organisation.territory
    ]
    changed = replace(two_era_organisation, territory=(*territory, Territory("KV3", "19900", moved_on)))
    maps = build_maps(changed)
    assert [item.valid_from for item in maps] == [date(2009, 7, 1), REFORM, moved_on]
    before, after = shapes_of(maps[1]), shapes_of(maps[2])
    assert after["KV1"].area < before["KV1"].area and after["KV3"].area > before["KV3"].area
    assert after["KV2"].area == pytest.approx(before["KV2"].area, rel=0.001)


def test_a_unit_that_can_be_drawn_nowhere_is_refused(organisation: Organisation) -> None:
    units = tuple(replace(unit, seat_area=None) for unit in organisation.units)
    with pytest.raises(BoundariesRefused, match="CUC .* không có ranh giới và không có nơi đặt ký hiệu"):
        build_shapes(replace(organisation, units=units), outline_areas(OUTLINES["district"]), TODAY)


def test_figures_that_lack_an_area_of_the_pack_are_refused(organisation: Organisation) -> None:
    areas = tuple(replace(area, code="999") if area.code == "483" else area for area in organisation.areas)
    territory = tuple(replace(row, area="999") if row.area == "483" else row for row in organisation.territory)
    with pytest.raises(BoundariesRefused, match="Không có hình khái quát cho địa bàn 999"):
        build_maps(replace(organisation, areas=areas, territory=territory))


@pytest.mark.parametrize(
    "text", ['{"arcs": [', '{"arcs": [], "units": [{"code": "1", "type": "Polygon", "arcs": [[0]]}]}']
)
def test_broken_figures_are_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "diem.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BoundariesRefused, match="diem.json: không đúng dạng điểm ranh giới"):
        outline_areas(path)


def test_maps_come_back_as_they_were_saved(stored: tuple[Organisation, tuple[UnitMap, ...]], tmp_path: Path) -> None:
    path = tmp_path / "var" / "ban-do.json"
    save_maps(path, reversed(stored[1]))
    assert load_maps(path) == stored[1]
    assert [item.name for item in path.parent.iterdir()] == ["ban-do.json"]


@pytest.mark.parametrize("text", ["", "{}", '{"maps": [{"note": 1}]}', "[1]"])
def test_a_stored_map_of_another_form_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "ban-do.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BoundariesRefused, match="ban-do.json không đúng dạng"):
        load_maps(path)
    with pytest.raises(BoundariesRefused, match="Không đọc được bản đồ khong-co.json"):
        load_maps(tmp_path / "khong-co.json")


def test_no_day_without_a_map_gets_one() -> None:
    maps = load_maps(stored_file("hue"))
    assert map_on(maps, date(2009, 6, 30)) is None
    assert map_on((), TODAY) is None
    assert maps[0].shape_of("KV1") is None
    assert isinstance(maps[0].shape_of("CUC"), UnitShape)


def test_ready_maps_are_read_without_geography() -> None:
    program = (
        "import sys\nfrom data_access.boundary_shapes import load_maps, stored_file\nload_maps(stored_file('hue'))\n"
        "print(sorted({'geopandas', 'shapely', 'pyproj', 'pandas'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_what_ships_is_figures_and_paths_only() -> None:
    names = {path.name for path in (ROOT / "data" / "boundaries").iterdir()}
    assert names == {
        "hue.json", "hue-two-level.json", "outline_points_districts.json", "outline_points_wards_2025.json",
    }  # fmt: skip
    assert json.loads(OUTLINES["district"].read_text(encoding="utf-8"))["generalised_to_m"] == 500
