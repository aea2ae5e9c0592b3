"""Figures of the register of administrative judgments."""

from __future__ import annotations

from domain.other_indicators.records import Compared, OtherIndicator

_JUDGMENTS, _JUDGMENT_PAGE = "administrative_judgments", "/administrative-judgments"
_JUDGMENT_BASIS = "TT 04/2023/TT-BTP Đ30 (sổ thi hành án hành chính); TTLT 12/2021 (biểu 03/TKLN-THADS)"
_PARTLY = "tên theo báo cáo đã công bố, cách đếm chưa kiểm chứng; " + _JUDGMENT_BASIS

OF_JUDGMENTS: tuple[OtherIndicator, ...] = (
    OtherIndicator(
        "judgments_to_enforce",
        "Án hành chính phải thi hành",
        "bản án",
        "năm trước chuyển sang + mới vào sổ trong năm thống kê",
        _JUDGMENT_BASIS,
        "bản án đã xong hoặc bị hủy trước năm thống kê",
        _JUDGMENTS,
        _JUDGMENT_PAGE,
        Compared.DAY_END,
    ),
    OtherIndicator(
        "judgments_worked",
        "Án hành chính đã làm việc với các bên",
        "bản án",
        "số phải thi hành có ít nhất một lần làm việc với các bên đến ngày tính",
        _PARTLY,
        "lần làm việc không ghi vào sổ",
        _JUDGMENTS,
        _JUDGMENT_PAGE,
        Compared.DAY_END,
    ),
    OtherIndicator(
        "judgments_compelled",
        "Án hành chính có quyết định buộc thi hành",
        "bản án",
        "số phải thi hành có quyết định buộc thi hành án hành chính của Tòa án đến ngày tính",
        _PARTLY,
        "quyết định không ghi vào sổ",
        _JUDGMENTS,
        _JUDGMENT_PAGE,
        Compared.DAY_END,
    ),
    OtherIndicator(
        "judgments_completed",
        "Án hành chính thi hành xong",
        "bản án",
        "số phải thi hành có ngày xong trong năm thống kê",
        _JUDGMENT_BASIS,
        "bản án bị hủy, hoãn, tạm đình chỉ",
        _JUDGMENTS,
        _JUDGMENT_PAGE,
        Compared.DAY_END,
    ),
    OtherIndicator(
        "judgments_stopped",
        "Án hành chính hủy, hoãn, tạm đình chỉ",
        "bản án",
        "hủy trong năm thống kê + đang hoãn, tạm đình chỉ vào ngày tính",
        _JUDGMENT_BASIS,
        "bản án đã tiếp tục thi hành",
        _JUDGMENTS,
        _JUDGMENT_PAGE,
        Compared.DAY_END,
    ),
    OtherIndicator(
        "judgments_enforcing",
        "Án hành chính đang thi hành",
        "bản án",
        "phải thi hành − xong − hủy, hoãn, tạm đình chỉ",
        _JUDGMENT_BASIS,
        "bản án đang hoãn, tạm đình chỉ",
        _JUDGMENTS,
        _JUDGMENT_PAGE,
        Compared.DAY_END,
    ),
    OtherIndicator(
        "judgments_remaining",
        "Án hành chính còn theo dõi",
        "bản án",
        "phải thi hành − xong − hủy = đang thi hành + hoãn, tạm đình chỉ; chuyển sang năm sau",
        _JUDGMENT_BASIS,
        "bản án đã xong, bị hủy",
        _JUDGMENTS,
        _JUDGMENT_PAGE,
        Compared.DAY_END,
    ),
    OtherIndicator(
        "judgments_overdue",
        "Án hành chính quá hạn",
        "bản án",
        "bản án đang thi hành có thời hạn thông báo hoặc tự nguyện thi hành đã qua ngày cuối",
        "thời hạn đang có hiệu lực trong Quy tắc cảnh báo, mỗi thời hạn ghi căn cứ riêng",
        "bản án đang hoãn, tạm đình chỉ; bản án chưa rõ ngày bên phải thi hành nhận được",
        _JUDGMENTS,
        f"{_JUDGMENT_PAGE}?showing=overdue",
        Compared.DAY_END,
    ),
)
