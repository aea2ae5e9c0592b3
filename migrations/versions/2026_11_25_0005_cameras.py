"""Cameras: the inventory, the rungs as they were last tried, changes of state.

Revision 0005, after 0004, 2026-11-25 14:17:00.
"""
# Before you commit this, read it again:
# - The version before this one still runs while it is applied, and must be able to run after it (add first, drop in a
#   later release).
# - It may not hold a lock for long: no rewrite of a big table, no index built without CONCURRENTLY on PostgreSQL.
# - It imports nothing of ours. Models change; a migration must do in five years what it does today.
# - It is never edited once it has landed: write another.

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "camera",
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("site", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=64), nullable=False),
        sa.Column("recorder", sa.String(length=64), nullable=False),
        sa.Column("privacy", sa.String(length=64), nullable=False),
        sa.Column("is_compliant", sa.Boolean(), nullable=True),
        sa.Column("host", sa.String(length=200), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("onvif_port", sa.Integer(), nullable=False),
        sa.Column("recorder_host", sa.String(length=200), nullable=False),
        sa.Column("recorder_port", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Integer(), nullable=False),
        sa.Column("is_listed", sa.Boolean(), nullable=False),
        sa.Column("frame_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("still_samples", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_camera")),
    )
    op.create_table(
        "camera_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("camera", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["camera"], ["camera.code"], name=op.f("fk_camera_change_camera_camera")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_camera_change")),
    )
    with op.batch_alter_table("camera_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_camera_change_camera_at"), ["camera", "at"], unique=False)

    op.create_table(
        "camera_rung",
        sa.Column("camera", sa.String(length=64), nullable=False),
        sa.Column("rung", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fault", sa.String(length=64), nullable=False),
        sa.Column("warns", sa.Boolean(), nullable=False),
        sa.Column("is_blocked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["camera"], ["camera.code"], name=op.f("fk_camera_rung_camera_camera")),
        sa.PrimaryKeyConstraint("camera", "rung", name=op.f("pk_camera_rung")),
    )


def downgrade() -> None:
    for table in ("rung", "change"):
        op.drop_table(f"camera_{table}")
    op.drop_table("camera")
