"""A file of another system is handed in to be compared with the statistical form; a plain page, as for other files."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from access.principal import NotAllowed
from actions.reconcile_form import reconcile_form, save_reconciliation_template
from actions.submit_file import safe_file_name
from data_access.regimes import load_regimes
from data_access.site import Site
from domain.local_time import local_day
from domain.periods import PeriodRefused, periods_offered
from domain.permissions import Permission
from domain.shown_forms import FormFilter
from server.downloads import send_workbook
from server.plain_pages import PlainPages

PAGE = "/forms"
UPLOAD_BYTES = 10_500_000
NO_FILE = "Chưa chọn tệp."


def install_form_reconciliations(server: Flask, site: Site, plain: PlainPages) -> None:
    """Add the routes."""

    @policy(Permission.CLOSE_PERIODS, max_bytes=UPLOAD_BYTES)
    def form_reconcile() -> ResponseReturnValue:
        """The form; a file handed in is compared at once, and /forms shows what was found."""
        if principal_now().unit is not None:
            raise NotAllowed("a file speaks of every unit, so somebody of one unit may not hand it in")
        if request.method == "GET":
            return _page(site, plain, request.args.get("period", ""))
        file, code = request.files.get("file"), request.form.get("period", "")[:20]
        if file is None or not file.filename:
            return _page(site, plain, code, NO_FILE), 400
        try:
            _reconcile(site, code, safe_file_name(file.filename), file.stream)
        except PeriodRefused as refused:
            return _page(site, plain, code, str(refused)), 400
        return redirect(PAGE + FormFilter(period=code).address(), code=303)

    @policy(Permission.CLOSE_PERIODS)
    def form_reconcile_template() -> ResponseReturnValue:
        """The empty sheet with the units of a period."""
        code = request.args.get("period", "")[:20]
        return send_workbook(
            lambda path: save_reconciliation_template(site.organisation, code, site.clock(), path),
            "mau-doi-chieu-bieu-thong-ke.xlsx",
        )

    server.add_url_rule(f"{PAGE}/reconcile", "form_reconcile", form_reconcile, methods=["GET", "POST"])
    server.add_url_rule(f"{PAGE}/reconcile/template.xlsx", "form_reconcile_template", form_reconcile_template)


def _reconcile(site: Site, code: str, name: str, content: BinaryIO) -> None:
    """Compare what was sent; the file is gone from the disk afterwards, its name and digest are kept."""
    with tempfile.TemporaryDirectory(prefix="reconcile-") as folder:
        path = Path(folder) / f"sent{Path(name).suffix.lower()}"
        with path.open("wb") as written:
            shutil.copyfileobj(content, written)
        asked = (site.database, principal_now(), site.organisation, load_regimes())
        reconcile_form(*asked, code, name, path, site.clock())


def _page(site: Site, plain: PlainPages, code: str, message: str = "") -> str:
    today = local_day(site.clock())
    chosen = FormFilter.from_address({"period": code}).period_on(today).code
    periods = [(each.code, each.name) for each in periods_offered(today)]
    return plain.render("reconcile", message=message, periods=periods, chosen=chosen)
