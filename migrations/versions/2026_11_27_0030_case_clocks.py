"""The statutory clocks of every case as rows, so that those of a province are read from one index.

Revision 0030, after 0029, 2026-11-27 17:00:00. The clocks of cases that are already stored are not filled here: a
migration imports nothing of ours. The start of the product does it (actions/replay_cases.py).
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

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

RUNNING = ["unit", "clock", "started_on", "to_on", "from_on", "officer", "case_id"]


def upgrade() -> None:
    op.create_table(
        "case_clock",
        _key("id", autoincrement=True),
        _key("case_id"),
        *_clock(),
        sa.ForeignKeyConstraint(
            ["case_id"], ["enforcement_case.id"], name=op.f("fk_case_clock_case_id_enforcement_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_clock")),
    )
    op.create_index(op.f("ix_case_clock_case_id"), "case_clock", ["case_id"])
    op.create_index("ix_case_clock_running", "case_clock", RUNNING)
    op.create_table(
        "staged_clock",
        *_clock(),
        _key("id", autoincrement=True),
        _key("batch_id"),
        _key("case_id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_clock")),
    )
    op.create_index(op.f("ix_staged_clock_batch_id"), "staged_clock", ["batch_id"])


def downgrade() -> None:
    op.drop_table("staged_clock")
    op.drop_table("case_clock")


def _key(name: str, autoincrement: bool = False) -> sa.Column[int]:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, key, autoincrement=autoincrement, nullable=False)


def _clock() -> list[sa.Column[object]]:
    return [
        sa.Column("clock", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("officer", sa.String(length=64), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
    ]
