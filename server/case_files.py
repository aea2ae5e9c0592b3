"""Case workbooks over plain HTTP: hand one in, fetch the empty template, fetch the error report of one.

The form is a plain page: a file of any size is streamed to the disk, and it works without a script.
"""

from __future__ import annotations

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from actions.case_inbox import CaseInbox
from actions.import_cases import ImportMode
from actions.report_refused_rows import NoSuchFile, save_error_report, save_template
from actions.submit_case_file import SubmissionRefused, submit_case_file
from data_access.site import Site
from domain.permissions import Permission
from server.downloads import send_workbook
from server.plain_pages import PlainPages

PAGE = "/sources"
UPLOAD_BYTES = 41_000_000
REFUSALS = {
    "empty": "Chưa chọn tệp.",
    "kind": "Chỉ nhận tệp .xlsx, .xls hoặc .csv.",
    "disk": "Không ghi được tệp vào máy chủ. Báo quản trị kiểm tra dung lượng ổ đĩa.",
}


def install_case_files(server: Flask, site: Site, inbox: CaseInbox, plain: PlainPages) -> None:
    """Add the routes below /sources."""

    @policy(Permission.IMPORT_CASES, max_bytes=UPLOAD_BYTES)
    def case_file_upload() -> ResponseReturnValue:
        """The form; a file handed in goes to the watched folder, and /sources shows what becomes of it."""
        if request.method == "GET":
            return plain.render("upload", message="")
        file = request.files.get("file")
        mode = ImportMode.CHANGES if request.form.get("mode") == "changes" else ImportMode.FULL
        try:
            if file is None or not file.filename:
                raise SubmissionRefused("empty")
            submit_case_file(site.database, principal_now(), inbox, file.filename, file.stream, mode, site.clock())
        except SubmissionRefused as refused:
            return plain.render("upload", message=REFUSALS[refused.code]), 400
        return redirect(f"{PAGE}?result=sent", code=303)

    @policy(Permission.SEE_SOURCES)
    def case_file_template() -> ResponseReturnValue:
        """The empty canonical workbook."""
        return send_workbook(save_template, "mau-ho-so-thi-hanh-an.xlsx")

    @policy(Permission.IMPORT_CASES)
    def case_file_errors(public_id: str) -> ResponseReturnValue:
        """The refused rows of one file."""
        try:
            return send_workbook(
                lambda path: save_error_report(site.database, principal_now(), public_id, path), f"loi-{public_id}.xlsx"
            )
        except NoSuchFile:
            abort(404)

    server.add_url_rule(f"{PAGE}/upload", "case_file_upload", case_file_upload, methods=["GET", "POST"])
    server.add_url_rule(f"{PAGE}/template.xlsx", "case_file_template", case_file_template)
    server.add_url_rule(f"{PAGE}/errors/<string:public_id>.xlsx", "case_file_errors", case_file_errors)
