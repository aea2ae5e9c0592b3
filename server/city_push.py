"""/api/city-alerts/<sender> and /api/directives/<sender>: the city's centre warns, its leadership directs; signed as
Standard Webhooks."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, request

from access.policy import public_to_devices
from access.rate_limits import RateLimit
from access.vault import Vault
from actions.take_in_city_alerts import take_in_alert_push
from actions.take_in_directives import take_in_directives
from data_access.site import Site
from server.signed_push import BODY_BYTES, PUSHES_PER_MINUTE, answered_push, refused_items

ALERTS = "/api/city-alerts"
DIRECTIVES = "/api/directives"


def install_city_push(server: Flask, site: Site, vault: Vault) -> None:
    """Add the routes; each sender is braked by itself."""
    limit = RateLimit(PUSHES_PER_MINUTE)

    @public_to_devices(max_bytes=BODY_BYTES)
    def city_alert_push(sender: str) -> Response:
        """200 with what became of each warning: one message of CAP, or `{"alerts": [...]}`."""

        def take(body: bytes, signed: Mapping[str, str]) -> Mapping[str, object]:
            asked = (site.database, vault, sender, body, signed, request.mimetype, site.clock())
            taken = take_in_alert_push(*asked)
            counts = {"accepted": taken.accepted, "unchanged": taken.unchanged}
            return {**counts, "refused": refused_items(taken.refused)}

        return answered_push(sender, limit, take)

    @public_to_devices(max_bytes=BODY_BYTES)
    def directive_push(sender: str) -> Response:
        """200 with how each directive stands now, by the sender's own number."""

        def take(body: bytes, signed: Mapping[str, str]) -> Mapping[str, object]:
            asked = (site.database, vault, site.organisation, sender, body, signed, site.clock())
            taken = take_in_directives(*asked)
            states = [{"id": reference, "state": state.value} for reference, state in taken.states.items()]
            return {"accepted": taken.accepted, "directives": states, "refused": refused_items(taken.refused)}

        return answered_push(sender, limit, take)

    server.add_url_rule(f"{ALERTS}/<string:sender>", "city_alert_push", city_alert_push, methods=["POST"])
    server.add_url_rule(f"{DIRECTIVES}/<string:sender>", "directive_push", directive_push, methods=["POST"])
