"""A scene of the wall inside another system: an address is made, exchanged once for a cookie, renewed, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from access.embed_address import AddressNotValid, EmbedSigner
from access.principal import Principal
from access.tokens import new_public_id, new_token, token_hash
from data_access.audit import record_audit
from data_access.embeds import (
    Embed,
    embed_by_token,
    living_embeds,
    save_embed,
    save_embed_renewed,
    save_embed_revoked,
    save_exchanged,
)
from data_access.scope import NotFound
from data_access.session import Database
from domain.permissions import Permission
from domain.screens import EMBEDDABLE_SCENES

# An address travels between two servers and into a page: minutes. A cookie lives while its page renews it.
ADDRESS_FOR = timedelta(minutes=5)
COOKIE_FOR = timedelta(hours=12)
RENEWED_EVERY = timedelta(minutes=1)
GRANT_FOR = timedelta(days=30)
MOST_EMBEDS = 50


class EmbedRefused(ValueError):
    """No address was made, or the grant is over; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The cookie of a place that shows a scene, and until when it is good."""

    token: str
    until: datetime


def make_embed_address(
    database: Database, principal: Principal, signer: EmbedSigner, scene: str, now: datetime
) -> tuple[str, datetime]:
    """Path and query of a new grant, and until when it can be exchanged. Raises NotAllowed, EmbedRefused."""
    principal.require(Permission.EMBED_SCENES)
    if scene not in {entry.name for entry in EMBEDDABLE_SCENES}:
        raise EmbedRefused("Không có cảnh này, hoặc cảnh này không nhúng được.")
    until = now + ADDRESS_FOR
    grant = Embed(new_public_id(), scene, principal.name, now, until)
    with database.writing() as session:
        if len(living_embeds(session, Principal.worker(), now)) >= MOST_EMBEDS:
            raise EmbedRefused(f"Nhiều nhất {MOST_EMBEDS} nơi nhúng. Thu hồi nơi không dùng trước.")
        save_embed(session, principal, grant, now + GRANT_FOR, now)
        record_audit(session, principal, "embed_granted", grant.public_id, {"scene": scene}, now)
    return signer.address(scene, grant.public_id, until), until


def exchange_address(
    database: Database, signer: EmbedSigner, scene: str, exp: str, kid: str, sig: str, now: datetime
) -> Exchanged:
    """Swap a signed address for a cookie, once. Raises AddressNotValid, alike for every reason."""
    grant = signer.grant_of(scene, exp, kid, sig, now)
    token, until = new_token(), now + COOKIE_FOR
    with database.writing() as session:
        if not save_exchanged(session, grant, scene, token_hash(token), until, now):
            raise AddressNotValid
        record_audit(session, Principal.worker(), "embed_exchanged", grant, {"scene": scene}, now)
    return Exchanged(token, until)


def renew_embed(database: Database, scene: str, token: str, now: datetime) -> datetime | None:
    """Let the cookie of a page that still stands live on; until when, None when it is over.

    Nobody takes the writers' lock with a cookie that is none, or with the same one again and again.
    """
    with database.reading() as session:
        known = embed_by_token(session, scene, token_hash(token), now)
    if known is None:
        return None
    if known.seen_at is not None and timedelta(0) <= now - known.seen_at < RENEWED_EVERY:
        return known.expires_at
    with database.writing() as session:
        return save_embed_renewed(session, known.public_id, now + COOKIE_FOR, now)


def revoke_embed(database: Database, principal: Principal, public_id: str, now: datetime) -> None:
    """End a place that shows a scene; it is dark within seconds. Raises NotAllowed, EmbedRefused."""
    try:
        with database.writing() as session:
            save_embed_revoked(session, principal, public_id, now)
            record_audit(session, principal, "embed_revoked", public_id, {}, now)
    except NotFound as error:
        raise EmbedRefused("Nơi nhúng này đã được thu hồi.") from error
