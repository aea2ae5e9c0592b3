"""Schedules of briefings per unit, and of which kinds one is made by itself.

Revision 0029, after 0028, 2026-11-27 19:00:00.
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

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLE = "unit_briefing_schedule"
KINDS = ("makes_morning", "makes_weekly")


def upgrade() -> None:
    # Not in a batch: it could make the table anew, and its triggers would be gone.
    for name in KINDS:
        op.add_column("briefing_schedule", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        TABLE,
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("morning_at", sa.String(length=64), nullable=False),
        sa.Column("weekly_at", sa.String(length=64), nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in KINDS),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _triggers_sqlite() if on_sqlite else _triggers_postgresql():
        op.execute(statement)


def downgrade() -> None:
    op.drop_table(TABLE)
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"DROP FUNCTION IF EXISTS {TABLE}_refuse()")
    for name in reversed(KINDS):
        op.drop_column("briefing_schedule", name)


def _triggers_sqlite() -> tuple[str, ...]:
    return tuple(
        f"CREATE TRIGGER {TABLE}_keeps_{what} BEFORE {event} ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'briefings are append-only'); END"
        for what, event in (("rows", "DELETE"), ("values", "UPDATE"))
    )


def _triggers_postgresql() -> tuple[str, ...]:
    return (
        f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'briefings are append-only'; END $$",
        f"CREATE TRIGGER {TABLE}_keeps_values BEFORE UPDATE OR DELETE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    )
