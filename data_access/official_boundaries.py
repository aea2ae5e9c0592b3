"""Takes in an agency's official boundary file (GeoJSON); each fault is refused in words that say what to do."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas
import numpy
import pyproj
import shapely
from pyproj.exceptions import CRSError
from shapely.geometry import shape as shape_of
from shapely.geometry.base import BaseGeometry

from data_access.boundaries import WGS84, build_shapes, draw_units, era_on, mended
from data_access.boundary_shapes import BoundariesRefused, save_maps
from domain.boundaries import UnitMap
from domain.units import Organisation

NOTE = "Ranh giới do cơ quan cung cấp"
LARGEST_FILE = 64 * 1024 * 1024
# Names under which agencies and open data keep the code of an area or unit, compared without case and underscores.
CODE_PROPERTIES = (
    "code", "ma", "madvhc", "maxa", "maphuongxa", "mahuyen", "maquanhuyen", "madonvi", "unit", "gso", "gsocode",
)  # fmt: skip
OVERLAP_SHARE = 0.001
# Vietnam with its islands, degrees.
WEST, SOUTH, EAST, NORTH = 102.0, 6.0, 118.0, 24.0
SHOWN_CODES = 6


def official_map(path: Path, organisation: Organisation, day: date) -> UnitMap:
    """The map of the units of a day from an official file of all their districts, of all their wards, or of the units.

    Valid for the era the day lies in. Raises BoundariesRefused: unreadable, an unstated coordinate system, no codes or
    unknown ones, missing or overlapping areas, broken polygons.
    """
    era = era_on(organisation, day)
    if era is None:
        raise BoundariesRefused(f"Ngày {day:%d/%m/%Y} cơ cấu {organisation.name} không có địa bàn nào để vẽ")
    shapes = _areas_of(path)
    units = [unit for unit in organisation.case_units_on(day) if unit.code in organisation.territory_on(day).values()]
    if set(shapes["code"]) & {unit.code for unit in units}:
        _require_all(set(shapes["code"]), {unit.code: unit.name for unit in units}, "đơn vị")
        drawn = draw_units(organisation, shapes.rename(columns={"code": "unit"}), {}, day)
    else:
        _require_one_kind(set(shapes["code"]), organisation, day)
        drawn = build_shapes(organisation, shapes, day)
    source = f"Ranh giới: tệp {path.name} do cơ quan cung cấp."
    return replace(drawn, note=NOTE, attribution=source, valid_from=era.valid_from, valid_to=era.valid_to)


def save_official_maps(
    path: Path, organisation: Organisation, day: date, generalised: Collection[UnitMap], target: Path
) -> None:
    """Write the official map of the era of `day`, and the generalised maps for the days before and after it."""
    official = official_map(path, organisation, day)
    save_maps(target, [official, *(part for item in generalised for part in _outside(item, official))])


def _outside(item: UnitMap, official: UnitMap) -> Iterator[UnitMap]:
    """What is left of a map's days when the official map has taken its own."""
    before, ends_on = official.valid_from - timedelta(days=1), official.valid_to
    if item.valid_from <= before:
        yield replace(item, valid_to=min(item.valid_to or date.max, before))
    if ends_on is not None and (item.valid_to is None or item.valid_to > ends_on):
        yield replace(item, valid_from=max(item.valid_from, ends_on + timedelta(days=1)))


def _areas_of(path: Path) -> geopandas.GeoDataFrame:
    """Polygons (WGS 84) of a GeoJSON file, one row per code; columns code, geometry. Valid, disjoint."""
    features, crs = _features(path)
    codes = [_code(feature, number) for number, feature in enumerate(features, start=1)]
    shapes = [_polygon(feature, code) for feature, code in zip(features, codes, strict=True)]
    frame = geopandas.GeoDataFrame({"code": codes}, geometry=shapes, crs=crs)
    if crs != WGS84:
        frame = frame.to_crs(WGS84)
    _require_vietnam(frame.total_bounds, crs)
    frame.geometry = [_mended(shape, code) for shape, code in zip(frame.geometry, frame["code"], strict=True)]
    _require_disjoint(frame)
    return frame.dissolve("code").reset_index()[["code", "geometry"]]


def _features(path: Path) -> tuple[list[dict[str, Any]], str]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BoundariesRefused(f"{path.name}: lớn hơn {LARGEST_FILE // 2**20} MB; hãy đơn giản hóa trước khi nạp")
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BoundariesRefused(f"{path.name}: không đọc được ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BoundariesRefused(f"{path.name}: không phải UTF-8, nên không phải GeoJSON") from error
    except json.JSONDecodeError as error:
        raise BoundariesRefused(
            f"{path.name}: JSON hỏng ở dòng {error.lineno}, cột {error.colno} (tệp có thể bị cắt cụt)"
        ) from error
    except RecursionError as error:
        raise BoundariesRefused(f"{path.name}: JSON lồng nhau quá sâu") from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection":
        raise BoundariesRefused(f"{path.name}: không phải GeoJSON FeatureCollection")
    if not features:
        raise BoundariesRefused(f"{path.name}: không có đối tượng nào")
    return features, _crs(content.get("crs"))


def _crs(member: Any) -> str:
    """The coordinate system a file states; without a statement GeoJSON means WGS 84."""
    if member is None:
        return WGS84
    try:
        name = str(member["properties"]["name"])
        crs = pyproj.CRS.from_user_input(name)
    except (KeyError, TypeError, CRSError) as error:
        raise BoundariesRefused(
            'Không hiểu hệ tọa độ ghi ở "crs"; hãy xuất lại tệp ở WGS 84 (EPSG:4326), kinh độ trước vĩ độ'
        ) from error
    is_wgs84 = crs.equals(pyproj.CRS.from_epsg(4326), ignore_axis_order=True)
    return WGS84 if is_wgs84 else str(crs.to_string())


def _code(feature: Any, number: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    stated = properties if isinstance(properties, dict) else {}
    named = {str(key).casefold().replace("_", ""): value for key, value in stated.items()}
    value = next((named[key] for key in CODE_PROPERTIES if named.get(key) not in (None, "")), None)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise BoundariesRefused(
            f"Đối tượng thứ {number}: thiếu thuộc tính mã. Hãy ghi mã địa bàn (Tổng cục Thống kê) hoặc mã đơn vị vào "
            f'thuộc tính "code" (cũng nhận ma, ma_dvhc, ma_xa, ma_huyen)'
        )
    return str(value).strip()


def _polygon(feature: dict[str, Any], code: str) -> BaseGeometry:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise BoundariesRefused(f"{code}: hình phải là Polygon hoặc MultiPolygon, không phải {kind or 'trống'}")
    try:
        with numpy.errstate(invalid="ignore"):
            shape = shapely.force_2d(shape_of(geometry))
    except (ValueError, TypeError, IndexError, KeyError, shapely.errors.ShapelyError) as error:
        raise BoundariesRefused(f"{code}: tọa độ hỏng, không dựng được hình ({error})") from error
    if shape.is_empty or not numpy.isfinite(shapely.get_coordinates(shape)).all():
        raise BoundariesRefused(f"{code}: hình trống hoặc có tọa độ không phải là số")
    return shape


def _require_vietnam(bounds: Collection[float], crs: str) -> None:
    west, south, east, north = bounds
    if west >= WEST and south >= SOUTH and east <= EAST and north <= NORTH:
        return
    if crs != WGS84:
        raise BoundariesRefused(
            f"Đổi từ hệ tọa độ {crs} ra ngoài lãnh thổ Việt Nam: hệ tọa độ ghi trong tệp không đúng"
        )
    if south >= WEST and west >= SOUTH and north <= EAST and east <= NORTH:
        raise BoundariesRefused("Kinh độ và vĩ độ bị đảo: GeoJSON ghi kinh độ trước, vĩ độ sau")
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise BoundariesRefused(
            "Tọa độ không phải kinh độ, vĩ độ (có thể là VN-2000, tính bằng mét) mà tệp không ghi hệ tọa độ; "
            'hãy ghi "crs" hoặc xuất lại ở WGS 84 (EPSG:4326)'
        )
    raise BoundariesRefused("Tọa độ nằm ngoài lãnh thổ Việt Nam")


def _mended(shape: BaseGeometry, code: str) -> BaseGeometry:
    whole = mended(shape)
    if whole is None or whole.is_empty:
        raise BoundariesRefused(f"{code}: đường ranh giới tự cắt ({shapely.is_valid_reason(shape)}); hãy sửa hình này")
    return whole


def _require_disjoint(frame: geopandas.GeoDataFrame) -> None:
    """No two shapes may share more than a thousandth of the smaller one."""
    shapes, codes = list(frame.geometry), list(frame["code"])
    first, second = frame.sindex.query(frame.geometry, predicate="intersects")
    found = []
    for one, other in zip(first, second, strict=True):
        smaller = min(shapes[one].area, shapes[other].area)
        if one < other and shapes[one].intersection(shapes[other]).area > OVERLAP_SHARE * smaller:
            found.append(f"{codes[one]} và {codes[other]}")
    if found:
        raise BoundariesRefused(f"Các hình chồng lên nhau hơn 0,1 % diện tích: {_some(found)}")


def _require_one_kind(codes: set[str], organisation: Organisation, day: date) -> None:
    """All districts or all wards in force on the day, none unknown, each wholly served by one unit."""
    here = {area.code: area for area in organisation.areas_on(day)}
    unknown = codes - set(here)
    if unknown:
        raise BoundariesRefused(
            f"Mã không có trong cơ cấu {organisation.name} ngày {day:%d/%m/%Y}: {_some(sorted(unknown))}"
        )
    kinds = sorted({here[code].kind for code in codes})
    if len(kinds) > 1:
        raise BoundariesRefused("Tệp trộn cả huyện và xã; hãy chỉ để một cấp")
    _require_all(codes, {code: area.name for code, area in here.items() if area.kind == kinds[0]}, "địa bàn")
    shared = [
        f"{row.area} ({here[row.area].name})" for row in organisation.territory if row.area in codes and row.share < 1
    ]
    if shared:
        raise BoundariesRefused(
            f"Không ghép được thành đơn vị vì có xã, phường thuộc hai đơn vị: {_some(shared)}; hãy dùng tệp cấp huyện "
            "hoặc tệp ranh giới của chính các đơn vị"
        )


def _require_all(codes: set[str], names: dict[str, str], what: str) -> None:
    unknown = codes - set(names)
    if unknown:
        raise BoundariesRefused(f"Mã {what} không có trong cơ cấu: {_some(sorted(unknown))}")
    missing = [f"{code} ({name})" for code, name in names.items() if code not in codes]
    if missing:
        raise BoundariesRefused(f"Thiếu ranh giới của {what}: {_some(missing)}")


def _some(items: Collection[str]) -> str:
    shown = list(items)[:SHOWN_CODES]
    rest = len(items) - len(shown)
    return ", ".join(shown) + (f" và {rest} mã khác" if rest else "")
