"""Embedded scenes: granted, exchanged once, kept alive while they are used, revoked. Tokens come in hashed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.models.embeds import EmbedGrantRow
from data_access.scope import NotFound
from data_access.versions import bump_version
from domain.permissions import Permission

TOPIC = "outbox"


@dataclass(frozen=True, slots=True)
class Embed:
    """Nơi nhúng: one scene in one place. `exchanged_at` is None until its address was used, `seen_at` when it last
    renewed its right."""

    public_id: str
    scene: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    exchanged_at: datetime | None = None
    seen_at: datetime | None = None


def living_embeds(session: Session, principal: Principal, now: datetime) -> list[Embed]:
    """Every grant that is in force or waits to be exchanged, newest first; needs SEE_SOURCES."""
    principal.require(Permission.SEE_SOURCES)
    row = EmbedGrantRow
    question = select(row).where(row.revoked_at.is_(None), row.expires_at > now).order_by(row.id.desc())
    return [_embed(one) for one in session.scalars(question)]


def embed_by_token(session: Session, scene: str, token_hash: str, now: datetime) -> Embed | None:
    """Whose cookie it is, for this scene only; None when it is nobody's (any more). Asked before anybody is known."""
    row = EmbedGrantRow
    held = (row.token_hash == token_hash, row.scene == scene, row.revoked_at.is_(None), row.expires_at > now)
    found = session.scalar(select(row).where(*held))
    return None if found is None else _embed(found)


def save_embed(session: Session, principal: Principal, embed: Embed, ends_at: datetime, now: datetime) -> None:
    """Add a grant inside the caller's writing transaction; needs EMBED_SCENES."""
    principal.require(Permission.EMBED_SCENES)
    session.add(
        EmbedGrantRow(
            public_id=embed.public_id,
            scene=embed.scene,
            token_hash="",
            created_by=embed.created_by,
            account=principal.public_id,
            created_at=embed.created_at,
            expires_at=embed.expires_at,
            ends_at=ends_at,
        )
    )
    session.flush()
    bump_version(session, TOPIC, now)


def save_exchanged(
    session: Session, public_id: str, scene: str, token_hash: str, expires_at: datetime, now: datetime
) -> bool:
    """Bind a cookie to a grant that has none yet; False where somebody was first, or it is over."""
    row = EmbedGrantRow
    waits = (
        row.public_id == public_id,
        row.scene == scene,
        row.exchanged_at.is_(None),
        row.revoked_at.is_(None),
        row.expires_at > now,
    )
    values = {"token_hash": token_hash, "exchanged_at": now, "seen_at": now, "expires_at": expires_at}
    done = session.execute(update(row).where(*waits).values(**values).returning(row.id)).scalar_one_or_none()
    if done is not None:
        bump_version(session, TOPIC, now)
    return done is not None


def save_embed_renewed(session: Session, public_id: str, wanted_until: datetime, now: datetime) -> datetime | None:
    """Let a grant that is in use live on, never past its end; until when, None for one that is over."""
    row = session.scalar(select(EmbedGrantRow).where(EmbedGrantRow.public_id == public_id).with_for_update())
    if row is None or row.revoked_at is not None or row.expires_at <= now:
        return None
    row.expires_at, row.seen_at = min(wanted_until, row.ends_at), now
    session.flush()
    return row.expires_at


def save_embed_revoked(session: Session, principal: Principal, public_id: str, now: datetime) -> None:
    """End a grant; needs ADMINISTER, raises NotFound."""
    principal.require(Permission.ADMINISTER)
    row = EmbedGrantRow
    living = (row.public_id == public_id, row.revoked_at.is_(None))
    done = session.execute(update(row).where(*living).values(revoked_at=now).returning(row.id)).scalar_one_or_none()
    if done is None:
        raise NotFound(public_id)
    bump_version(session, TOPIC, now)


def save_account_embeds_revoked(session: Session, principal: Principal, account: str, name: str, now: datetime) -> int:
    """End every grant an account made, exchanged or not; how many. Needs ADMINISTER.

    One made before accounts were kept with it is known by the account's `name` alone: rather one too many is ended.
    """
    principal.require(Permission.ADMINISTER)
    row = EmbedGrantRow
    own = or_(row.account == account, and_(row.account.is_(None), row.created_by == name))
    living = (own, row.revoked_at.is_(None), row.expires_at > now)
    ended = session.scalars(update(row).where(*living).values(revoked_at=now).returning(row.id)).all()
    if ended:
        bump_version(session, TOPIC, now)
    return len(ended)


def _embed(row: EmbedGrantRow) -> Embed:
    return Embed(
        row.public_id, row.scene, row.created_by, row.created_at, row.expires_at, row.exchanged_at, row.seen_at
    )
