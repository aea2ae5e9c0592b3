"""/software-systems/edit and /probe over plain HTTP: a system and how it is asked, tried before it is kept.

Plain pages, as the connection of a source is: a password typed here is in no Dash callback.
"""

from __future__ import annotations

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from access.vault import Vault
from actions.edit_software_systems import (
    USUAL_LIMIT,
    SoftwareRefused,
    WantedProbe,
    WantedSystem,
    change_system,
    probe_to_edit,
    retire_probe,
    set_probe,
    system_to_edit,
    try_probe,
)
from components.software_desk import PATH
from data_access.scope import NotFound
from data_access.site import Site
from domain.local_time import local_day
from domain.permissions import Permission
from domain.software_systems import PROBE_NAMES, ProbeKind
from server.plain_pages import PlainPages


def install_software_forms(server: Flask, site: Site, vault: Vault, plain: PlainPages) -> None:
    """Add the routes below /software-systems."""

    @policy(Permission.ADMINISTER)
    def software_edit() -> ResponseReturnValue:
        """The form of one system, or of a new one."""
        code = request.values.get("system", "")
        known = system_to_edit(site.database, principal_now(), code, site.clock()) if code else None
        if code and known is None:
            abort(404)
        today = f"{local_day(site.clock()):%d/%m/%Y}"
        if request.method == "GET":
            begun = WantedSystem("", "", "", "", today, "") if known is None else _wanted_of(known, today)
            return plain.render("software_system", wanted=begun, is_new=known is None, message="", good=False)
        wanted = _wanted_system(code)
        try:
            change_system(site.database, principal_now(), wanted, site.clock())
        except SoftwareRefused as refused:
            page = {"wanted": wanted, "is_new": known is None, "message": str(refused), "good": False}
            return plain.render("software_system", **page), 400
        return redirect(f"{PATH}/{wanted.code}", code=303)

    @policy(Permission.ADMINISTER)
    def software_probe() -> ResponseReturnValue:
        """The form of one probe; 'Thử' asks once and keeps nothing."""
        who = (site.database, principal_now())
        if request.method == "GET":
            code = request.args.get("probe", "")
            try:
                return _probe_form(probe_to_edit(*who, code) if code else _new_probe(request.args.get("system", "")))
            except NotFound:
                abort(404)
        wanted = _wanted_probe()
        try:
            do = request.form.get("do")
            if do == "try":
                found = try_probe(*who, vault, site.watched, wanted, site.clock())
                return _probe_form(wanted, found, good=True)
            if do == "retire":
                retire_probe(*who, wanted.code, wanted.reason, site.clock())
            else:
                set_probe(*who, vault, wanted, site.clock())
        except SoftwareRefused as refused:
            return _probe_form(wanted, str(refused)), 400
        except NotFound:
            return _probe_form(wanted, "Phép kiểm tra này không còn: mở lại trang."), 400
        return redirect(f"{PATH}/{wanted.system}", code=303)

    def _probe_form(wanted: WantedProbe, message: str = "", good: bool = False) -> str:
        system = system_to_edit(site.database, principal_now(), wanted.system, site.clock())
        if system is None:
            abort(404)
        page = {"title": system.name, "kinds": PROBE_NAMES, "watched": str(site.watched)}
        return plain.render("software_probe", wanted=wanted, message=message, good=good, **page)

    server.add_url_rule(f"{PATH}/edit", "software_edit", software_edit, methods=["GET", "POST"])
    server.add_url_rule(f"{PATH}/probe", "software_probe", software_probe, methods=["GET", "POST"])


def _wanted_of(known: object, today: str) -> WantedSystem:
    code, name, purpose, owner = (str(getattr(known, part)) for part in ("code", "name", "purpose", "owner"))
    return WantedSystem(code, name, purpose, owner, today, "", bool(getattr(known, "is_retired", False)))


def _wanted_system(code: str) -> WantedSystem:
    form = request.form
    return WantedSystem(
        code=code or form.get("code", "").strip(),
        name=form.get("name", ""),
        purpose=form.get("purpose", ""),
        owner=form.get("owner", ""),
        valid_from=form.get("valid_from", ""),
        reason=form.get("reason", ""),
        is_retired=form.get("retired") == "1",
    )


def _new_probe(system: str) -> WantedProbe:
    return WantedProbe(system, "", ProbeKind.HTTP.value, "", str(USUAL_LIMIT[ProbeKind.HTTP]), "")


def _wanted_probe() -> WantedProbe:
    form = request.form
    return WantedProbe(
        system=form.get("system", ""),
        code=form.get("probe", ""),
        kind=form.get("kind", ""),
        address=form.get("address", "").strip(),
        limit=form.get("limit", ""),
        reason=form.get("reason", ""),
        expects=form.get("expects", "").strip(),
        user_name=form.get("user_name", "").strip(),
        secret=form.get("secret", ""),
    )
