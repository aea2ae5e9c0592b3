"""Closed periods in versions that nobody changes, the number of the statistical form, reconciliations.

Revision 0016, after 0015, 2026-11-26 23:10:00.
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

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEPT = ("period_version", "form_number", "reconciliation")


def upgrade() -> None:
    _create_versions()
    _create_numbers()
    _create_reconciliations()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    if not on_sqlite:
        op.execute(
            "CREATE OR REPLACE FUNCTION periods_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
    for table in KEPT:
        for statement in _triggers_sqlite(table) if on_sqlite else _triggers_postgresql(table):
            op.execute(statement)


def downgrade() -> None:
    for table in reversed(KEPT):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION IF EXISTS periods_refuse()")


def _triggers_sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return [
        f"CREATE TRIGGER {table}_keeps_rows BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_keeps_values BEFORE UPDATE ON {table} {refuse}",
    ]


def _triggers_postgresql(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_keeps_values BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION periods_refuse()"
    ]


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False)


def _create_versions() -> None:
    op.create_table(
        "period_version",
        _id(),
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_version")),
        sa.UniqueConstraint("period", "version", name=op.f("uq_period_version_period_version")),
    )
    with op.batch_alter_table("period_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_period_version_recorded_on"), ["recorded_on"], unique=False)


def _create_numbers() -> None:
    op.create_table(
        "form_number",
        _id(),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_number")),
    )


def _create_reconciliations() -> None:
    op.create_table(
        "reconciliation",
        _id(),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliation")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reconciliation_public_id")),
    )
    with op.batch_alter_table("reconciliation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reconciliation_period"), ["period"], unique=False)
