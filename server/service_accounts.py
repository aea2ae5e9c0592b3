"""/administration/systems: accounts of systems that read the feed; a secret is shown once."""

from __future__ import annotations

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from actions.manage_service_accounts import (
    SystemRefused,
    create_service_account,
    renew_secret,
    revoke_service_account,
)
from data_access.service_accounts import service_accounts
from data_access.site import Site
from domain.feed import SCOPE_NAMES, FeedScope
from domain.local_time import moment_words
from domain.permissions import Permission
from server.plain_pages import PlainPages

PAGE = "/administration/systems"


def install_service_accounts(server: Flask, site: Site, plain: PlainPages) -> None:
    """Add the page."""

    @policy(Permission.ADMINISTER)
    def known_systems() -> ResponseReturnValue:
        """Who may read the feed, and the form that registers, revokes or gives a new secret."""
        client_id, secret = "", ""
        if request.method == "POST":
            try:
                client_id, secret = _change(site)
            except SystemRefused as refused:
                return _page(site, plain, str(refused)), 400
            if not secret:
                return redirect(PAGE, code=303)
        return _page(site, plain, "", client_id, secret)

    server.add_url_rule(PAGE, "known_systems", known_systems, methods=["GET", "POST"])


def _change(site: Site) -> tuple[str, str]:
    """Do what the form asks; client_id and the new secret where there is one. Raises SystemRefused."""
    wanted, public_id = request.form.get("do", ""), request.form.get("system", "")[:64].replace("\0", "")
    asked = (site.database, principal_now())
    if wanted == "add":
        held = set(request.form.getlist("scope"))
        scopes = [scope for scope in FeedScope if scope.value in held]
        name = request.form.get("name", "").replace("\0", "")
        return create_service_account(*asked, name, scopes, site.clock())
    if wanted == "renew":
        return public_id, renew_secret(*asked, public_id, site.clock())
    if wanted == "revoke":
        revoke_service_account(*asked, public_id, site.clock())
        return "", ""
    raise SystemRefused("Không rõ phải làm gì.")


def _page(site: Site, plain: PlainPages, message: str = "", client_id: str = "", secret: str = "") -> str:
    with site.database.reading() as session:
        known = service_accounts(session, principal_now())
    rows = [
        (
            each,
            ", ".join(SCOPE_NAMES[scope] for scope in each.scopes),
            moment_words(each.last_token_at) if each.last_token_at else "chưa lần nào",
        )
        for each in known
    ]
    return plain.render(
        "systems",
        systems=rows,
        scopes=SCOPE_NAMES,
        message=message,
        good=False,
        client_id=client_id,
        secret=secret,
        address=f"{request.host_url.rstrip('/')}/api/v1/token",
    )
