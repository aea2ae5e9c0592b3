"""The subjects a citizen may choose in the city's system, as Open311 lists services; no further questions are asked."""

from __future__ import annotations

NAMES = {
    "payout_question": "Thắc mắc chi trả tiền",
    "information_request": "Hỏi thông tin thi hành án",
    "online_request_help": "Hỏi nộp yêu cầu trực tuyến",
    "payout_schedule": "Hỏi lịch chi trả tiền",
    "long_wait": "Chờ lâu tại nơi tiếp dân",
    "boundary_moved": "Mốc giới bị xê dịch",
    "officer_conduct": "Thái độ phục vụ",
    "sign_hidden": "Biển chỉ dẫn bị che khuất",
    "crowd_at_gate": "Tụ tập trước trụ sở",
    "other": "Nội dung khác",
}
GROUP = "Thi hành án dân sự"


def services() -> list[dict[str, object]]:
    """Every subject as GET services gives it."""
    return [
        {
            "service_code": code,
            "service_name": name,
            "description": name,
            "metadata": False,
            "type": "realtime",
            "keywords": "",
            "group": GROUP,
        }
        for code, name in NAMES.items()
    ]
