"""The rooms and who may open which door: the contracts of pyproject.toml, and what they cannot say."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_ROOMS = {"tests", "migrations", "benchmarks"}
ROOMS = sorted(path.parent.name for path in ROOT.glob("*/__init__.py") if path.parent.name not in NOT_ROOMS)
GEOGRAPHY = {"geopandas", "shapely", "pyogrio", "pyproj"}


def contracts() -> list[dict[str, object]]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return config["tool"]["importlinter"]["contracts"]


def test_every_contract_is_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_every_room_is_under_the_contracts() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert sorted(config["tool"]["importlinter"]["root_packages"]) == ROOMS


def test_no_room_can_import_an_entry_point() -> None:
    guard = next(each for each in contracts() if each["name"] == "nobody imports the entry points")
    assert sorted(guard["source_modules"]) == ROOMS
    assert {"app", "worker", "manage"} <= set(guard["forbidden_modules"])


def test_a_room_lies_in_the_layers_or_outside_of_them_on_purpose() -> None:
    layers = next(each for each in contracts() if each["type"] == "layers")["layers"]
    named = {part.strip() for layer in layers for part in layer.split("|")}
    assert set(ROOMS) - named == {"demo_city"}


def test_the_web_application_starts_without_geography() -> None:
    loaded = modules_after("import app")
    assert "dash" in loaded
    assert not GEOGRAPHY & loaded


def test_the_rooms_below_the_screens_start_without_dash() -> None:
    below = ["access", "actions", "connectors", "data_access", "domain"]
    modules = [
        str(path.relative_to(ROOT).with_suffix("")).replace("/", ".").removesuffix(".__init__")
        for room in below
        for path in (ROOT / room).rglob("*.py")
    ]
    assert not {"dash", "plotly"} & modules_after("import " + ", ".join(modules))


def modules_after(statement: str) -> set[str]:
    """Top-level modules that a fresh Python has loaded after a statement."""
    program = f"{statement}\nimport sys\nprint(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())
