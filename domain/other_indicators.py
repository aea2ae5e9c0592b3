"""Figures beside the statistical form that screens show: what each means, from where, and what it leaves out.

Their values have their own questions; here stands the one definition in words that every screen and document refers to.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OtherIndicator:
    """One number that is not of the form; `source` is a name of the catalogue of sources, `page` where it is worked."""

    id: str
    name: str
    unit: str
    formula: str
    legal_basis: str
    excludes: str
    source: str
    page: str


_OURS = "chỉ tiêu quản lý của cơ quan"
_PLEDGE = "cam kết của Đề án 2018"
_JUDGMENTS, _JUDGMENT_PAGE = "administrative_judgments", "/administrative-judgments"
_JUDGMENT_BASIS = "TT 04/2023/TT-BTP Đ30 (sổ thi hành án hành chính); TTLT 12/2021 (biểu 03/TKLN-THADS)"
_PARTLY = "tên theo báo cáo đã công bố, cách đếm chưa kiểm chứng; " + _JUDGMENT_BASIS
OTHER_INDICATORS: dict[str, OtherIndicator] = {
    one.id: one
    for one in (
        OtherIndicator(
            "over_twelve_months",
            "Việc có điều kiện trên 12 tháng",
            "việc",
            "việc có điều kiện chưa xong, ngày thụ lý trước cùng ngày này năm trước",
            _OURS,
            "việc chưa có điều kiện, hoãn (trừ theo thỏa thuận), tạm đình chỉ, sổ theo dõi riêng",
            "cases",
            "/cases?figure=enforceable_carried_forward&age=over12",
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
        ),
        OtherIndicator(
            "reports_open",
            "Phản ánh mở",
            "phản ánh",
            "phản ánh hiện trường đã tiếp nhận, chưa đóng và chưa bị từ chối",
            "quy chế xử lý phản ánh của thành phố, thời hạn do cơ quan nhập",
            "phản ánh đã đóng, từ chối",
            "field_reports",
            "/field-reports",
        ),
        OtherIndicator(
            "reports_overdue",
            "Phản ánh quá hạn",
            "phản ánh",
            "phản ánh mở mà hạn xử lý đã qua; hạn của nguồn trước, của cơ quan sau",
            "quy chế xử lý phản ánh của thành phố, thời hạn do cơ quan nhập",
            "phản ánh không có hạn",
            "field_reports",
            "/field-reports?showing=overdue",
        ),
        OtherIndicator(
            "attendance_present",
            "Có mặt",
            "người",
            "người có chấm công hôm nay trên số phải có mặt theo lịch",
            _PLEDGE,
            "người nghỉ có lý do, đi công tác; người mà không máy nào có thể ghi nhận",
            "attendance",
            "/attendance",
        ),
        OtherIndicator(
            "receptions_monitored",
            "Lượt tiếp công dân được giám sát",
            "%",
            "lượt tiếp có camera hoạt động suốt buổi / lượt tiếp biết được",
            _PLEDGE,
            "lượt không rõ camera có hoạt động",
            "reception",
            "/reception",
        ),
        OtherIndicator(
            "services_on_time",
            "Dịch vụ công đúng hạn",
            "%",
            "hồ sơ trả kết quả không sau hạn / hồ sơ đã trả kết quả có ghi hạn",
            _OURS,
            "hồ sơ không ghi hạn; hồ sơ trả lại; hồ sơ đang giải quyết",
            "public_services",
            "/public-services",
        ),
        OtherIndicator(
            "services_online",
            "Hồ sơ dịch vụ công trực tuyến",
            "%",
            "hồ sơ trực tuyến toàn trình hoặc một phần / hồ sơ rõ kênh tiếp nhận",
            _PLEDGE,
            "hồ sơ nguồn không ghi kênh",
            "public_services",
            "/public-services",
        ),
        OtherIndicator(
            "services_from_afar",
            "Người ngoài tỉnh dùng dịch vụ từ xa",
            "%",
            "hồ sơ của người ngoài tỉnh nộp trực tuyến hoặc qua bưu chính / hồ sơ của người ngoài tỉnh rõ kênh",
            _PLEDGE,
            "hồ sơ không ghi nơi ở hoặc kênh; người chưa từng nộp hồ sơ",
            "public_services",
            "/public-services?origin=outside",
        ),
        OtherIndicator(
            "services_satisfied",
            "Hài lòng về dịch vụ công",
            "%",
            "lượt đánh giá hài lòng / lượt có đánh giá",
            _PLEDGE,
            "hồ sơ không ai đánh giá",
            "public_services",
            "/public-services",
        ),
        OtherIndicator(
            "cameras_working",
            "Camera hoạt động",
            "camera",
            "camera có hình trong lần kiểm tra gần nhất trên số đã lắp đặt",
            _PLEDGE,
            "camera đứng sau đường truyền bị đứt: chưa rõ, không tính là mất",
            "cameras",
            "/cameras",
        ),
        OtherIndicator(
            "staff_proficient",
            "Cán bộ đạt kiểm tra kỹ năng",
            "%",
            "cán bộ đạt lần kiểm tra mới nhất / tổng số cán bộ của các đơn vị đã báo cáo kiểm tra",
            _PLEDGE,
            "đơn vị chưa báo cáo kiểm tra; cán bộ chưa dự kiểm tra vẫn ở mẫu số",
            "training",
            "/training",
        ),
        OtherIndicator(
            "offices_equipped",
            "Trụ sở đủ trang thiết bị",
            "%",
            "trụ sở đạt mọi dòng của danh mục nhu cầu / trụ sở biết được",
            _PLEDGE,
            "đơn vị chưa gửi sổ; trụ sở mà sổ không ghi năm hoặc nối mạng đủ để kết luận",
            "equipment",
            "/training",
        ),
        OtherIndicator(
            "judgments_to_enforce",
            "Án hành chính phải thi hành",
            "bản án",
            "năm trước chuyển sang + mới vào sổ trong năm thống kê",
            _JUDGMENT_BASIS,
            "bản án đã xong hoặc bị hủy trước năm thống kê",
            _JUDGMENTS,
            _JUDGMENT_PAGE,
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
        ),
        OtherIndicator(
            "alarms_open",
            "Cảnh báo đang mở",
            "cảnh báo",
            "cảnh báo chưa kết thúc theo quy tắc đang hiệu lực",
            _OURS,
            "cảnh báo đang tạm ẩn",
            "alarms",
            "/console",
        ),
    )
}
