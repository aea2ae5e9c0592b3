"""Figures of public services, training and equipment."""

from __future__ import annotations

from domain.other_indicators.records import OURS, PLEDGE, Compared, OtherIndicator

OF_SERVICES: tuple[OtherIndicator, ...] = (
    OtherIndicator(
        "services_on_time",
        "Dịch vụ công đúng hạn",
        "%",
        "hồ sơ trả kết quả không sau hạn / hồ sơ đã trả kết quả có ghi hạn",
        OURS,
        "hồ sơ không ghi hạn; hồ sơ trả lại; hồ sơ đang giải quyết",
        "public_services",
        "/public-services",
        Compared.DAY_END,
    ),
    OtherIndicator(
        "services_online",
        "Hồ sơ dịch vụ công trực tuyến",
        "%",
        "hồ sơ trực tuyến toàn trình hoặc một phần / hồ sơ rõ kênh tiếp nhận",
        PLEDGE,
        "hồ sơ nguồn không ghi kênh",
        "public_services",
        "/public-services",
        Compared.DAY_END,
    ),
    OtherIndicator(
        "services_from_afar",
        "Người ngoài tỉnh dùng dịch vụ từ xa",
        "%",
        "hồ sơ của người ngoài tỉnh nộp trực tuyến hoặc qua bưu chính / hồ sơ của người ngoài tỉnh rõ kênh",
        PLEDGE,
        "hồ sơ không ghi nơi ở hoặc kênh; người chưa từng nộp hồ sơ",
        "public_services",
        "/public-services?origin=outside",
        Compared.DAY_END,
    ),
    OtherIndicator(
        "services_satisfied",
        "Hài lòng về dịch vụ công",
        "%",
        "lượt đánh giá hài lòng / lượt có đánh giá",
        PLEDGE,
        "hồ sơ không ai đánh giá",
        "public_services",
        "/public-services",
        Compared.NOT_KEPT,
    ),
    OtherIndicator(
        "staff_proficient",
        "Cán bộ đạt kiểm tra kỹ năng",
        "%",
        "cán bộ đạt lần kiểm tra mới nhất / tổng số cán bộ của các đơn vị đã báo cáo kiểm tra",
        PLEDGE,
        "đơn vị chưa báo cáo kiểm tra; cán bộ chưa dự kiểm tra vẫn ở mẫu số",
        "training",
        "/training",
        Compared.DAY_END,
    ),
    OtherIndicator(
        "offices_equipped",
        "Trụ sở đủ trang thiết bị",
        "%",
        "trụ sở đạt mọi dòng của danh mục nhu cầu / trụ sở biết được",
        PLEDGE,
        "đơn vị chưa gửi sổ; trụ sở mà sổ không ghi năm hoặc nối mạng đủ để kết luận",
        "equipment",
        "/training",
        Compared.NOT_KEPT,
    ),
)
