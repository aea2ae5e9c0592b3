"""What is installed is named exactly, by content, from wherever the machine's own pip looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKED = ("requirements.txt", "requirements-dev.txt")
NAME = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)")


def pins(file_name: str) -> dict[str, str]:
    """Canonical package name -> version, of a .in or .txt file."""
    found = (NAME.match(line) for line in (ROOT / file_name).read_text(encoding="utf-8").splitlines())
    return {re.sub(r"[-_.]+", "-", match[1]).lower(): match[2] for match in found if match}


@pytest.mark.parametrize("file_name", LOCKED)
def test_every_package_is_pinned_with_hashes(file_name: str) -> None:
    text = (ROOT / file_name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z])", text.strip())
    assert len(entries) > 20
    for entry in entries:
        assert NAME.match(entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]


@pytest.mark.parametrize("file_name", LOCKED)
def test_no_index_and_no_host_is_named(file_name: str) -> None:
    text = (ROOT / file_name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|--trusted-host", text)


@pytest.mark.parametrize(("asked", "locked"), [("requirements.in", LOCKED[0]), ("requirements-dev.in", LOCKED[1])])
def test_the_locked_file_is_what_was_asked_for(asked: str, locked: str) -> None:
    assert pins(asked).items() <= pins(locked).items()


def test_checks_run_on_exactly_what_runs() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()
