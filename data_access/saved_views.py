"""Views of the desk that an account keeps: only its own are ever asked for."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.saved_views import SavedView
from domain.saved_views import View


def saved_views(session: Session, principal: Principal) -> list[View]:
    """The principal's own views by name."""
    question = select(SavedView).where(SavedView.owner == principal.public_id).order_by(SavedView.name)
    return [View(row.public_id, row.name, row.address, row.saved_at) for row in session.scalars(question)]


def save_view(session: Session, principal: Principal, view: View) -> None:
    """Keep a view; one of the same name is replaced. Inside the caller's transaction."""
    mine = SavedView.owner == principal.public_id
    session.execute(delete(SavedView).where(mine, SavedView.name == view.name))
    session.add(
        SavedView(
            public_id=view.public_id,
            owner=principal.public_id,
            name=view.name,
            address=view.address,
            saved_at=view.saved_at,
        )
    )
    session.flush()


def forget_view(session: Session, principal: Principal, public_id: str) -> bool:
    """Drop one of the principal's own views; False when there is none. Inside the caller's transaction."""
    mine = SavedView.owner == principal.public_id
    found = session.scalar(select(SavedView.id).where(mine, SavedView.public_id == public_id))
    if found is None:
        return False
    session.execute(delete(SavedView).where(SavedView.id == found))
    return True
