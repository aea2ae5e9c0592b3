"""Workbooks of long case lists, made by the worker and kept for a day.

Revision 0026, after 0025, 2026-11-27 14:00:00.
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

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "case_workbook",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("job", sa.String(length=64), nullable=False),
        sa.Column("asked_by_id", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_workbook")),
        sa.UniqueConstraint("job", name=op.f("uq_case_workbook_job")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_workbook_public_id")),
    )
    with op.batch_alter_table("case_workbook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_workbook_made_at"), ["made_at"], unique=False)


def downgrade() -> None:
    op.drop_table("case_workbook")
