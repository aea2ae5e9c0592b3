"""What is installed is named exactly, by content, from wherever the machine's own pip looks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKED = ("requirements.txt", "requirements-dev.txt", "requirements-peers.txt")
NAME = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)")


def pins(file_name: str) -> dict[str, str]:
    """Canonical package name -> version, of a .in or .txt file."""
    found = (NAME.match(line) for line in (ROOT / file_name).read_text(encoding="utf-8").splitlines())
    return {re.sub(r"[-_.]+", "-", match[1]).lower(): match[2] for match in found if match}


@pytest.mark.parametrize("file_name", LOCKED)
def test_every_package_is_pinned_with_hashes(file_name: str) -> None:
    text = (ROOT / file_name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[A-Za-z])", text.strip())
    assert len(entries) > 15
    for entry in entries:
        assert NAME.match(entry), entry[:60]
        assert "--hash=sha256:" in entry, entry[:60]


@pytest.mark.parametrize("file_name", LOCKED)
def test_no_index_and_no_host_is_named(file_name: str) -> None:
    text = (ROOT / file_name).read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--(extra-)?index-url|--find-links|--trusted-host", text)


@pytest.mark.parametrize("locked", LOCKED)
def test_the_locked_file_is_what_was_asked_for(locked: str) -> None:
    asked = locked.replace(".txt", ".in")
    assert pins(asked).items() <= pins(locked).items()


def test_checks_run_on_exactly_what_runs() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_packages_of_peers_are_the_versions_that_run_where_both_need_them() -> None:
    ours, theirs = pins("requirements-dev.txt"), pins("requirements-peers.txt")
    assert {name: ours[name] for name in theirs if name in ours} == {n: v for n, v in theirs.items() if n in ours}
