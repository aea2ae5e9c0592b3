"""Directives: what leaders asked of units, and the records of every step, which nobody changes.

Revision 0010, after 0009, 2026-11-26 10:45:00.
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

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TRIGGERS_SQLITE = (
    "CREATE TRIGGER directive_record_keeps_rows BEFORE DELETE ON directive_record "
    "BEGIN SELECT RAISE(ABORT, 'records of directives are append-only'); END",
    "CREATE TRIGGER directive_record_keeps_values BEFORE UPDATE ON directive_record "
    "BEGIN SELECT RAISE(ABORT, 'records of directives are append-only'); END",
)
TRIGGERS_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION directive_record_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'records of directives are append-only'; END $$",
    "CREATE TRIGGER directive_record_keeps_values BEFORE UPDATE OR DELETE ON directive_record "
    "FOR EACH ROW EXECUTE FUNCTION directive_record_refuse()",
)


def upgrade() -> None:
    _create_directive()
    op.create_table(
        "directive_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("directive", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive_record")),
    )
    with op.batch_alter_table("directive_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directive_record_directive_id"), ["directive", "id"], unique=False)
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in TRIGGERS_SQLITE if on_sqlite else TRIGGERS_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("directive_record")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION IF EXISTS directive_record_refuse()")
    op.drop_table("directive")


def _create_directive() -> None:
    op.create_table(
        "directive",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.String(length=200), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directive")),
        sa.UniqueConstraint("public_id", name=op.f("uq_directive_public_id")),
    )
    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directive_unit_state"), ["unit", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_directive_state_due_on"), ["state", "due_on"], unique=False)
