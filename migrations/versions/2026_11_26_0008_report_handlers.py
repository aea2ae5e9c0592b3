"""Field reports: the code of who deals with each.

Revision 0008, after 0007, 2026-11-26 00:45:00.
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

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A default of the server: the version before this one writes rows without the column.
    with op.batch_alter_table("field_report", schema=None) as batch_op:
        batch_op.add_column(sa.Column("handled_by", sa.String(length=64), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("field_report", schema=None) as batch_op:
        batch_op.drop_column("handled_by")
