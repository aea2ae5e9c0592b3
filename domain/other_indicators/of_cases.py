"""Figures of cases that are not columns of the form, and of what the product watches."""

from __future__ import annotations

from domain.other_indicators.records import OURS, Compared, OtherIndicator

OF_CASES: tuple[OtherIndicator, ...] = (
    OtherIndicator(
        "over_twelve_months",
        "Việc có điều kiện trên 12 tháng",
        "việc",
        "việc có điều kiện chưa xong, ngày thụ lý trước cùng ngày này năm trước",
        OURS,
        "việc chưa có điều kiện, hoãn (trừ theo thỏa thuận), tạm đình chỉ, sổ theo dõi riêng",
        "cases",
        "/cases?figure=enforceable_carried_forward&age=over12",
        Compared.DAY_END,
    ),
    OtherIndicator(
        "overdue_clocks",
        "Thời hạn luật định quá hạn",
        "việc",
        "việc có bước phải làm mà ngày đến hạn đã qua; một việc quá hạn hai bước tính hai lần",
        "thời hạn đang có hiệu lực trong Quy tắc cảnh báo, mỗi thời hạn ghi căn cứ riêng",
        "thời hạn chưa có quy định đang hiệu lực; việc đang hoãn hoặc tạm đình chỉ",
        "cases",
        "/deadlines",
        Compared.DAY_END,
    ),
    OtherIndicator(
        "alarms_open",
        "Cảnh báo đang mở",
        "cảnh báo",
        "cảnh báo chưa kết thúc theo quy tắc đang hiệu lực",
        OURS,
        "cảnh báo đang tạm ẩn",
        "alarms",
        "/console",
    ),
)
