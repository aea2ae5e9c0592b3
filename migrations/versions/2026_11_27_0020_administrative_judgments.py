"""Administrative judgments that units monitor, and their dated events.

Revision 0020, after 0019, 2026-11-27 00:20:00.
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

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "administrative_judgment",
        _id(),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("debtor", sa.String(length=64), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("row_hash", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_administrative_judgment")),
        sa.UniqueConstraint("public_id", name=op.f("uq_administrative_judgment_public_id")),
        sa.UniqueConstraint("unit", "reference", name=op.f("uq_administrative_judgment_unit_reference")),
    )
    with op.batch_alter_table("administrative_judgment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_administrative_judgment_ended_on"), ["ended_on"], unique=False)

    op.create_table(
        "administrative_judgment_event",
        _id(),
        sa.Column("judgment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["judgment_id"],
            ["administrative_judgment.id"],
            name=op.f("fk_administrative_judgment_event_judgment_id_administrative_judgment"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_administrative_judgment_event")),
        sa.UniqueConstraint(
            "judgment_id",
            "kind",
            "happened_on",
            name=op.f("uq_administrative_judgment_event_judgment_id_kind_happened_on"),
        ),
    )


def downgrade() -> None:
    for table in ("administrative_judgment_event", "administrative_judgment"):
        op.drop_table(table)


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False)
