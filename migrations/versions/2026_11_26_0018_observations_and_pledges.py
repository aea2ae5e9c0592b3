"""Figures that other software states, who may push them, how pledges of the programme stood day by day.

Revision 0018, after 0017, 2026-11-26 23:23:00.
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

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("pledge_target", "pledge_day", "observed_indicator", "observation_sender", "observation")


def upgrade() -> None:
    _create_observations()
    _create_observation_senders()
    _create_observed_indicators()
    _create_pledge_days()
    _create_pledge_targets()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _key() -> sa.Column[int]:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", key, autoincrement=True, nullable=False)


def _create_observations() -> None:
    op.create_table(
        "observation",
        _key(),
        sa.Column("indicator", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("period", sa.String(length=64), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("numerator", sa.String(length=64), nullable=False),
        sa.Column("denominator", sa.String(length=64), nullable=False),
        sa.Column("as_of_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("stated_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint(
            "indicator", "unit", "period", "as_of_at", name=op.f("uq_observation_indicator_unit_period_as_of_at")
        ),
    )
    with op.batch_alter_table("observation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observation_indicator_first_on"), ["indicator", "first_on"], unique=False)


def _create_observation_senders() -> None:
    op.create_table(
        "observation_sender",
        _key(),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("system", sa.String(length=64), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_sender")),
        sa.UniqueConstraint("public_id", name=op.f("uq_observation_sender_public_id")),
    )


def _create_observed_indicators() -> None:
    op.create_table(
        "observed_indicator",
        _key(),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("system", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("measure", sa.String(length=64), nullable=False),
        sa.Column("length", sa.String(length=64), nullable=False),
        sa.Column("unit_word", sa.String(length=64), nullable=False),
        sa.Column("is_stock", sa.Boolean(), nullable=False),
        sa.Column("due_days", sa.Integer(), nullable=False),
        sa.Column("warn_above", sa.String(length=64), nullable=False),
        sa.Column("warn_below", sa.String(length=64), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observed_indicator")),
    )
    with op.batch_alter_table("observed_indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_observed_indicator_code"), ["code"], unique=False)


def _create_pledge_days() -> None:
    op.create_table(
        "pledge_day",
        _key(),
        sa.Column("pledge", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("kept_on", sa.Date(), nullable=False),
        sa.Column("numerator", sa.String(length=64), nullable=False),
        sa.Column("denominator", sa.String(length=64), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_day")),
        sa.UniqueConstraint("pledge", "unit", "kept_on", name=op.f("uq_pledge_day_pledge_unit_kept_on")),
    )
    with op.batch_alter_table("pledge_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledge_day_kept_on"), ["kept_on"], unique=False)


def _create_pledge_targets() -> None:
    op.create_table(
        "pledge_target",
        _key(),
        sa.Column("pledge", sa.String(length=64), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge_target")),
    )
    with op.batch_alter_table("pledge_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pledge_target_pledge"), ["pledge"], unique=False)
