"""Duty shifts of the monitoring operators, and the sheets by which they hand over, which nobody changes.

Revision 0011, after 0010, 2026-11-26 20:10:00.
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

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

TRIGGERS_SQLITE = (
    "CREATE TRIGGER duty_hand_over_keeps_rows BEFORE DELETE ON duty_hand_over "
    "BEGIN SELECT RAISE(ABORT, 'hand-overs are append-only'); END",
    "CREATE TRIGGER duty_hand_over_keeps_values BEFORE UPDATE ON duty_hand_over "
    "BEGIN SELECT RAISE(ABORT, 'hand-overs are append-only'); END",
)
TRIGGERS_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION duty_hand_over_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'hand-overs are append-only'; END $$",
    "CREATE TRIGGER duty_hand_over_keeps_values BEFORE UPDATE OR DELETE ON duty_hand_over "
    "FOR EACH ROW EXECUTE FUNCTION duty_hand_over_refuse()",
)


def upgrade() -> None:
    _create_shift()
    op.create_table(
        "duty_hand_over",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("shift", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(length=200), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_hand_over")),
        sa.UniqueConstraint("public_id", name=op.f("uq_duty_hand_over_public_id")),
        sa.UniqueConstraint("shift", name=op.f("uq_duty_hand_over_shift")),
    )
    with op.batch_alter_table("duty_hand_over", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_hand_over_unit_ended_at"), ["unit", "ended_at"], unique=False)
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in TRIGGERS_SQLITE if on_sqlite else TRIGGERS_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("duty_hand_over")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION IF EXISTS duty_hand_over_refuse()")
    op.drop_table("duty_shift")


def _create_shift() -> None:
    still_on = sa.text("ended_at IS NULL")
    op.create_table(
        "duty_shift",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received", sa.String(length=64), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shift")),
        sa.UniqueConstraint("public_id", name=op.f("uq_duty_shift_public_id")),
    )
    with op.batch_alter_table("duty_shift", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_shift_started_at"), ["started_at"], unique=False)
        batch_op.create_index(
            "uq_duty_shift_on", ["person_id"], unique=True, sqlite_where=still_on, postgresql_where=still_on
        )
