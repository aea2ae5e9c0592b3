"""What an operator takes away of alarms: a hand-over as Word and PDF, the workbook of alarm quality."""

from __future__ import annotations

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from actions.report_alarm_quality import save_alarm_quality
from actions.report_hand_over import save_hand_over_document
from data_access.scope import NotFound
from data_access.site import Site
from domain.alarm_quality import QualityPeriod
from domain.permissions import Permission
from server.downloads import DOCX, PDF, send_workbook, send_written

NAME = "bien-ban-ban-giao-ca"


def install_alarm_exports(server: Flask, site: Site) -> None:
    """Add the routes."""

    @policy(Permission.SEE_ALARMS)
    def hand_over_word() -> ResponseReturnValue:
        """The sheet in the address as a Word file."""
        return _sheet(site, f"{NAME}.docx", DOCX)

    @policy(Permission.SEE_ALARMS)
    def hand_over_pdf() -> ResponseReturnValue:
        """The sheet in the address as a PDF."""
        return _sheet(site, f"{NAME}.pdf", PDF)

    @policy(Permission.SEE_ALARMS)
    def alarm_quality_export() -> ResponseReturnValue:
        """The workbook of the period in the address."""
        period = QualityPeriod.from_address(request.args)
        asked = (site.database, principal_now(), site.organisation, period, site.is_sample, site.clock())
        return send_workbook(lambda path: save_alarm_quality(*asked, path), "chat-luong-canh-bao.xlsx")

    server.add_url_rule("/duty/sheet.docx", "hand_over_word", hand_over_word)
    server.add_url_rule("/duty/sheet.pdf", "hand_over_pdf", hand_over_pdf)
    server.add_url_rule("/alarm-quality/export.xlsx", "alarm_quality_export", alarm_quality_export)


def _sheet(site: Site, name: str, kind: str) -> ResponseReturnValue:
    public_id = request.args.get("sheet", "")[:64]
    asked = (site.database, principal_now(), site.organisation, public_id, site.is_sample, site.clock())
    try:
        return send_written(lambda path: save_hand_over_document(*asked, path), name, kind)
    except NotFound:
        abort(404)
