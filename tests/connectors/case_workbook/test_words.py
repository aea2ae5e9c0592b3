"""Closed lists: the canonical words, short forms and spellings; units and areas by any of their names."""

from __future__ import annotations

from datetime import date

import pytest

from connectors.case_workbook.cells import CellProblem
from connectors.case_workbook.reference import reference_of
from connectors.case_workbook.words import (
    area_code,
    case_kind,
    case_type,
    decision_kind,
    groups,
    money_kind,
    reference_key,
    unit_code,
)
from domain.cases import CASE_KIND_NAMES, CASE_TYPE_NAMES, DECISION_KIND_NAMES, MONEY_KIND_NAMES
from domain.units import Area, Organisation, Unit, UnitKind

OLD, NEW = date(2021, 1, 1), date(2025, 7, 1)


def test_every_canonical_word_is_its_own_meaning() -> None:
    for read, names in (
        (case_kind, CASE_KIND_NAMES),
        (case_type, CASE_TYPE_NAMES),
        (decision_kind, DECISION_KIND_NAMES),
        (money_kind, MONEY_KIND_NAMES),
    ):
        for member, name in names.items():
            assert read(name) == read(name.upper()) == member.value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Uỷ thác", "entrusted"),
        ("Huỷ quyết định", "cancelled"),
        ("Hoãn", "postponed"),
        ("Hoãn theo thoả thuận", "postponed_by_consent"),
        ("Hoãn (điểm c)", "postponed_by_consent"),
        ("tam dinh chi", "suspended"),
        ("Đình chỉ", "terminated"),
        ("Chưa có điều kiện thi hành án", "not_enforceable"),
    ],
)
def test_decisions_are_known_by_their_other_words(text: str, kind: str) -> None:
    assert decision_kind(text) == kind


def test_money_words_keep_apart_paying_and_collecting() -> None:
    assert [money_kind(text) for text in ("Thu", "Chi", "Chi trả", "Nộp NSNN", "Gửi ngân hàng", "Nhận tài sản")] == [
        "collected",
        "paid_out",
        "paid_out",
        "paid_to_budget",
        "deposited",
        "asset_in_satisfaction",
    ]


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("", ""),
        ("-", ""),
        ("TD", "TD"),
        ("td;ns", "NS;TD"),
        ("TD, NS", "NS;TD"),
        ("TD NS TN DN", "DN;NS;TD;TN"),
        ("TD;TD", "TD"),
        ("Tín dụng, ngân hàng", "TD"),
        ("Tham nhũng", "TN"),
        ("Thu ngân sách; Liên quan doanh nghiệp", "DN;NS"),
    ],
)
def test_groups_are_codes_or_names_in_any_order(cell: str, codes: str) -> None:
    assert groups(cell) == codes


def test_unknown_words_are_refused_with_what_is_allowed() -> None:
    for read in (case_kind, case_type, decision_kind, money_kind):
        with pytest.raises(CellProblem, match="chỉ nhận: "):
            read("gì đó")
        with pytest.raises(CellProblem, match="trống"):
            read("")
    with pytest.raises(CellProblem, match="chỉ nhận TD"):
        groups("TD;XX")


def a_unit(code: str, name: str, short_name: str, valid_from: date, valid_to: date | None) -> Unit:
    return Unit(code, name, short_name, UnitKind.SUB_DEPARTMENT, None, True, False, valid_from, valid_to)


ORGANISATION = Organisation(
    name="thử",
    title="",
    banner="",
    units=(
        a_unit("CCHUE", "Chi cục THADS thành phố Huế", "THADS TP Huế", OLD, date(2025, 6, 30)),
        a_unit("PHUVANG", "Chi cục THADS huyện Phú Vang", "Phú Vang", OLD, date(2025, 6, 30)),
        a_unit("HUE", "THADS thành phố Huế", "THADS TP Huế", NEW, None),
    ),
    areas=(
        Area("474", "Thành phố Huế", "district", False, OLD, date(2025, 6, 30)),
        Area("19804", "Phường Thuận An", "ward", False, NEW, None),
        Area("20000", "Xã Phú Vinh", "commune", False, NEW, None),
        Area("20001", "Phường Phú Vinh", "ward", False, NEW, None),
    ),
    territory=(),
    successions=(),
)


def test_units_are_found_by_code_name_short_name_and_long_form() -> None:
    read = unit_code(reference_of(ORGANISATION, date(2026, 11, 23)).unit_codes)
    for text in ("PHUVANG", "phú vang", "Chi cục THADS huyện Phú Vang", "Chi cục Thi hành án dân sự huyện Phú Vang"):
        assert read(text) == "PHUVANG"
    assert read("Chi cục THADS TP. Huế") == "CCHUE"
    with pytest.raises(CellProblem, match="không có đơn vị này"):
        read("Vang")


def test_a_name_that_moved_means_the_unit_in_force_today() -> None:
    before, after = reference_of(ORGANISATION, date(2025, 6, 30)), reference_of(ORGANISATION, date(2025, 7, 1))
    assert unit_code(before.unit_codes)("THADS TP Huế") == "CCHUE"
    assert unit_code(after.unit_codes)("THADS TP Huế") == "HUE"


def test_a_unit_that_handles_no_cases_issues_none(organisation: Organisation) -> None:
    read = unit_code(reference_of(organisation, date(2026, 11, 23)).unit_codes)
    assert read("CUC") == "CUC"
    with pytest.raises(CellProblem, match="không có đơn vị này"):
        read("HUE")


def test_areas_are_found_by_code_and_name_unless_the_name_is_ambiguous() -> None:
    read = area_code(reference_of(ORGANISATION, date(2026, 11, 23)).area_codes)
    for cell in ("19804", 19804.0, "Phường Thuận An", "P. Thuận An", "thuận an"):
        assert read(cell) == "19804"
    assert read("Xã Phú Vinh") == "20000"
    with pytest.raises(CellProblem):
        read("Phú Vinh")


def test_a_code_that_lost_its_zeros_in_excel_is_still_the_code() -> None:
    assert area_code({"00027": "00027"})(27.0) == "00027"


def test_short_and_long_forms_of_a_name_have_one_key() -> None:
    assert reference_key("CCTHADS H. Phú Vang") == reference_key("Chi cục Thi hành án dân sự huyện Phú Vang")
