"""Scopes of service accounts, and the short-lived tokens they get for their secrets.

Revision 0024, after 0022, 2026-11-27 00:40:00.
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

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("service_account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scopes", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("last_token_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "service_token",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["service_account.id"], name=op.f("fk_service_token_account_id_service_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_service_token_token_hash")),
    )
    with op.batch_alter_table("service_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_token_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_token_expires_at"), ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_table("service_token")
    with op.batch_alter_table("service_account", schema=None) as batch_op:
        batch_op.drop_column("last_token_at")
        batch_op.drop_column("scopes")
