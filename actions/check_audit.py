"""Prove the audit chain untouched, and write its newest link outside the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from access.principal import Principal
from data_access.audit import AuditLink, AuditProblem, audit_head, record_audit, verify_audit
from data_access.session import Database
from domain.permissions import Permission


@dataclass(frozen=True, slots=True)
class AuditCheck:
    """How many rows the head claims, how many anchors were compared, and the first row that is wrong, if any."""

    rows: int
    anchors: int
    problem: AuditProblem | None


def check_audit(database: Database, principal: Principal, anchors_file: Path | None, now: datetime) -> AuditCheck:
    """Verify every row and every anchor, and record that it was done; raises NotAllowed."""
    principal.require(Permission.SEE_AUDIT)
    anchors = kept_anchors(anchors_file)
    with database.reading() as session:
        rows = audit_head(session).sequence
        problem = verify_audit(session, database.audit_key, anchors)
    detail = {"rows": rows, "first_wrong": problem.sequence if problem else None}
    with database.writing() as session:
        record_audit(session, principal, "audit_checked", "audit", detail, now)
    return AuditCheck(rows, len(anchors), problem)


def anchor_audit(database: Database, anchors_file: Path, now: datetime) -> AuditLink:
    """Append the newest link to a file outside the database; the worker does it every hour. Raises OSError."""
    with database.reading() as session:
        link = audit_head(session)
    with anchors_file.open("a", encoding="ascii") as lines:
        lines.write(f"{link.sequence} {link.hash} {now.astimezone(UTC).isoformat(timespec='seconds')}\n")
    anchors_file.chmod(0o600)
    return link


def kept_anchors(anchors_file: Path | None) -> list[AuditLink]:
    """The links in the anchors file; none when there is no file yet. A torn last line is passed over."""
    if anchors_file is None or not anchors_file.exists():
        return []
    parts = (line.split() for line in anchors_file.read_text(encoding="ascii").splitlines())
    return [AuditLink(int(part[0]), part[1]) for part in parts if len(part) == 3 and part[0].isdigit()]
