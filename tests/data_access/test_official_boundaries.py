from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import pytest
from shapely.geometry import mapping

from data_access.boundaries import OUTLINES, outline_areas
from data_access.boundary_shapes import BoundariesRefused, load_maps, map_on, stored_file
from data_access.official_boundaries import official_map, save_official_maps
from domain.boundaries import UnitMap
from domain.units import Organisation

TODAY = date(2026, 11, 23)
EVE = date(2025, 6, 30)
REFORM = date(2025, 7, 1)
Content = dict[str, Any]
Change = Callable[[Content], Any]
HandIn = Callable[[Content], Path]


def as_geojson(areas: geopandas.GeoDataFrame, key: str = "code") -> Content:
    """A file as an agency would hand it in."""
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {key: code}, "geometry": json.loads(json.dumps(mapping(shape)))}
            for code, shape in zip(areas["code"], areas.geometry, strict=True)
        ],
    }


@pytest.fixture(scope="session")
def districts() -> Content:
    return as_geojson(outline_areas(OUTLINES["district"]))


@pytest.fixture(scope="session")
def wards() -> Content:
    return as_geojson(outline_areas(OUTLINES["ward"]))


@pytest.fixture
def hand_in(tmp_path: Path) -> HandIn:
    def write(content: Content) -> Path:
        path = tmp_path / "ranh-gioi.geojson"
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return write


def each_point(content: Content, move: Callable[[float, float], list[float]]) -> None:
    """Move every point of every ring."""

    def walk(item: Any) -> Any:
        return move(*item) if isinstance(item[0], int | float) else [walk(part) for part in item]

    for feature in content["features"]:
        feature["geometry"]["coordinates"] = walk(feature["geometry"]["coordinates"])


def stated_crs(name: str) -> Content:
    return {"type": "name", "properties": {"name": name}}


def same_map(one: UnitMap, other: UnitMap) -> bool:
    """Same units at the same places, to one unit of the plane (about 130 m)."""
    labels = [(a.label, b.label) for a, b in zip(one.shapes, other.shapes, strict=True)]
    return [shape.unit for shape in one.shapes] == [shape.unit for shape in other.shapes] and all(
        (a is None) == (b is None) and (a is None or b is None or (abs(a[0] - b[0]) < 1 and abs(a[1] - b[1]) < 1))
        for a, b in labels
    )


def test_an_official_file_of_districts_replaces_the_generalised_map(
    districts: Content, organisation: Organisation, hand_in: HandIn
) -> None:
    drawn = official_map(hand_in(districts), organisation, TODAY)
    assert drawn.note == "Ranh giới do cơ quan cung cấp"
    assert "ranh-gioi.geojson" in drawn.attribution
    assert (drawn.valid_from, drawn.valid_to) == (date(2009, 7, 1), None)
    assert same_map(drawn, load_maps(stored_file("hue-two-level"))[0])


def test_an_official_file_of_wards_is_dissolved_to_the_regional_offices(
    wards: Content, two_era_organisation: Organisation, hand_in: HandIn
) -> None:
    drawn = official_map(hand_in(wards), two_era_organisation, TODAY)
    assert drawn.valid_from == REFORM
    stored = map_on(load_maps(stored_file("hue")), TODAY)
    assert stored is not None and same_map(drawn, stored)


def test_an_official_file_may_hold_the_units_themselves(
    wards: Content, two_era_organisation: Organisation, hand_in: HandIn
) -> None:
    areas = outline_areas(OUTLINES["ward"])
    areas["code"] = areas["code"].map(two_era_organisation.territory_on(TODAY))
    drawn = official_map(hand_in(as_geojson(areas.dissolve("code").reset_index())), two_era_organisation, TODAY)
    assert [shape.unit for shape in drawn.shapes if shape.path] == ["KV1", "KV2", "KV3", "KV4"]
    seat = drawn.shape_of("THADSHUE")
    assert seat is not None and seat.seat is not None


@pytest.mark.parametrize("key", ["code", "ma", "MA_XA", "maXa", "ma_dvhc", "gso_code"])
def test_the_code_may_stand_under_the_names_agencies_use(
    key: str, two_era_organisation: Organisation, hand_in: HandIn
) -> None:
    content = as_geojson(outline_areas(OUTLINES["ward"]), key)
    for feature in content["features"][:20]:
        feature["properties"][key] = int(feature["properties"][key])
    assert len(official_map(hand_in(content), two_era_organisation, TODAY).shapes) == 5


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:EPSG::3405", "EPSG:32648"])
def test_a_stated_coordinate_system_is_converted(crs: str, organisation: Organisation, hand_in: HandIn) -> None:
    content = as_geojson(outline_areas(OUTLINES["district"]).to_crs(crs))
    content["crs"] = stated_crs(crs)
    assert same_map(official_map(hand_in(content), organisation, TODAY), load_maps(stored_file("hue-two-level"))[0])


@pytest.mark.parametrize("crs", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_wgs_84_may_be_stated(crs: str, districts: Content, organisation: Organisation, hand_in: HandIn) -> None:
    drawn = official_map(hand_in({**districts, "crs": stated_crs(crs)}), organisation, TODAY)
    assert same_map(drawn, load_maps(stored_file("hue-two-level"))[0])


def test_heights_and_a_border_that_touches_itself_are_mended(
    districts: Content, organisation: Organisation, hand_in: HandIn
) -> None:
    content = deepcopy(districts)
    each_point(content, lambda x, y: [x, y, 12.5])
    ring = content["features"][0]["geometry"]["coordinates"][0][0]
    spike = [ring[3][0] + 0.002, ring[3][1] + 0.002, 0]
    ring[4:4] = [spike, ring[3]]
    assert len(official_map(hand_in(content), organisation, TODAY).shapes) == 10


def without_code(content: Content) -> None:
    content["features"][4]["properties"] = {"ten": "Hương Thủy"}


def unknown_code(content: Content) -> None:
    content["features"][4]["properties"]["code"] = "999"


def one_missing(content: Content) -> None:
    del content["features"][8]


def overlapping(content: Content) -> None:
    content["features"][3]["geometry"] = deepcopy(content["features"][4]["geometry"])


def twice_the_same(content: Content) -> None:
    content["features"].append(deepcopy(content["features"][0]))


def bow_tie(content: Content) -> None:
    corners = [[107.5, 16.4], [107.6, 16.5], [107.6, 16.4], [107.5, 16.5], [107.5, 16.4]]
    content["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [corners]}


def a_line(content: Content) -> None:
    content["features"][0]["geometry"] = {"type": "LineString", "coordinates": [[107.5, 16.4], [107.6, 16.5]]}


def no_geometry(content: Content) -> None:
    content["features"][0]["geometry"] = None


def text_for_a_number(content: Content) -> None:
    content["features"][0]["geometry"]["coordinates"] = [[["a", "b"], [1, 2], [3, 4], ["a", "b"]]]


def too_few_points(content: Content) -> None:
    content["features"][0]["geometry"] = {"type": "Polygon", "coordinates": [[[107.5, 16.4], [107.6, 16.5]]]}


def not_a_number(content: Content) -> None:
    content["features"][0]["geometry"]["coordinates"][0][0][1] = [float("nan"), 16.5]


def latitude_first(content: Content) -> None:
    each_point(content, lambda x, y: [y, x])


def metres_without_a_word(content: Content) -> None:
    each_point(content, lambda x, y: [x * 107_000 - 11_000_000, y * 110_600])


def somewhere_else(content: Content) -> None:
    each_point(content, lambda x, y: [x - 60, y])


def a_foreign_system(content: Content) -> None:
    content["crs"] = stated_crs("EPSG:27700")
    metres_without_a_word(content)


def an_unknown_system(content: Content) -> None:
    content["crs"] = stated_crs("VN2000 mui chieu 3 do")


def properties_as_a_list(content: Content) -> None:
    content["features"][4]["properties"] = ["474"]


FAULTS: list[tuple[Change, str]] = [
    (without_code, 'Đối tượng thứ 5: thiếu thuộc tính mã. Hãy ghi mã địa bàn .* "code"'),
    (properties_as_a_list, "Đối tượng thứ 5: thiếu thuộc tính mã"),
    (unknown_code, "Mã không có trong cơ cấu hue-two-level ngày 23/11/2026: 999"),
    (one_missing, r"Thiếu ranh giới của địa bàn: 483 \(Huyện Nam Đông\)"),
    (overlapping, "chồng lên nhau hơn 0,1 % diện tích: 478 và 479"),
    (twice_the_same, "chồng lên nhau hơn 0,1 % diện tích: 474 và 474"),
    (bow_tie, r"474: đường ranh giới tự cắt \(Self-intersection"),
    (a_line, "474: hình phải là Polygon hoặc MultiPolygon, không phải LineString"),
    (no_geometry, "474: hình phải là Polygon hoặc MultiPolygon, không phải trống"),
    (text_for_a_number, "474: tọa độ hỏng"),
    (too_few_points, "474: tọa độ hỏng"),
    (not_a_number, "474: hình trống hoặc có tọa độ không phải là số"),
    (latitude_first, "Kinh độ và vĩ độ bị đảo"),
    (metres_without_a_word, 'có thể là VN-2000, tính bằng mét.* hãy ghi "crs" hoặc xuất lại ở WGS 84'),
    (somewhere_else, "Tọa độ nằm ngoài lãnh thổ Việt Nam"),
    (a_foreign_system, "Đổi từ hệ tọa độ EPSG:27700 ra ngoài lãnh thổ Việt Nam"),
    (an_unknown_system, 'Không hiểu hệ tọa độ ghi ở "crs"'),
]


@pytest.mark.parametrize(("fault", "words"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_a_faulty_file_is_refused_with_what_is_wrong(
    fault: Change, words: str, districts: Content, organisation: Organisation, hand_in: HandIn
) -> None:
    content = deepcopy(districts)
    fault(content)
    with pytest.raises(BoundariesRefused, match=words):
        official_map(hand_in(content), organisation, TODAY)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"type": "FeatureCollection",\n "features": [{"type"', "JSON hỏng ở dòng 2, cột 22 .tệp có thể bị cắt cụt"),
        (b"\xff\xfe\x00PK", "không phải UTF-8"),
        (b"[]", "không phải GeoJSON FeatureCollection"),
        (b'{"type": "Topology", "objects": {}}', "không phải GeoJSON FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": []}', "không có đối tượng nào"),
        (b"[" * 200_000, "lồng nhau quá sâu"),
    ],
    ids=["cut off", "not text", "a list", "another format", "empty", "nested"],
)
def test_a_file_that_is_not_geojson_is_refused(
    data: bytes, words: str, organisation: Organisation, tmp_path: Path
) -> None:
    path = tmp_path / "ranh-gioi.geojson"
    path.write_bytes(data)
    with pytest.raises(BoundariesRefused, match=f"ranh-gioi.geojson: .*{words}"):
        official_map(path, organisation, TODAY)


def test_a_missing_and_an_enormous_file_are_refused(organisation: Organisation, tmp_path: Path) -> None:
    with pytest.raises(BoundariesRefused, match="khong-co.geojson: không đọc được"):
        official_map(tmp_path / "khong-co.geojson", organisation, TODAY)
    huge = tmp_path / "lon.geojson"
    with huge.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(BoundariesRefused, match="lớn hơn 64 MB"):
        official_map(huge, organisation, TODAY)


def test_two_levels_in_one_file_are_refused(districts: Content, organisation: Organisation, hand_in: HandIn) -> None:
    mixed = deepcopy(districts)
    mixed["features"][0]["properties"]["code"] = "19753"
    with pytest.raises(BoundariesRefused, match="trộn cả huyện và xã"):
        official_map(hand_in(mixed), organisation, TODAY)


def test_wards_across_two_districts_are_never_rolled_up_into_an_old_border(
    wards: Content, organisation: Organisation, hand_in: HandIn
) -> None:
    with pytest.raises(BoundariesRefused, match="19900 .Phường Thuận An.*; hãy dùng tệp cấp huyện"):
        official_map(hand_in(wards), organisation, TODAY)


def test_units_without_a_shape_are_named(two_era_organisation: Organisation, hand_in: HandIn) -> None:
    areas = outline_areas(OUTLINES["ward"])
    areas["code"] = areas["code"].map(two_era_organisation.territory_on(TODAY))
    content = as_geojson(areas.dissolve("code").reset_index().iloc[:3])
    with pytest.raises(BoundariesRefused, match=r"Thiếu ranh giới của đơn vị: KV4 \(Phòng THADS khu vực 4 - Huế\)"):
        official_map(hand_in(content), two_era_organisation, TODAY)


def test_a_day_without_territory_has_no_official_map(
    districts: Content, organisation: Organisation, hand_in: HandIn
) -> None:
    with pytest.raises(BoundariesRefused, match="Ngày 01/01/2000 .* không có địa bàn nào"):
        official_map(hand_in(districts), organisation, date(2000, 1, 1))


@pytest.mark.parametrize(("kind", "day"), [("district", EVE), ("ward", TODAY)])
def test_the_generalised_map_stays_for_the_days_the_official_one_does_not_cover(
    kind: str, day: date, two_era_organisation: Organisation, hand_in: HandIn, tmp_path: Path
) -> None:
    target = tmp_path / "ban-do.json"
    content = as_geojson(outline_areas(OUTLINES[kind]))
    save_official_maps(hand_in(content), two_era_organisation, day, load_maps(stored_file("hue")), target)
    maps = load_maps(target)
    assert [(item.valid_from, item.valid_to) for item in maps] == [(date(2009, 7, 1), EVE), (REFORM, None)]
    official = {item.note.endswith("cung cấp"): item for item in maps}
    assert official[True] is map_on(maps, day)
    assert official[False].note == "Ranh giới khái quát"
