"""Cameras beside an alarm: what nobody knows is counted apart and is not shown as broken."""

from __future__ import annotations

from camera_support import a_camera
from components_support import a_source, of_class, words

from components.console_detail import unit_cameras
from domain.cameras import CameraState

STATES = (CameraState.WORKING, CameraState.LOST, CameraState.UNKNOWN)


def test_a_camera_nobody_knows_of_is_no_broken_one() -> None:
    cameras = [(a_camera("PHULOC", number), state) for number, state in enumerate(STATES, 1)]
    card = unit_cameras("Phú Lộc", "PHULOC", cameras, a_source(), ["PHULOC-02"])
    assert "1/3 hoạt động · 1 chưa rõ" in words(card)
    assert [len(of_class(card, name)) for name in ("is-off", "is-unknown", "is-member")] == [1, 1, 1]
