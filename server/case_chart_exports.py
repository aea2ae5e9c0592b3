"""The charts of /cases and of a unit's page as PNG and SVG, under the filter of the address."""

from __future__ import annotations

from flask import Flask, abort, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from actions.report_case_charts import CaseChartQuestion, save_case_chart
from data_access.scope import NotFound
from data_access.site import Site
from domain.case_filters import CaseFilter
from domain.permissions import Permission
from server.downloads import PNG, SVG, send_written

NAME = "bieu-do-thi-hanh-an"


def install_case_chart_exports(server: Flask, site: Site) -> None:
    """Add the routes."""

    @policy(Permission.SEE_CASES)
    def case_chart_png() -> ResponseReturnValue:
        """The chart in the address as a PNG."""
        return _chart(site, f"{NAME}.png", PNG)

    @policy(Permission.SEE_CASES)
    def case_chart_svg() -> ResponseReturnValue:
        """The chart in the address as an SVG."""
        return _chart(site, f"{NAME}.svg", SVG)

    server.add_url_rule("/cases/chart.png", "case_chart_png", case_chart_png)
    server.add_url_rule("/cases/chart.svg", "case_chart_svg", case_chart_svg)


def _chart(site: Site, name: str, kind: str) -> ResponseReturnValue:
    wanted, chart = CaseFilter.from_address(request.args), request.args.get("chart", "")[:20]
    asked = CaseChartQuestion(principal_now(), site.organisation, wanted, site.is_sample, site.clock())
    try:
        return send_written(lambda path: save_case_chart(site.database, asked, chart, path), name, kind)
    except NotFound:
        abort(404)
