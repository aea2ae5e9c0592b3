"""When a probe's login was refused; which account made the grant of an embedded scene.

Revision 0027, after 0026, 2026-11-27 16:00:00.
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

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("service_probe", schema=None) as batch_op:
        batch_op.add_column(sa.Column("login_refused_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("embed_grant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("account", sa.String(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("embed_grant", schema=None) as batch_op:
        batch_op.drop_column("account")
    with op.batch_alter_table("service_probe", schema=None) as batch_op:
        batch_op.drop_column("login_refused_at")
