"""/api/observations/<sender>: other software states its figures, signed as Standard Webhooks; the pages of its keys and
of its indicators.

The answer says of each figure whether it was new, known, or why it was refused.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response, redirect, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy, public_to_devices
from access.rate_limits import RateLimit
from access.vault import Vault
from actions.decide_indicator import IndicatorRefused, decide_indicator
from actions.manage_senders import SenderRefused, add_sender, renew_key, switch_sender
from actions.take_in_push import PushOutcome, take_in_push
from data_access.observation_senders import PURPOSE_NAMES, SenderPurpose, senders
from data_access.observations import observed_indicators
from data_access.site import Site
from data_access.software_systems import listed_systems
from domain.local_time import local_day
from domain.observations import LENGTH_NAMES, MEASURE_NAMES
from domain.permissions import Permission
from server.city_push import ALERTS, DIRECTIVES
from server.plain_pages import PlainPages
from server.signed_push import BODY_BYTES, PUSHES_PER_MINUTE, answered_push, refused_items

ROOT = "/api/observations"
PAGE = "/observations"
# Where each purpose is sent to.
PATHS = {SenderPurpose.FIGURES: ROOT, SenderPurpose.ALERTS: ALERTS, SenderPurpose.DIRECTIVES: DIRECTIVES}
FIELDS = (
    *("code", "name", "system", "measure", "length", "unit_word", "is_stock"),
    *("due_days", "warn_above", "warn_below", "meaning", "reason"),
)


def install_observation_push(server: Flask, site: Site, vault: Vault, plain: PlainPages) -> None:
    """Add the routes; each sender is braked by itself."""
    limit = RateLimit(PUSHES_PER_MINUTE)

    @public_to_devices(max_bytes=BODY_BYTES)
    def observation_push(sender: str) -> Response:
        """200 with what became of each figure."""

        def take(body: bytes, signed: Mapping[str, str]) -> Mapping[str, object]:
            return _said(take_in_push(site.database, vault, site.organisation, sender, body, signed, site.clock()))

        return answered_push(sender, limit, take)

    @policy(Permission.ADMINISTER)
    def observation_senders() -> ResponseReturnValue:
        """Who may push, and the form that registers, switches or gives a new key; a key is shown once."""
        key, message = "", ""
        if request.method == "POST":
            try:
                key = _change(site, vault)
            except SenderRefused as refused:
                return _page(site, plain, str(refused)), 400
            if not key:
                return redirect(f"{PAGE}/senders", code=303)
        return _page(site, plain, message, key)

    @policy(Permission.ADMINISTER)
    def observed_indicator_form() -> ResponseReturnValue:
        """The form that adds an indicator or changes one."""
        typed = {name: request.form.get(name, "")[:400] for name in FIELDS}
        if request.method == "GET":
            return _indicator_page(site, plain, typed)
        try:
            code = decide_indicator(site.database, principal_now(), typed, site.clock())
        except IndicatorRefused as refused:
            return _indicator_page(site, plain, typed, str(refused)), 400
        return redirect(f"{PAGE}?indicator={code}", code=303)

    server.add_url_rule(
        f"{PAGE}/indicators", "observed_indicator_form", observed_indicator_form, methods=["GET", "POST"]
    )
    server.add_url_rule(f"{ROOT}/<string:sender>", "observation_push", observation_push, methods=["POST"])
    server.add_url_rule(f"{PAGE}/senders", "observation_senders", observation_senders, methods=["GET", "POST"])


def _change(site: Site, vault: Vault) -> str:
    """Do what the form asks; the new key where there is one. Raises SenderRefused."""
    wanted, public_id = request.form.get("do", ""), request.form.get("sender", "")[:64]
    asked = (site.database, principal_now())
    if wanted == "add":
        purpose, _, system = request.form.get("what", "")[:100].partition("/")
        if purpose not in set(SenderPurpose):
            raise SenderRefused("Chọn được gửi gì.")
        name = request.form.get("name", "")
        return add_sender(*asked, vault, name, system, site.clock(), SenderPurpose(purpose))
    if wanted == "renew":
        return renew_key(*asked, vault, public_id, site.clock())
    switch_sender(*asked, public_id, wanted == "on", site.clock())
    return ""


def _page(site: Site, plain: PlainPages, message: str = "", key: str = "") -> str:
    with site.database.reading() as session:
        known = senders(session, principal_now())
        stating = {each.system for each in observed_indicators(session).values()} - {""}
        names = {each.code: each.name for each in listed_systems(session, local_day(site.clock())).values()}
    systems = [(code, names.get(code, code)) for code in sorted(stating)]
    return plain.render(
        "senders",
        senders=known,
        systems=systems,
        names=names,
        purposes=PURPOSE_NAMES,
        paths=PATHS,
        message=message,
        good=False,
        key=key,
        address=request.host_url.rstrip("/"),
    )


def _indicator_page(site: Site, plain: PlainPages, typed: dict[str, str], message: str = "") -> str:
    with site.database.reading() as session:
        systems = [(each.code, each.name) for each in listed_systems(session, local_day(site.clock())).values()]
    lengths = [(length.value, words) for length, words in LENGTH_NAMES.items()]
    measures = [(measure.value, words) for measure, words in MEASURE_NAMES.items()]
    return plain.render(
        "indicators", typed=typed, systems=systems, lengths=lengths, measures=measures, message=message, good=False
    )


def _said(outcome: PushOutcome) -> dict[str, object]:
    counts = {"accepted": outcome.accepted, "unchanged": outcome.unchanged}
    return {**counts, "refused": refused_items(outcome.refused)}
