"""Software of the sector: decisions about systems, their probes, intervals of health.

Revision 0019, after 0018, 2026-11-27 00:10:00.
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

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEPT = "software_system_change"


def upgrade() -> None:
    _create_changes()
    _create_probes()
    _create_health()
    if op.get_bind().dialect.name == "sqlite":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{KEPT} is append-only'); END"
        op.execute(f"CREATE TRIGGER {KEPT}_keeps_rows BEFORE DELETE ON {KEPT} {refuse}")
        op.execute(f"CREATE TRIGGER {KEPT}_keeps_values BEFORE UPDATE ON {KEPT} {refuse}")
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION software_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {KEPT}_keeps_values BEFORE UPDATE OR DELETE ON {KEPT} "
        "FOR EACH ROW EXECUTE FUNCTION software_refuse()"
    )


def downgrade() -> None:
    for table in ("service_health", "service_probe", KEPT):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION IF EXISTS software_refuse()")


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False)


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _instant(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _create_changes() -> None:
    op.create_table(
        KEPT,
        _id(),
        _text("code", 64),
        sa.Column("valid_from", sa.Date(), nullable=False),
        _text("name", 200),
        _text("purpose", 200),
        _text("owner", 200),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        _text("reason", 200),
        _text("by", 200),
        _instant("at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_software_system_change")),
    )
    with op.batch_alter_table(KEPT, schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_software_system_change_code_valid_from"), ["code", "valid_from"], unique=False
        )


def _create_probes() -> None:
    op.create_table(
        "service_probe",
        _id(),
        _text("code", 64),
        _text("system", 64),
        _text("kind", 64),
        sa.Column("address", sa.Text(), nullable=False),
        _text("expects", 200),
        _text("user_name", 200),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("limit_value", sa.Integer(), nullable=False),
        _instant("added_at"),
        _text("added_by", 200),
        _text("reason", 200),
        _instant("retired_at", nullable=True),
        _text("retired_by", 200),
        _text("retired_reason", 200),
        _instant("asked_at", nullable=True),
        sa.Column("latency_ms", sa.Integer(), nullable=True),
        _instant("certificate_until", nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_probe")),
    )
    with op.batch_alter_table("service_probe", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_probe_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_probe_system"), ["system"], unique=False)


def _create_health() -> None:
    op.create_table(
        "service_health",
        _id(),
        _text("probe", 64),
        _text("state", 64),
        sa.Column("reason", sa.Text(), nullable=False),
        _instant("from_at"),
        _instant("until_at"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_health")),
    )
    with op.batch_alter_table("service_health", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_health_probe_until_at"), ["probe", "until_at"], unique=False)
