"""Workbooks of what a page shows under the same address, at …/export.xlsx of field reports, attendance, reception,
cameras, security, directives, cases, running clocks, forecast, public services,
training and equipment."""

from __future__ import annotations

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from actions.make_case_workbook import LONG_ROWS
from actions.report_attendance import save_month
from actions.report_cameras import save_cameras
from actions.report_cases import case_rows_expected, save_cases
from actions.report_deadlines import save_running_clocks
from actions.report_directives import save_directives
from actions.report_field_reports import save_field_reports
from actions.report_forecast import save_forecast
from actions.report_public_services import save_public_services_workbook
from actions.report_reception import save_reception
from actions.report_security import save_security
from actions.report_training import save_equipment, save_training
from data_access.case_workbooks import workbook_content
from data_access.scope import NotFound
from data_access.site import Site
from domain.case_filters import CaseFilter
from domain.deadline_radar import ClockFilter
from domain.directives import DirectiveFilter
from domain.permissions import Permission
from domain.public_services import ServiceFilter
from domain.report_filters import ReportFilter
from domain.security import SecurityFilter
from domain.year_path import ForecastFilter
from server.case_chart_exports import install_case_chart_exports
from server.downloads import XLSX, send_workbook, send_written
from server.judgment_exports import install_judgment_exports

CASES_NAME = "viec-thi-hanh-an.xlsx"
TOO_LONG = "Danh sách dài: mở trang Thi hành án với bộ lọc này và bấm Lập Excel."


def _install_directive_export(server: Flask, site: Site) -> None:
    @policy(Permission.SEE_DIRECTIVES)
    def directive_export() -> ResponseReturnValue:
        """The workbook of the filter in the address."""
        wanted = DirectiveFilter.from_address(request.args)
        asked = (site.database, principal_now(), site.organisation, wanted, site.is_sample, site.clock())
        return send_workbook(lambda path: save_directives(*asked, path), "chi-dao.xlsx")

    server.add_url_rule("/directives/export.xlsx", "directive_export", directive_export)


def _install_case_export(server: Flask, site: Site) -> None:
    @policy(Permission.SEE_CASES)
    def case_export() -> ResponseReturnValue:
        """The workbook of the filter in the address; 404 for a unit outside the person's scope."""
        wanted = CaseFilter.from_address(request.args)
        asked = (site.database, principal_now(), site.organisation, wanted, site.is_sample, site.clock())
        try:
            number = case_rows_expected(site.database, principal_now(), site.organisation, wanted, site.clock())
            if number > LONG_ROWS:
                return Response(TOO_LONG, status=409, mimetype="text/plain")
            return send_workbook(lambda path: save_cases(*asked, path), CASES_NAME)
        except NotFound:
            abort(404)

    @policy(Permission.SEE_CASES)
    def made_case_export() -> ResponseReturnValue:
        """The workbook that a job of the person made; 404 for anybody else's and for one that is gone."""
        name = request.args.get("workbook", "")[:64]
        try:
            with site.database.reading() as session:
                content = workbook_content(session, principal_now(), name, site.clock())
        except NotFound:
            abort(404)
        return send_written(lambda path: path.write_bytes(content), CASES_NAME, XLSX)

    server.add_url_rule("/cases/made.xlsx", "made_case_export", made_case_export)

    server.add_url_rule("/cases/export.xlsx", "case_export", case_export)


def _install_clock_export(server: Flask, site: Site) -> None:
    @policy(Permission.SEE_CASES)
    def clock_export() -> ResponseReturnValue:
        """The workbook of the filter in the address."""
        wanted = ClockFilter.from_address(request.args)
        asked = (site.database, principal_now(), site.organisation, wanted, site.is_sample, site.clock())
        return send_workbook(lambda path: save_running_clocks(*asked, path), "thoi-han-luat-dinh.xlsx")

    server.add_url_rule("/deadlines/export.xlsx", "clock_export", clock_export)


def _install_forecast_export(server: Flask, site: Site) -> None:
    @policy(Permission.SEE_CASES)
    def forecast_export() -> ResponseReturnValue:
        """The workbook of all visible units, in what the address counts in."""
        wanted = ForecastFilter.from_address(request.args)
        asked = (site.database, principal_now(), site.organisation, wanted, site.is_sample, site.clock())
        return send_workbook(lambda path: save_forecast(*asked, path), "du-bao-cuoi-nam.xlsx")

    server.add_url_rule("/forecast/export.xlsx", "forecast_export", forecast_export)


def _install_service_export(server: Flask, site: Site) -> None:
    @policy(Permission.SEE_PUBLIC_SERVICES)
    def service_export() -> ResponseReturnValue:
        """The workbook of the filter in the address."""
        wanted = ServiceFilter.from_address(request.args)
        asked = (site.database, principal_now(), site.organisation, wanted, site.is_sample, site.clock())
        return send_workbook(lambda path: save_public_services_workbook(*asked, path), "dich-vu-cong.xlsx")

    server.add_url_rule("/public-services/export.xlsx", "service_export", service_export)


def _install_training_exports(server: Flask, site: Site) -> None:
    @policy(Permission.SEE_TRAINING)
    def training_export() -> ResponseReturnValue:
        """The sessions of the year in the address, and the newest tests."""
        year = request.args.get("year", "")[:4]
        asked = (site.database, principal_now(), site.organisation, year, site.is_sample, site.clock())
        return send_workbook(lambda path: save_training(*asked, path), "dao-tao.xlsx")

    @policy(Permission.SEE_TRAINING)
    def equipment_export() -> ResponseReturnValue:
        """The registers of the person's units."""
        asked = (site.database, principal_now(), site.organisation, site.is_sample, site.clock())
        return send_workbook(lambda path: save_equipment(*asked, path), "trang-thiet-bi.xlsx")

    server.add_url_rule("/training/export.xlsx", "training_export", training_export)
    server.add_url_rule("/training/equipment.xlsx", "equipment_export", equipment_export)


def install_exports(server: Flask, site: Site) -> None:
    """Add the routes."""
    _install_directive_export(server, site)
    _install_case_export(server, site)
    _install_clock_export(server, site)
    _install_forecast_export(server, site)
    _install_service_export(server, site)
    _install_training_exports(server, site)
    install_judgment_exports(server, site)
    install_case_chart_exports(server, site)

    @policy(Permission.SEE_FIELD_REPORTS)
    def field_report_export() -> ResponseReturnValue:
        """The workbook of the filter in the address."""
        wanted = ReportFilter.from_address(request.args)
        asked = (site.database, principal_now(), site.organisation, wanted, site.is_sample, site.clock())
        return send_workbook(lambda path: save_field_reports(*asked, path), "phan-anh-hien-truong.xlsx")

    @policy(Permission.SEE_CAMERAS)
    def camera_export() -> ResponseReturnValue:
        """The workbook of the unit in the address."""
        unit = request.args.get("unit", "")[:40]
        asked = (site.database, principal_now(), site.organisation, unit, site.is_sample, site.clock())
        return send_workbook(lambda path: save_cameras(*asked, path), "camera.xlsx")

    @policy(Permission.SEE_ATTENDANCE)
    def attendance_export() -> ResponseReturnValue:
        """The month table of the unit in the address."""
        wanted = (request.args.get("unit", "")[:40], request.args.get("month", "")[:7])
        asked = (site.database, principal_now(), site.organisation, wanted, site.is_sample, site.clock())
        return send_workbook(lambda path: save_month(*asked, path), "cham-cong.xlsx")

    @policy(Permission.SEE_SECURITY)
    def security_export() -> ResponseReturnValue:
        """The workbook of the filter in the address."""
        wanted = SecurityFilter.from_address(request.args)
        asked = (site.database, principal_now(), site.organisation, wanted, site.is_sample, site.clock())
        return send_workbook(lambda path: save_security(*asked, path), "an-ninh.xlsx")

    server.add_url_rule("/security/export.xlsx", "security_export", security_export)

    @policy(Permission.SEE_RECEPTION)
    def reception_export() -> ResponseReturnValue:
        """The month in the address."""
        month = request.args.get("month", "")[:7]
        asked = (site.database, principal_now(), site.organisation, month, site.is_sample, site.clock())
        return send_workbook(lambda path: save_reception(*asked, path), "tiep-cong-dan.xlsx")

    server.add_url_rule("/reception/export.xlsx", "reception_export", reception_export)
    server.add_url_rule("/attendance/export.xlsx", "attendance_export", attendance_export)
    server.add_url_rule("/field-reports/export.xlsx", "field_report_export", field_report_export)
    server.add_url_rule("/cameras/export.xlsx", "camera_export", camera_export)
