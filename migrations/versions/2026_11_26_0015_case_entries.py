"""The ledger of every case with what filters ask for, two indexes for lists and search, and saved views of the desk.

Revision 0015, after 0014, 2026-11-26 23:10:00. The ledger of cases that are already stored is not filled here: a
migration imports nothing of ours. The start of the product does it (actions/fill_ledger.py).
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

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FIGURES = ["unit", "counted", "day", "cases", "amount", "kind", "case_type", "area", "groups", "amount_due"]


def upgrade() -> None:
    op.create_table(
        "case_entry",
        *_key(),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        *_entry(),
        sa.ForeignKeyConstraint(
            ["case_id"], ["enforcement_case.id"], name=op.f("fk_case_entry_case_id_enforcement_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_entry")),
    )
    with op.batch_alter_table("case_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_entry_case_id"), ["case_id"], unique=False)
        batch_op.create_index("ix_case_entry_figures", [*FIGURES, "docketed_on", "officer", "case_id"], unique=False)
    op.create_table(
        "staged_entry",
        *_entry(),
        *_key(),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staged_entry")),
    )
    with op.batch_alter_table("staged_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staged_entry_batch_id"), ["batch_id"], unique=False)
    with op.batch_alter_table("case_class_interval", schema=None) as batch_op:
        listed = ["unit", "to_on", "from_on", "case_class", "officer", "case_id"]
        batch_op.create_index("ix_case_class_interval_list", listed, unique=False)
    with op.batch_alter_table("enforcement_case", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enforcement_case_number"), ["number"], unique=False)
    _create_saved_view()


def downgrade() -> None:
    op.drop_table("saved_view")
    with op.batch_alter_table("enforcement_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_enforcement_case_number"))
    with op.batch_alter_table("case_class_interval", schema=None) as batch_op:
        batch_op.drop_index("ix_case_class_interval_list")
    op.drop_table("staged_entry")
    op.drop_table("case_entry")


def _key() -> list[sa.Column[int]]:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return [sa.Column("id", key, autoincrement=True, nullable=False)]


def _entry() -> list[sa.Column[object]]:
    return [
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("officer", sa.String(length=64), nullable=True),
        sa.Column("counted", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cases", sa.SmallInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("case_type", sa.String(length=64), nullable=False),
        sa.Column("area", sa.String(length=64), nullable=True),
        sa.Column("groups", sa.String(length=200), nullable=False),
        sa.Column("amount_due", sa.BigInteger(), nullable=False),
        sa.Column("docketed_on", sa.Date(), nullable=False),
    ]


def _create_saved_view() -> None:
    op.create_table(
        "saved_view",
        *_key(),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("owner", "name", name=op.f("uq_saved_view_owner_name")),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_view_public_id")),
    )
