"""Signed webhooks: receivers, events, how far each is. Embedded scenes.

Revision 0025, after 0024, 2026-11-27 01:00:00.
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

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "webhook_receiver",
        _key(),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("groups", sa.String(length=200), nullable=False),
        sa.Column("is_enabled", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        _instant("created_at", nullable=False),
        _instant("retired_at"),
        _instant("last_success_at"),
        _instant("last_failure_at"),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_receiver")),
        sa.UniqueConstraint("public_id", name=op.f("uq_webhook_receiver_public_id")),
    )
    op.create_table(
        "outbox_event",
        _key(),
        sa.Column("webhook_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        _instant("happened_at", nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_event")),
        sa.UniqueConstraint("webhook_id", name=op.f("uq_outbox_event_webhook_id")),
    )
    with op.batch_alter_table("outbox_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outbox_event_happened_at"), ["happened_at"], unique=False)
    _create_deliveries()
    _create_embeds()


def _create_deliveries() -> None:
    op.create_table(
        "outbox_delivery",
        _key(),
        sa.Column("event_id", _big(), nullable=False),
        sa.Column("receiver", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _instant("next_attempt_at", nullable=False),
        _instant("delivered_at"),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["outbox_event.id"], name=op.f("fk_outbox_delivery_event_id_outbox_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_delivery")),
    )
    with op.batch_alter_table("outbox_delivery", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_outbox_delivery_receiver_state_subject_id"),
            ["receiver", "state", "subject", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_outbox_delivery_event_id"), ["event_id"], unique=False)


def _create_embeds() -> None:
    op.create_table(
        "embed_grant",
        _key(),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("scene", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.String(length=200), nullable=False),
        _instant("created_at", nullable=False),
        _instant("exchanged_at"),
        _instant("seen_at"),
        _instant("expires_at", nullable=False),
        _instant("ends_at", nullable=False),
        _instant("revoked_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_embed_grant")),
        sa.UniqueConstraint("public_id", name=op.f("uq_embed_grant_public_id")),
    )
    with op.batch_alter_table("embed_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_embed_grant_token_hash"), ["token_hash"], unique=False)


def downgrade() -> None:
    for table in ("embed_grant", "outbox_delivery", "outbox_event", "webhook_receiver"):
        op.drop_table(table)


def _key() -> sa.Column[int]:
    return sa.Column("id", _big(), autoincrement=True, nullable=False)


def _big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _instant(name: str, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
