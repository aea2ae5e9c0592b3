"""/agenda/<secret>.ics for calendar programmes, which sign in nowhere; and the page that gives somebody the secret."""

from __future__ import annotations

from flask import Flask, Response, abort, redirect, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy, public
from access.rate_limits import STRANGERS_PER_MINUTE, RateLimit
from actions.edit_agenda import agenda_of_feed, close_agenda_feed, open_agenda_feed
from data_access.agenda import agenda_feed_since
from data_access.scope import NotFound
from data_access.site import Site
from domain.permissions import Permission
from server.plain_pages import PlainPages

PAGE = "/agenda"
LONGEST_SECRET = 100


def install_agenda(server: Flask, site: Site, plain: PlainPages) -> None:
    """Add the routes; the calendar brakes each address."""
    strangers = RateLimit(STRANGERS_PER_MINUTE)

    @public()
    def agenda_feed(secret: str) -> Response:
        """The calendar of whoever holds the address; 404 for any other, said like a page that is not there."""
        if seconds := strangers.wait_for(request.remote_addr or ""):
            return Response(status=429, headers={"Retry-After": str(seconds)})
        try:
            found = agenda_of_feed(site.database, secret[:LONGEST_SECRET], request.host, site.clock())
        except NotFound:
            abort(404)
        return Response(found, mimetype="text/calendar", headers={"Cache-Control": "private, no-store"})

    @policy(Permission.SEE_AGENDA)
    def agenda_subscribe() -> ResponseReturnValue:
        """Whether one's own address lives; a new one is shown once."""
        if request.method == "POST" and request.form.get("do") == "close":
            close_agenda_feed(site.database, principal_now(), site.clock())
            return redirect(f"{PAGE}/subscribe", code=303)
        secret = open_agenda_feed(site.database, principal_now(), site.clock()) if request.method == "POST" else ""
        with site.database.reading() as session:
            since = agenda_feed_since(session, principal_now())
        address = f"{request.host_url}agenda/{secret}.ics" if secret else ""
        return plain.render("subscribe", address=address, since=since)

    server.add_url_rule(f"{PAGE}/<string:secret>.ics", "agenda_feed", agenda_feed)
    server.add_url_rule(f"{PAGE}/subscribe", "agenda_subscribe", agenda_subscribe, methods=["GET", "POST"])
