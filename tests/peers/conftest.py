"""What `make test-peers` has fetched into var/peers; what is not there is skipped aloud, test by test."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

PEERS = Path(__file__).resolve().parents[2] / "var" / "peers"
Peer = Callable[[str], ModuleType]


@pytest.fixture
def peer() -> Iterator[Peer]:
    """Imports a package of others by name; it stands last in the path, so that it hides nothing that runs."""
    place = str(PEERS / "python")

    def load(name: str) -> ModuleType:
        try:
            # What warns in a package of others is not ours to mend.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return importlib.import_module(name)
        except ModuleNotFoundError:
            pytest.skip(f"no {name} in var/peers: `make test-peers` fetches it")

    sys.path.append(place)
    yield load
    sys.path.remove(place)


@pytest.fixture
def recorded_onvif() -> Path:
    """The folder of recorded ONVIF replies."""
    folder = PEERS / "onvif"
    if not folder.is_dir():
        pytest.skip("no recorded ONVIF replies in var/peers: `make test-peers` fetches them by npm")
    return folder
