"""The statistical form as files, at /forms/export.xlsx, .docx and .pdf with the address of the page."""

from __future__ import annotations

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from actions.report_statistical_form import save_statistical_form
from data_access.regimes import load_regimes
from data_access.scope import NotFound
from data_access.site import Site
from domain.permissions import Permission
from domain.shown_forms import FormFilter
from server.downloads import DOCX, PDF, XLSX, send_written

NAME = "bieu-thong-ke"
PAGE = "/forms"


def install_form_exports(server: Flask, site: Site) -> None:
    """Add the routes."""

    @policy(Permission.USE_DESK)
    def form_workbook() -> ResponseReturnValue:
        """The form in the address as a workbook."""
        return _form(site, "xlsx", XLSX)

    @policy(Permission.USE_DESK)
    def form_word() -> ResponseReturnValue:
        """The form in the address as a Word file."""
        return _form(site, "docx", DOCX)

    @policy(Permission.USE_DESK)
    def form_pdf() -> ResponseReturnValue:
        """The form in the address as a PDF."""
        return _form(site, "pdf", PDF)

    server.add_url_rule(f"{PAGE}/export.xlsx", "form_workbook", form_workbook)
    server.add_url_rule(f"{PAGE}/export.docx", "form_word", form_word)
    server.add_url_rule(f"{PAGE}/export.pdf", "form_pdf", form_pdf)


def _form(site: Site, ending: str, kind: str) -> ResponseReturnValue:
    wanted = FormFilter.from_address(request.args)
    asked = (site.database, principal_now(), site.organisation, load_regimes(), wanted, site.is_sample, site.clock())
    period = wanted.period or "ky-nay"
    try:
        return send_written(lambda path: save_statistical_form(*asked, path), f"{NAME}-{period}.{ending}", kind)
    except NotFound:
        abort(404)
