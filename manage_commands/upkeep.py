"""Upkeep on the command line: bring the database up to this version, check an organisation pack."""

from __future__ import annotations

from pathlib import Path

from data_access.schema import SchemaState
from data_access.units import OrganisationRefused, load_organisation
from manage_commands.environment import Refused
from manage_commands.readiness import (
    make_var,
    open_database,
    read_settings,
    refuse_mixing_sample_and_real,
)
from manage_commands.workplace import state_of


def upgrade() -> int:
    """Upgrade the schema and say what was done; raises Refused for a database of another version."""
    settings = read_settings()
    make_var(settings)
    refuse_mixing_sample_and_real(settings)
    before = state_of(settings)
    open_database(settings).close()
    print("Cơ sở dữ liệu đã đúng phiên bản." if before is SchemaState.CURRENT else "Đã nâng cấp cơ sở dữ liệu.")
    return 0


def check_organisation(folder: Path | None) -> int:
    """Say what an organisation pack holds, or everything that is wrong in it; raises Refused."""
    target = folder or read_settings().organisation_dir
    try:
        organisation = load_organisation(target)
    except OrganisationRefused as error:
        raise Refused(f"gói tổ chức {target}: {error}") from error
    print(
        f"{target}: hợp lệ. {organisation.title}: {len(organisation.units)} đơn vị, {len(organisation.areas)} địa bàn."
    )
    return 0
