"""Cameras: the inventory, what each pass found, and what may be asked about it. No picture is stored anywhere."""

from data_access.cameras.questions import (
    CameraDay,
    camera_changes,
    camera_day,
    camera_seen,
    cameras_seen,
    endpoints,
    healths,
)
from data_access.cameras.saving import InventoryRow, Network, save_inventory, save_pass
from data_access.cameras.standing import (
    CameraMonth,
    CameraStanding,
    camera_month,
    camera_standing,
    camera_standing_at,
)

__all__ = [
    "CameraDay",
    "CameraMonth",
    "CameraStanding",
    "InventoryRow",
    "Network",
    "camera_changes",
    "camera_day",
    "camera_month",
    "camera_seen",
    "camera_standing",
    "camera_standing_at",
    "cameras_seen",
    "endpoints",
    "healths",
    "save_inventory",
    "save_pass",
]
