"""/sources/connect over plain HTTP: how a system is reached, tried before it is kept, or left alone.

A plain page, as the upload is: it works without a script, and the key typed into it is in no Dash callback.
"""

from __future__ import annotations

from collections.abc import Collection

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from access.vault import Vault
from actions.connect_source import (
    CAMERA_EVENTS,
    KINDS,
    SHARED_LOGIN,
    WITHOUT_ADDRESS,
    ConnectionRefused,
    WantedConnection,
    connect_source,
    connection_to_edit,
    try_connection,
)
from data_access.site import Site
from data_access.sources import source_by_name
from domain.local_time import local_day
from domain.permissions import Permission
from server.plain_pages import PlainPages
from server.software_forms import install_software_forms

PAGE = "/sources"


def install_source_connections(server: Flask, site: Site, vault: Vault, plain: PlainPages) -> None:
    """Add the route below /sources, and those of how other software is asked."""

    @policy(Permission.ADMINISTER)
    def source_connect() -> ResponseReturnValue:
        """The form of one source; 'Thử kết nối' asks the system once and keeps nothing."""
        source = request.values.get("source", "field_reports")
        if source not in KINDS:
            abort(404)
        if request.method == "GET":
            return _form(connection_to_edit(site.database, principal_now(), source))
        wanted = _wanted(source, [code for code, _ in _units()])
        try:
            if request.form.get("do") == "try":
                found = try_connection(site.database, principal_now(), vault, site.organisation, wanted, site.clock())
                return _form(wanted, found, good=True)
            connect_source(site.database, principal_now(), vault, wanted, site.clock())
        except ConnectionRefused as refused:
            return _form(wanted, str(refused)), 400
        return redirect(f"{PAGE}?result=connected", code=303)

    def _units() -> list[tuple[str, str]]:
        return [(unit.code, unit.name) for unit in site.organisation.case_units_on(local_day(site.clock()))]

    def _form(wanted: WantedConnection, message: str = "", good: bool = False) -> str:
        with site.database.reading() as session:
            title = source_by_name(session, wanted.source).title
        return plain.render(
            "connect",
            asks_address=not WITHOUT_ADDRESS & KINDS[wanted.source].keys(),
            asks_secret=CAMERA_EVENTS not in KINDS[wanted.source],
            wanted=wanted,
            title=title,
            kinds=KINDS[wanted.source],
            units=_units() if SHARED_LOGIN in KINDS[wanted.source] else (),
            message=message,
            good=good,
        )

    server.add_url_rule(f"{PAGE}/connect", "source_connect", source_connect, methods=["GET", "POST"])
    install_software_forms(server, site, vault, plain)


def _wanted(source: str, units: Collection[str]) -> WantedConnection:
    form = request.form
    unit = form.get("unit", "")
    if unit and unit not in units:
        abort(400)
    return WantedConnection(
        source=source,
        kind=form.get("kind", ""),
        address=form.get("address", "").strip(),
        secret=form.get("secret", "").strip(),
        field_map=form.get("field_map", "").strip(),
        is_enabled=form.get("enabled") == "1",
        unit=unit,
    )
