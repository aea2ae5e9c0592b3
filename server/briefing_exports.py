"""What a person takes away of a briefing: Word, PDF, its charts as PNG and SVG; and the charts that the page shows."""

from __future__ import annotations

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from actions.report_briefing import chart_to_look_at, save_briefing_chart, save_briefing_document
from data_access.scope import NotFound
from data_access.site import Site
from domain.permissions import Permission
from server.downloads import DOCX, PDF, PNG, SVG, send_written

NAME, CHART_NAME = "ban-tin", "bieu-do"


def install_briefing_exports(server: Flask, site: Site) -> None:
    """Add the routes."""

    @policy(Permission.SEE_BRIEFING)
    def briefing_word() -> ResponseReturnValue:
        """The briefing in the address as a Word file."""
        return _document(site, f"{NAME}.docx", DOCX)

    @policy(Permission.SEE_BRIEFING)
    def briefing_pdf() -> ResponseReturnValue:
        """The briefing in the address as a PDF."""
        return _document(site, f"{NAME}.pdf", PDF)

    @policy(Permission.SEE_BRIEFING)
    def briefing_chart_png() -> ResponseReturnValue:
        """The chart in the address as a PNG."""
        return _chart(site, f"{CHART_NAME}.png", PNG)

    @policy(Permission.SEE_BRIEFING)
    def briefing_chart_svg() -> ResponseReturnValue:
        """The chart in the address as an SVG."""
        return _chart(site, f"{CHART_NAME}.svg", SVG)

    @policy(Permission.SEE_BRIEFING)
    def briefing_chart_shown() -> ResponseReturnValue:
        """The chart in the address, for the page."""
        asked = (site.database, principal_now(), site.organisation, *_named(), site.clock())
        try:
            return Response(chart_to_look_at(*asked), mimetype=SVG)
        except NotFound:
            abort(404)

    server.add_url_rule("/briefing/briefing.docx", "briefing_word", briefing_word)
    server.add_url_rule("/briefing/briefing.pdf", "briefing_pdf", briefing_pdf)
    server.add_url_rule("/briefing/chart.png", "briefing_chart_png", briefing_chart_png)
    server.add_url_rule("/briefing/chart.svg", "briefing_chart_svg", briefing_chart_svg)
    server.add_url_rule("/briefing/shown.svg", "briefing_chart_shown", briefing_chart_shown)


def _named() -> tuple[str, str]:
    return request.args.get("briefing", "")[:64], request.args.get("chart", "")[:20]


def _document(site: Site, name: str, kind: str) -> ResponseReturnValue:
    asked = (site.database, principal_now(), site.organisation, _named()[0], site.clock())
    try:
        return send_written(lambda path: save_briefing_document(*asked, path), name, kind)
    except NotFound:
        abort(404)


def _chart(site: Site, name: str, kind: str) -> ResponseReturnValue:
    asked = (site.database, principal_now(), site.organisation, *_named(), site.clock())
    try:
        return send_written(lambda path: save_briefing_chart(*asked, path), name, kind)
    except NotFound:
        abort(404)
