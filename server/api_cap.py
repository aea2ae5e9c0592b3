"""/api/v1/cap.atom and /api/v1/cap/ID.xml: severe alarms as CAP 1.2, for whoever may read alarms."""

from __future__ import annotations

from flask import Flask, Response, request

from access.policy import policy
from data_access.site import Site
from domain.local_time import local_day
from domain.permissions import Permission
from outbound import cap
from outbound.rest_feed import ALARMS
from server.api_answers import API, Unknown, arguments, told
from server.feed_reader import FeedReader


def install_cap(server: Flask, site: Site, reader: FeedReader) -> None:
    """Add the routes."""

    @policy(Permission.READ_ALARMS)
    def feed_cap_atom() -> Response:
        arguments()
        feed = reader.read(ALARMS)
        address = f"{request.host_url.rstrip('/')}{API}"
        drawn_at = feed.ages.told("system")["as_of"]
        body = cap.atom(feed.panels[ALARMS]["items"], _sender(site), address, drawn_at)
        return told(body, cap.ATOM_TYPE)

    @policy(Permission.READ_ALARMS)
    def feed_cap_alert(id: str) -> Response:
        arguments()
        feed = reader.read(ALARMS)
        found = cap.message_of(feed.panels[ALARMS]["items"], id)
        if found is None:
            raise Unknown("Không có bản tin cảnh báo này, hoặc đã đóng quá 7 ngày.")
        alarm, number = found
        return told(cap.alert(alarm, number, feed.ages.told(alarm["source"]), _sender(site)), cap.CAP_TYPE)

    server.add_url_rule(f"{API}/cap.atom", "feed_cap_atom", feed_cap_atom)
    server.add_url_rule(f"{API}/cap/<string:id>.xml", "feed_cap_alert", feed_cap_alert)


def _sender(site: Site) -> cap.Sender:
    """The unit above all others: its code names the sender."""
    units = site.organisation.units_on(local_day(site.clock()))
    root = site.organisation.root_on(local_day(site.clock()))
    name = root.name if root else site.organisation.title
    code = root.code.lower() if root else "hue"
    return cap.Sender(f"thads-{code}", name, {unit.code: unit.name for unit in units}, site.is_sample)
