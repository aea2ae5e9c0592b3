"""Warnings of the city, directives of its leadership, and what a registered sender may send.

Revision 0028, after 0027, 2026-11-27 16:00:00.
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

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "city_alert",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("came_by", sa.String(length=200), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("identifier", sa.String(length=200), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("message", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("severity", sa.String(length=64), nullable=False),
        sa.Column("headline", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("instruction", sa.Text(), nullable=False),
        sa.Column("onset_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("areas", sa.Text(), nullable=False),
        sa.Column("is_exercise", sa.Boolean(), nullable=False),
        sa.Column("is_past", sa.Boolean(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("is_placed", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_alert")),
        sa.UniqueConstraint("origin", "sender", "identifier", name=op.f("uq_city_alert_origin_sender_identifier")),
        sa.UniqueConstraint("public_id", name=op.f("uq_city_alert_public_id")),
    )
    with op.batch_alter_table("city_alert", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_city_alert_sent_at"), ["sent_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_city_alert_is_placed"), ["is_placed"], unique=False)
    op.create_table(
        "city_alert_replaced",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("origin", sa.String(length=64), nullable=False),
        sa.Column("sender", sa.String(length=200), nullable=False),
        sa.Column("identifier", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_city_alert_replaced")),
        sa.UniqueConstraint(
            "origin", "sender", "identifier", name=op.f("uq_city_alert_replaced_origin_sender_identifier")
        ),
    )
    op.create_table(
        "received_directive",
        sa.Column("id", key, autoincrement=True, nullable=False),
        sa.Column("sender", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("directive", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_directive")),
        sa.UniqueConstraint("directive", name=op.f("uq_received_directive_directive")),
        sa.UniqueConstraint("sender", "reference", name=op.f("uq_received_directive_sender_reference")),
    )
    with op.batch_alter_table("observation_sender", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("purpose", sa.String(length=64), nullable=False, server_default=sa.text("'figures'"))
        )


def downgrade() -> None:
    with op.batch_alter_table("observation_sender", schema=None) as batch_op:
        batch_op.drop_column("purpose")
    op.drop_table("received_directive")
    op.drop_table("city_alert_replaced")
    op.drop_table("city_alert")
