"""Administrative judgments as files: the list at /administrative-judgments/export.xlsx, the form of the year at
/administrative-judgments/form.xlsx, .docx and .pdf, with the address of the page."""

from __future__ import annotations

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from actions.report_administrative_judgments import save_judgment_form, save_judgments_list
from data_access.scope import NotFound
from data_access.site import Site
from domain.administrative_judgments import JudgmentFilter
from domain.permissions import Permission
from server.downloads import DOCX, PDF, XLSX, send_workbook, send_written

PAGE = "/administrative-judgments"
NAME = "an-hanh-chinh.xlsx"
FORM = "bieu-thi-hanh-an-hanh-chinh"


def install_judgment_exports(server: Flask, site: Site) -> None:
    """Add the routes."""

    @policy(Permission.SEE_ADMINISTRATIVE_JUDGMENTS)
    def judgment_export() -> ResponseReturnValue:
        """The workbook of the filter in the address."""
        wanted = JudgmentFilter.from_address(request.args)
        asked = (site.database, principal_now(), site.organisation, wanted, site.is_sample, site.clock())
        return send_workbook(lambda path: save_judgments_list(*asked, path), NAME)

    @policy(Permission.SEE_ADMINISTRATIVE_JUDGMENTS)
    def judgment_form_workbook() -> ResponseReturnValue:
        """The form in the address as a workbook."""
        return _form(site, "xlsx", XLSX)

    @policy(Permission.SEE_ADMINISTRATIVE_JUDGMENTS)
    def judgment_form_word() -> ResponseReturnValue:
        """The form in the address as a Word file."""
        return _form(site, "docx", DOCX)

    @policy(Permission.SEE_ADMINISTRATIVE_JUDGMENTS)
    def judgment_form_pdf() -> ResponseReturnValue:
        """The form in the address as a PDF."""
        return _form(site, "pdf", PDF)

    server.add_url_rule(f"{PAGE}/export.xlsx", "judgment_export", judgment_export)
    server.add_url_rule(f"{PAGE}/form.xlsx", "judgment_form_workbook", judgment_form_workbook)
    server.add_url_rule(f"{PAGE}/form.docx", "judgment_form_word", judgment_form_word)
    server.add_url_rule(f"{PAGE}/form.pdf", "judgment_form_pdf", judgment_form_pdf)


def _form(site: Site, ending: str, kind: str) -> ResponseReturnValue:
    wanted = JudgmentFilter.from_address(request.args)
    asked = (site.database, principal_now(), site.organisation, wanted, site.is_sample, site.clock())
    try:
        return send_written(lambda path: save_judgment_form(*asked, path), f"{FORM}.{ending}", kind)
    except NotFound:
        abort(404)
