"""Briefings, their schedule, and long work asked for at a desk.

Revision 0017, after 0016, 2026-11-27 09:00:00.
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

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

# What was said, and what was decided, is never changed.
APPEND_ONLY = ("briefing", "briefing_schedule")


def upgrade() -> None:
    _create_job()
    _create_briefing()
    op.create_table(
        "briefing_schedule",
        _key(),
        sa.Column("morning_at", sa.String(length=64), nullable=False),
        sa.Column("weekly_at", sa.String(length=64), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_schedule")),
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in APPEND_ONLY:
        for statement in _triggers_sqlite(table) if on_sqlite else _triggers_postgresql(table):
            op.execute(statement)


def downgrade() -> None:
    for table in APPEND_ONLY:
        op.drop_table(table)
        if op.get_bind().dialect.name != "sqlite":
            op.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")
    op.drop_table("desk_job")


def _key() -> sa.Column[int]:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", key, autoincrement=True, nullable=False)


def _triggers_sqlite(table: str) -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {table}_keeps_{what} BEFORE {event} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'briefings are append-only'); END"
        for what, event in (("rows", "DELETE"), ("values", "UPDATE"))
    )


def _triggers_postgresql(table: str) -> tuple[str, ...]:
    return (
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'briefings are append-only'; END $$",
        f"CREATE TRIGGER {table}_keeps_values BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    )


def _create_briefing() -> None:
    op.create_table(
        "briefing",
        _key(),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing")),
        sa.UniqueConstraint("job", name=op.f("uq_briefing_job")),
        sa.UniqueConstraint("public_id", name=op.f("uq_briefing_public_id")),
    )
    with op.batch_alter_table("briefing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_briefing_unit_made_at"), ["unit", "made_at"], unique=False)


def _create_job() -> None:
    keeps = sa.text("slot != ''")
    op.create_table(
        "desk_job",
        _key(),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_by_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("slot", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("is_cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_job")),
        sa.UniqueConstraint("public_id", name=op.f("uq_desk_job_public_id")),
    )
    with op.batch_alter_table("desk_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_desk_job_state_id"), ["state", "id"], unique=False)
        batch_op.create_index(
            "uq_desk_job_slot", ["kind", "slot"], unique=True, sqlite_where=keeps, postgresql_where=keeps
        )
