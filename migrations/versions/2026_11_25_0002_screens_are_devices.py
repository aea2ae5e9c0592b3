"""screens are devices.

Revision 0002, after 0001, 2026-11-25 04:20:00.
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

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The defaults stay in the database: the version before this one writes rows without these columns.
    with op.batch_alter_table("screen", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place", sa.String(length=200), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("diagonal_inches", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("panels_across", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("distance_m", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("turns", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("night", sa.String(length=64), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("reload_order", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("identify_order", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("goto_order", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("goto_scene", sa.String(length=64), nullable=False, server_default=""))

    op.create_table(
        "screen_report",
        sa.Column(
            "screen_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("build", sa.String(length=64), nullable=False),
        sa.Column("scene", sa.String(length=64), nullable=False),
        sa.Column("layout", sa.String(length=64), nullable=False),
        sa.Column("data_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heap_bytes", sa.BigInteger(), nullable=True),
        sa.Column("missed", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("is_awake", sa.Boolean(), nullable=False),
        sa.Column("is_paused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["screen_id"], ["screen.id"], name=op.f("fk_screen_report_screen_id_screen")),
        sa.PrimaryKeyConstraint("screen_id", name=op.f("pk_screen_report")),
    )
    op.create_table(
        "pairing_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("screen_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("collected_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["screen_id"], ["screen.id"], name=op.f("fk_pairing_request_screen_id_screen")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_request")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_pairing_request_code_hash")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_pairing_request_secret_hash")),
    )
    with op.batch_alter_table("pairing_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pairing_request_screen_id"), ["screen_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("pairing_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pairing_request_screen_id"))

    op.drop_table("pairing_request")
    op.drop_table("screen_report")
    with op.batch_alter_table("screen", schema=None) as batch_op:
        for column in (
            "goto_scene",
            "goto_order",
            "identify_order",
            "reload_order",
            "night",
            "turns",
            "distance_m",
            "panels_across",
            "diagonal_inches",
            "place",
        ):
            batch_op.drop_column(column)
