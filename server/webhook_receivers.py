"""/integrations/receivers: who is told of events, their keys shown once; and the contracts their engineers read."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from access.vault import Vault
from actions.manage_receivers import (
    ReceiverRefused,
    WantedReceiver,
    add_receiver,
    remove_receiver,
    renew_receiver_key,
    switch_receiver,
)
from data_access.site import Site
from data_access.webhook_receivers import receivers
from domain.outbox import EVENT_GROUPS, MOST_RECEIVERS
from domain.permissions import Permission
from server.plain_pages import PlainPages

PAGE = "/integrations"
DOCUMENTS = Path(__file__).resolve().parent.parent / "docs"


def install_webhook_receivers(server: Flask, site: Site, vault: Vault, plain: PlainPages) -> None:
    """Add the routes."""

    @policy(Permission.ADMINISTER)
    def webhook_receivers() -> ResponseReturnValue:
        """The receivers, and the form that adds, switches, removes or gives a new key."""
        key, message = "", ""
        if request.method == "POST":
            try:
                key = _change(site, vault)
            except ReceiverRefused as refused:
                return _page(site, plain, str(refused)), 400
            if not key:
                return redirect(f"{PAGE}/receivers", code=303)
        return _page(site, plain, message, key)

    @policy(Permission.SEE_SOURCES)
    def integration_contract(name: str) -> Response:
        """One contract as plain text, whose lines read well as they stand; 404 for any other file."""
        known = contracts()
        if name not in known:
            abort(404)
        return Response(known[name].read_text(encoding="utf-8"), mimetype="text/plain")

    server.add_url_rule(f"{PAGE}/receivers", "webhook_receivers", webhook_receivers, methods=["GET", "POST"])
    server.add_url_rule(f"{PAGE}/contracts/<string:name>", "integration_contract", integration_contract)


def contracts() -> dict[str, Path]:
    """The documents that describe how systems speak with this one, by name."""
    found = [*sorted(DOCUMENTS.glob("sources/*.md")), DOCUMENTS / "outbound-webhooks.md"]
    return {path.stem: path for path in found if path.is_file()}


def _change(site: Site, vault: Vault) -> str:
    """Do what the form asks; the new key where there is one. Raises ReceiverRefused."""
    wanted, public_id = request.form.get("do", ""), request.form.get("receiver", "")[:64]
    asked = (site.database, principal_now())
    if wanted == "add":
        typed = WantedReceiver(
            request.form.get("name", ""), request.form.get("address", ""), request.form.getlist("group")
        )
        return add_receiver(*asked, vault, typed, site.clock(), allow_loopback=site.is_sample)
    if wanted == "renew":
        return renew_receiver_key(*asked, vault, public_id, site.clock())
    if wanted == "remove":
        remove_receiver(*asked, public_id, site.clock())
    else:
        switch_receiver(*asked, public_id, wanted == "on", site.clock())
    return ""


def _page(site: Site, plain: PlainPages, message: str = "", key: str = "") -> str:
    with site.database.reading() as session:
        known = receivers(session, principal_now())
    groups = [(code, words) for code, (words, _) in EVENT_GROUPS.items()]
    form = request.form if message else {}
    return plain.render(
        "receivers",
        receivers=known,
        groups=groups,
        names=dict(groups),
        most=MOST_RECEIVERS,
        message=message,
        good=False,
        key=key,
        name=form.get("name", ""),
        address=form.get("address", ""),
    )
