"""Workbooks of long case lists: kept for a day for whoever asked, in the scope in which they were made."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.case_workbooks import CaseWorkbookRow
from data_access.scope import NotFound
from domain.permissions import Permission

KEPT_FOR = timedelta(hours=24)


def save_workbook(session: Session, principal: Principal, job: str, content: bytes, rows: int, now: datetime) -> str:
    """Keep what a job made and throw away what is older than a day, inside the caller's writing transaction; its public
    id. A job that is done anew replaces what it had made."""
    row = CaseWorkbookRow
    session.execute(delete(row).where((row.made_at <= now - KEPT_FOR) | (row.job == job)))
    public_id = secrets.token_urlsafe(12)
    session.add(
        CaseWorkbookRow(
            public_id=public_id,
            job=job,
            asked_by_id=principal.public_id,
            unit=principal.unit or "",
            made_at=now,
            rows=rows,
            content=content,
        )
    )
    session.flush()
    return public_id


def workbook_content(session: Session, principal: Principal, public_id: str, now: datetime) -> bytes:
    """The bytes of an own workbook; needs SEE_CASES. Raises NotFound also for another person's, for one that is older
    than a day, and for one of a scope that the person no longer has."""
    principal.require(Permission.SEE_CASES)
    row = session.scalar(select(CaseWorkbookRow).where(CaseWorkbookRow.public_id == public_id))
    is_own = row is not None and (row.asked_by_id, row.unit) == (principal.public_id, principal.unit or "")
    if row is None or not is_own or row.made_at <= now - KEPT_FOR:
        raise NotFound(public_id)
    return row.content
