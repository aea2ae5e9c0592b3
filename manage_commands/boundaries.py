"""Brings the map in force: an agency's official boundary file (BOUNDARIES_FILE) made ready to draw, kept in var/."""

from __future__ import annotations

from datetime import date

from data_access.boundary_shapes import BoundariesRefused, load_maps, official_file, stored_file
from domain.units import Organisation
from manage_commands.environment import Refused
from manage_commands.progress import step
from settings import Settings


def prepare_boundaries(settings: Settings, organisation: Organisation, day: date) -> None:
    """Make the official map of the era of `day` ready in var/, or take it away when the setting is gone.

    Raises Refused with what is wrong in the file. Loads geopandas only when there is a file.
    """
    target = official_file(settings.var_dir)
    # BOUNDARIES_FILE= (empty) is a path without a name.
    if settings.boundaries_file is None or not settings.boundaries_file.name:
        target.unlink(missing_ok=True)
        return
    from data_access.official_boundaries import save_official_maps

    stored = stored_file(organisation.name)
    try:
        generalised = load_maps(stored) if stored.exists() else ()
        with step("Dựng bản đồ từ tệp ranh giới"):
            save_official_maps(settings.boundaries_file, organisation, day, generalised, target)
    except BoundariesRefused as error:
        raise Refused(f"BOUNDARIES_FILE không dùng được. {error}") from error
