"""What `make test-peers` has fetched into var/peers; what is not there is skipped aloud, test by test."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PEERS = Path(__file__).resolve().parents[2] / "var" / "peers"


@pytest.fixture
def peer() -> Iterator[Callable[[str], ModuleType]]:
    """Imports a module of others by name; their folder stands last in the path, so that it hides nothing that runs.

    Of a package only the module that is named is run, not what the package does at its start: two of them ask there for
    OpenCV or for an old setuptools, which the module itself does without. A package named alone starts as it likes.
    """
    place, bare = str(PEERS / "python"), []

    def load(name: str) -> ModuleType:
        package = name.partition(".")[0]
        if package not in sys.modules:
            found = importlib.util.find_spec(package)
            if found is None:
                pytest.skip(f"no {package} in var/peers: `make test-peers` fetches it")
            if package != name:
                stand_in: Any = ModuleType(package)
                stand_in.__path__ = list(found.submodule_search_locations or ())
                sys.modules[package] = stand_in
                bare.append(package)
        # What warns in a package of others is not ours to mend.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module(name)

    sys.path.append(place)
    importlib.invalidate_caches()
    yield load
    sys.path.remove(place)
    for name in [name for name in sys.modules if name.partition(".")[0] in bare]:
        del sys.modules[name]


@pytest.fixture
def recorded_onvif() -> Path:
    """The folder of recorded ONVIF replies."""
    folder = PEERS / "onvif"
    if not folder.is_dir():
        pytest.skip("no recorded ONVIF replies in var/peers: `make test-peers` fetches them by npm")
    return folder
