"""Errors of the feed as problem+json (RFC 9457), in Vietnamese: for every status one title that says what to do."""

from __future__ import annotations

import json
from typing import Any

MIMETYPE = "application/problem+json"
TITLES = {
    400: "Yêu cầu không đúng",
    401: "Cần token còn hiệu lực",
    403: "Không có quyền, hoặc token thiếu phạm vi đọc",
    404: "Không có tài nguyên này",
    405: "Không dùng được phương thức này",
    413: "Nội dung quá lớn",
    415: "Kiểu nội dung không được nhận",
    429: "Hỏi quá nhiều, chờ rồi hỏi lại",
    503: "Chưa có số liệu để trả lời, thử lại sau",
}
OTHERWISE = "Lỗi của hệ thống"


# The types that NGSI-LD (ETSI GS CIM 009, 6.3.2) gives to its errors.
NGSI_TYPES = {
    400: "https://uri.etsi.org/ngsi-ld/errors/BadRequestData",
    404: "https://uri.etsi.org/ngsi-ld/errors/ResourceNotFound",
}


def problem(status: int, detail: str = "", type_: str = "about:blank", **members: Any) -> str:
    """The body; `detail` says what was wrong with this request, `members` are extensions."""
    body: dict[str, Any] = {"type": type_, "title": TITLES.get(status, OTHERWISE), "status": status}
    if detail:
        body["detail"] = detail
    return json.dumps(body | members, ensure_ascii=False)
