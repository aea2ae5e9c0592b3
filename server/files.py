"""Files over plain HTTP: hand in a case workbook or a sheet of another feed, fetch an empty one, fetch an error report.

The form is a plain page: a file of any size is streamed to the disk, and it works without a script.
"""

from __future__ import annotations

from flask import Flask, abort, redirect, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from actions.case_inbox import CaseInbox
from actions.report_refused_rows import NoSuchFile, save_error_report, save_template
from actions.sheet_templates import TEMPLATES, save_sheet_template
from actions.submit_file import SubmissionRefused, destinations_of, submit_file
from data_access.site import Site
from domain.permissions import Permission
from server.downloads import send_workbook
from server.plain_pages import PlainPages

PAGE = "/sources"
UPLOAD_BYTES = 41_000_000
# The words of the form for each place a file may go to: what it is, and what happens with it.
PLACES = {
    "full": (
        "Hồ sơ thi hành án, đầy đủ",
        "mọi việc đang thi hành và của năm nay; việc không còn trong tệp thôi được tính",
    ),
    "changes": ("Hồ sơ thi hành án, thay đổi", "chỉ những gì mới; không việc nào bị bỏ"),
    "reception": ("Tiếp công dân", "lượt tiếp, hoặc sổ khiếu nại, tố cáo"),
    "public_services": ("Dịch vụ công", "hồ sơ, hoặc danh mục dịch vụ"),
    "training": ("Đào tạo, truyền thông", "buổi theo đơn vị, hoặc kết quả kiểm tra"),
    "equipment": ("Trang thiết bị", "sổ trang thiết bị; thay toàn bộ sổ của các đơn vị có trong bảng"),
    "administrative_judgments": ("Án hành chính", "sổ theo dõi thi hành án hành chính; không bản án nào bị bỏ"),
    "security": ("An ninh", "sổ trực của bảo vệ"),
    "observations": ("Số liệu theo kỳ", "chỉ tiêu của phần mềm khác, khảo sát, theo đơn vị và kỳ"),
    "attendance": ("Chấm công", "máy chấm công, cán bộ theo mã, nghỉ và công tác, hoặc lượt chấm"),
    "cameras": ("Camera", "danh sách camera (CSV)"),
}
REFUSALS = {
    "empty": "Chưa chọn tệp.",
    "kind": "Chỉ nhận tệp .xlsx, .xls hoặc .csv.",
    "place": "Chọn loại tệp.",
    "disk": "Không ghi được tệp vào máy chủ. Báo quản trị kiểm tra dung lượng ổ đĩa.",
}


def install_files(server: Flask, site: Site, inbox: CaseInbox, plain: PlainPages) -> None:
    """Add the routes below /sources."""

    @policy(Permission.IMPORT_CASES, max_bytes=UPLOAD_BYTES)
    def file_upload() -> ResponseReturnValue:
        """The form; a file handed in goes to the watched folder, and /sources shows what becomes of it."""
        if request.method == "GET":
            return _form()
        file, place = request.files.get("file"), request.form.get("mode", "")
        try:
            if file is None or not file.filename:
                raise SubmissionRefused("empty")
            submit_file(site.database, principal_now(), inbox, file.filename, file.stream, place, site.clock())
        except SubmissionRefused as refused:
            return _form(REFUSALS[refused.code]), 400
        return redirect(f"{PAGE}?result=sent", code=303)

    def _form(message: str = "") -> str:
        places = destinations_of(principal_now())
        templates = [(kind, title) for kind, (title, _) in TEMPLATES.items()]
        return plain.render("upload", message=message, places=places, words=PLACES, templates=templates)

    @policy(Permission.SEE_SOURCES)
    def sheet_template(kind: str) -> ResponseReturnValue:
        """The empty sheet of one kind."""
        if kind not in TEMPLATES:
            abort(404)
        return send_workbook(lambda path: save_sheet_template(kind, path), f"mau-{kind}.xlsx")

    @policy(Permission.SEE_SOURCES)
    def case_template() -> ResponseReturnValue:
        """The empty canonical workbook."""
        return send_workbook(save_template, "mau-ho-so-thi-hanh-an.xlsx")

    @policy(Permission.IMPORT_CASES)
    def file_errors(public_id: str) -> ResponseReturnValue:
        """The refused rows of one file."""
        try:
            return send_workbook(
                lambda path: save_error_report(site.database, principal_now(), public_id, path), f"loi-{public_id}.xlsx"
            )
        except NoSuchFile:
            abort(404)

    server.add_url_rule(f"{PAGE}/upload", "file_upload", file_upload, methods=["GET", "POST"])
    server.add_url_rule(f"{PAGE}/template/<string:kind>.xlsx", "sheet_template", sheet_template)
    server.add_url_rule(f"{PAGE}/template.xlsx", "case_template", case_template)
    server.add_url_rule(f"{PAGE}/errors/<string:public_id>.xlsx", "file_errors", file_errors)
