"""Reads and writes maps that are ready to draw (JSON); the web side uses this and never loads geopandas."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from domain.boundaries import AreaShape, Point, Projection, UnitMap, UnitShape
from domain.units import covers

BOUNDARIES_DIR = Path(__file__).resolve().parent.parent / "data" / "boundaries"


class BoundariesRefused(Exception):
    """A boundary file or a stored map cannot be used; the message is Vietnamese and says what to do."""


def stored_file(pack: str) -> Path:
    """Where the generalised maps of an organisation pack ship."""
    return BOUNDARIES_DIR / f"{pack}.json"


def official_file(var_dir: Path) -> Path:
    """Where the maps built from an agency's official boundary file are kept."""
    return var_dir / "boundaries.json"


def maps_in_force(pack: str, var_dir: Path) -> tuple[UnitMap, ...]:
    """The official maps when there are any, else the generalised ones that ship with the pack, else none."""
    path = next((path for path in (official_file(var_dir), stored_file(pack)) if path.exists()), None)
    return load_maps(path) if path is not None else ()


def load_maps(path: Path) -> tuple[UnitMap, ...]:
    """Every map of a file, oldest first; raises BoundariesRefused when it is missing or not of our making."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_map(item) for item in stored["maps"])
    except OSError as error:
        raise BoundariesRefused(f"Không đọc được bản đồ {path.name}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BoundariesRefused(f"Bản đồ {path.name} không đúng dạng; hãy dựng lại từ dữ liệu ranh giới") from error


def map_on(maps: Iterable[UnitMap], day: date) -> UnitMap | None:
    """The map in force on a day; None when there is none: then there is nothing to draw, not an empty province."""
    return next((item for item in maps if covers(item.valid_from, item.valid_to, day)), None)


def save_maps(path: Path, maps: Iterable[UnitMap]) -> None:
    """Write maps, oldest first, whole or not at all."""
    ordered = sorted(maps, key=lambda item: item.valid_from)
    text = json.dumps({"maps": [_stored(item) for item in ordered]}, ensure_ascii=False, indent=1)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".writing")
    beside.write_text(text + "\n", encoding="utf-8")
    os.replace(beside, path)


def _stored(item: UnitMap) -> dict[str, Any]:
    return {
        **asdict(item),
        "valid_from": item.valid_from.isoformat(),
        "valid_to": item.valid_to.isoformat() if item.valid_to else None,
    }


def _map(item: dict[str, Any]) -> UnitMap:
    return UnitMap(
        note=item["note"],
        attribution=item["attribution"],
        valid_from=date.fromisoformat(item["valid_from"]),
        valid_to=date.fromisoformat(item["valid_to"]) if item["valid_to"] else None,
        width=item["width"],
        height=item["height"],
        projection=Projection(**item["projection"]),
        outline=item["outline"],
        shapes=tuple(_shape(shape) for shape in item["shapes"]),
        areas=tuple(
            AreaShape(one["area"], one["kind"], one["path"], tuple(one["label"])) for one in item.get("areas", ())
        ),
    )


def _shape(item: dict[str, Any]) -> UnitShape:
    # A map built by an older version lacks the last two: it draws its names and signs at the labels.
    later = (_point(item.get("marker")), _point(item.get("callout")))
    return UnitShape(item["unit"], item["path"], _point(item["label"]), item["room"], _point(item["seat"]), *later)


def _point(pair: list[float] | None) -> Point | None:
    return (pair[0], pair[1]) if pair is not None else None
