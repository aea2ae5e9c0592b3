"""Alarms: what the engine raised, where each stands, and the records of their lives, which nobody changes.

Revision 0009, after 0008, 2026-11-26 10:30:00.
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

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TRIGGERS_SQLITE = (
    "CREATE TRIGGER alarm_record_keeps_rows BEFORE DELETE ON alarm_record "
    "BEGIN SELECT RAISE(ABORT, 'records of alarms are append-only'); END",
    "CREATE TRIGGER alarm_record_keeps_values BEFORE UPDATE ON alarm_record "
    "BEGIN SELECT RAISE(ABORT, 'records of alarms are append-only'); END",
)
TRIGGERS_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION alarm_record_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'records of alarms are append-only'; END $$",
    "CREATE TRIGGER alarm_record_keeps_values BEFORE UPDATE OR DELETE ON alarm_record "
    "FOR EACH ROW EXECUTE FUNCTION alarm_record_refuse()",
)


def upgrade() -> None:
    _create_alarm()
    op.create_table(
        "alarm_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("alarm", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("from_state", sa.String(length=64), nullable=False),
        sa.Column("to_state", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm_record")),
    )
    with op.batch_alter_table("alarm_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alarm_record_alarm_id"), ["alarm", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alarm_record_at"), ["at"], unique=False)
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in TRIGGERS_SQLITE if on_sqlite else TRIGGERS_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("alarm_record")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION IF EXISTS alarm_record_refuse()")
    op.drop_table("alarm")


def _create_alarm() -> None:
    op.create_table(
        "alarm",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("rule", sa.String(length=64), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("measure", sa.String(length=64), nullable=False),
        sa.Column("measure_words", sa.String(length=64), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("members", sa.Text(), nullable=False),
        sa.Column("hides", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_since_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activations", sa.Text(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.String(length=200), nullable=False),
        sa.Column("assigned_to", sa.String(length=200), nullable=False),
        sa.Column("shelved_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shelved_by", sa.String(length=200), nullable=False),
        sa.Column("shelved_reason", sa.Text(), nullable=False),
        sa.Column("cause", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        sa.UniqueConstraint("public_id", name=op.f("uq_alarm_public_id")),
    )
    with op.batch_alter_table("alarm", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alarm_closed_at"), ["closed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alarm_unit_closed_at"), ["unit", "closed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_alarm_raised_at"), ["raised_at"], unique=False)
