"""Workbooks of the programme's pages, at …/export.xlsx."""

from __future__ import annotations

from flask import Flask, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from actions.report_observations import save_observations_workbook
from actions.report_programme import save_programme
from data_access.site import Site
from domain.permissions import Permission
from server.downloads import send_workbook


def install_programme_exports(server: Flask, site: Site) -> None:
    """Add the routes."""

    @policy(Permission.SEE_PROGRAMME)
    def observation_export() -> ResponseReturnValue:
        """The indicator of the address, or all."""
        indicator = request.args.get("indicator", "")[:64]
        asked = (site.database, principal_now(), site.organisation, indicator, site.is_sample, site.clock())
        return send_workbook(lambda path: save_observations_workbook(*asked, path), "so-lieu-theo-ky.xlsx")

    @policy(Permission.SEE_PROGRAMME)
    def programme_export() -> ResponseReturnValue:
        """Every pledge."""
        asked = (site.database, principal_now(), site.organisation, site.is_sample, site.clock())
        return send_workbook(lambda path: save_programme(*asked, path), "cam-ket-de-an.xlsx")

    server.add_url_rule("/programme/export.xlsx", "programme_export", programme_export)
    server.add_url_rule("/observations/export.xlsx", "observation_export", observation_export)
