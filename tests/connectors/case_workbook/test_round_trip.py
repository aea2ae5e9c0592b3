"""What is written into a workbook comes back as the same records, however it is laid out and spelled."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from payloads.workbooks import (
    CASE_HEADERS,
    DECISION_HEADERS,
    MONEY_HEADERS,
    REFERENCE,
    TODAY,
    csv_bytes,
    write_xls,
    write_xlsx,
)

from connectors.base import WorkbookRefused
from connectors.case_workbook import ParsedWorkbook, parse_workbook
from domain.cases import (
    CASE_KIND_NAMES,
    CASE_TYPE_NAMES,
    DECISION_KIND_NAMES,
    MONEY_KIND_NAMES,
    CaseGroup,
    CaseKey,
    CaseKind,
    CaseRecord,
    CaseType,
    DecisionRecord,
    MoneyRecord,
    statistical_year,
)

UNIT_TEXTS = {"PHUVANG": ["PHUVANG", "Phú Vang", "chi cục THADS huyện Phú Vang"], "HUONGTRA": ["HUONGTRA", "Hương Trà"]}
DAYS = st.dates(date(1990, 1, 1), TODAY + timedelta(days=1))
AMOUNTS = st.integers(0, 10**12)
UNITS = st.sampled_from(sorted(UNIT_TEXTS))
NUMBERS = st.from_regex(r"[1-9][0-9]{0,6}(a|b|/[1-9])?", fullmatch=True)
OFFICERS = st.one_of(st.none(), st.from_regex(r"CHV-[0-9]{2}", fullmatch=True))


@st.composite
def keys(draw: Any) -> tuple[CaseKey, date]:
    day = draw(DAYS)
    return CaseKey(draw(UNITS), draw(NUMBERS), statistical_year(day)), day


@st.composite
def cases(draw: Any) -> CaseRecord:
    key, decided_on = draw(keys())
    return CaseRecord(
        key=key,
        decided_on=decided_on,
        docketed_on=draw(DAYS),
        handling_unit=draw(UNITS),
        kind=draw(st.sampled_from(CaseKind)),
        case_type=draw(st.sampled_from(CaseType)),
        officer=draw(OFFICERS),
        area=draw(st.sampled_from([None, "19804", "00027"])),
        amount_due=draw(AMOUNTS),
        groups=draw(st.frozensets(st.sampled_from(CaseGroup))),
    )


@st.composite
def decisions(draw: Any) -> DecisionRecord:
    key, decided_on = draw(keys())
    kind = draw(st.sampled_from(sorted(DECISION_KIND_NAMES)))
    return DecisionRecord(key, decided_on, kind, draw(DAYS), draw(st.one_of(st.none(), AMOUNTS)), draw(st.booleans()))


@st.composite
def money(draw: Any) -> MoneyRecord:
    key, decided_on = draw(keys())
    kind = draw(st.sampled_from(sorted(MONEY_KIND_NAMES)))
    return MoneyRecord(key, decided_on, kind, draw(DAYS), draw(st.integers(-(10**12), 10**12)))


class Spelling:
    """How one agency writes things, chosen by Hypothesis."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.pick = lambda options: draw(st.sampled_from(options))

    def text(self, text: str) -> str:
        return self.pick([str, str.upper, str.lower, self.decomposed, self.without_marks, self.spaced])(text)

    def decomposed(self, text: str) -> str:
        return unicodedata.normalize("NFD", text)

    def without_marks(self, text: str) -> str:
        letters = self.decomposed(text).replace("đ", "d").replace("Đ", "D")
        return "".join(letter for letter in letters if not unicodedata.combining(letter))

    def spaced(self, text: str) -> str:
        return f" {text.replace(' ', chr(0xA0))} "

    def day(self, day: date) -> Any:
        serial = (day - date(1899, 12, 30)).days
        texts = [
            f"{day:%d/%m/%Y}",
            f"{day.day}/{day.month}/{day.year}",
            f"{day:%d-%m-%Y}",
            f"{day:%d.%m.%Y}",
            f"{day:%Y-%m-%d}",
        ]
        return self.pick([day, serial, *texts])

    def amount(self, amount: int | None) -> Any:
        if amount is None:
            return self.pick(["", "-"])
        dotted = f"{amount:,}".replace(",", ".")
        return self.pick([amount, dotted, f"{amount:,}", f"{dotted}đ", f"{dotted} đồng", dotted.replace(".", "\u00a0")])

    def number(self, number: str) -> Any:
        texts = [number, f"{number}/QĐ-CCTHADS", f"Số: {number}/QĐ-CTHADS", f"0{number}/QĐ-THADS"]
        return self.pick([*texts, int(number)] if number.isdigit() else texts)

    def unit(self, code: str) -> str:
        return self.text(self.pick(UNIT_TEXTS[code]))

    def key(self, record: Any) -> list[Any]:
        return [self.unit(record.key.issuing_unit), self.number(record.key.number), self.day(record.decided_on)]

    def case(self, case: CaseRecord) -> list[Any]:
        return [
            *self.key(case),
            self.day(case.docketed_on),
            self.unit(case.handling_unit),
            self.text(CASE_KIND_NAMES[case.kind]),
            self.text(CASE_TYPE_NAMES[case.case_type]),
            case.officer or self.pick(["", "-"]),
            self.pick([case.area, int(case.area)]) if case.area else "",
            self.amount(case.amount_due),
            self.pick(["; ", ";", ",", " "]).join(sorted(group.value for group in case.groups)),
        ]

    def decision(self, record: DecisionRecord) -> list[Any]:
        marks = ["x", "X"] if record.withdrawn else ["", "-"]
        kind = self.text(DECISION_KIND_NAMES[record.kind])
        return [*self.key(record), kind, self.day(record.effective_on), self.amount(record.amount), self.pick(marks)]

    def money(self, record: MoneyRecord) -> list[Any]:
        kind = self.text(MONEY_KIND_NAMES[record.kind])
        return [*self.key(record), self.day(record.effective_on), kind, self.amount(record.amount)]


def laid_out(draw: Any, headers: list[str], rows: list[list[Any]], spelling: Spelling) -> list[list[Any]]:
    """Titles above, columns in any order, an unknown column among them."""
    order = draw(st.permutations(range(len(headers))))
    titles = draw(st.lists(st.sampled_from([["SỔ THỤ LÝ"], [], ["Năm thống kê", 2027]]), max_size=4))
    table = [[*(spelling.text(headers[at]) for at in order), "Ghi chú"]]
    table += [[*(row[at] for at in order), "nội dung"] for row in rows]
    return [*titles, *table]


@st.composite
def workbooks(draw: Any) -> tuple[dict[str, list[list[Any]]], ParsedWorkbook]:
    spelling = Spelling(draw)
    expected = ParsedWorkbook(
        cases=draw(st.lists(cases(), min_size=1, max_size=4)),
        decisions=draw(st.lists(decisions(), max_size=4)),
        money=draw(st.lists(money(), max_size=4)),
    )
    sheets = {
        "Việc": laid_out(draw, CASE_HEADERS, [spelling.case(item) for item in expected.cases], spelling),
        "Quyết định": laid_out(
            draw, DECISION_HEADERS, [spelling.decision(item) for item in expected.decisions], spelling
        ),
        "Thu chi": laid_out(draw, MONEY_HEADERS, [spelling.money(item) for item in expected.money], spelling),
    }
    return sheets, expected


def assert_same_records(workbook: ParsedWorkbook, expected: ParsedWorkbook) -> None:
    assert workbook.rejected == []
    assert workbook.cases == expected.cases
    assert workbook.decisions == expected.decisions
    assert workbook.money == expected.money


@pytest.mark.parametrize(("write", "suffix"), [(write_xlsx, "xlsx"), (write_xls, "xls")], ids=["xlsx", "xls"])
@given(written=workbooks())
def test_records_come_back_from_a_workbook_as_they_went_in(
    write: Callable[..., Path], suffix: str, written: tuple[dict[str, list[list[Any]]], ParsedWorkbook]
) -> None:
    sheets, expected = written
    with tempfile.TemporaryDirectory() as folder:
        assert_same_records(parse_workbook(write(Path(folder) / f"viec.{suffix}", sheets), REFERENCE), expected)


@settings(max_examples=30)
@given(workbooks(), st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_records_come_back_from_csv_files_as_they_went_in(
    written: tuple[dict[str, list[list[Any]]], ParsedWorkbook], delimiter: str, encoding: str
) -> None:
    sheets, expected = written
    back = ParsedWorkbook()
    with tempfile.TemporaryDirectory() as folder:
        for name, rows in sheets.items():
            path = Path(folder) / f"{name}.csv"
            path.write_bytes(csv_bytes(rows, delimiter=delimiter, encoding=encoding))
            workbook = parse_workbook(path, REFERENCE)
            back.rejected += workbook.rejected
            back.cases += workbook.cases
            back.decisions += workbook.decisions
            back.money += workbook.money
    assert_same_records(back, expected)


HOSTILE_TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["NaN", "inf", "1e400", "=1+1", "＝cmd", "46\x00", "\ufeff", "a" * 2000, "Ngu\u0303y\u1ec5n", "-", "x"]
    ),
)
HOSTILE_CELL = st.one_of(HOSTILE_TEXT, st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.dates())


@given(st.lists(st.lists(HOSTILE_CELL, min_size=11, max_size=11), min_size=1, max_size=5))
def test_hostile_cells_land_in_rejected_rows_and_raise_nothing(rows: list[list[Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "viec.csv"
        path.write_bytes(csv_bytes([CASE_HEADERS, *rows]).replace(b"x", b"\xff"))
        workbook = parse_workbook(path, REFERENCE)
    assert workbook.rows_read + workbook.total_rows + workbook.note_rows <= len(rows)
    assert workbook.rows_read == len(workbook.cases) + len(workbook.rejected)
    for row in workbook.rejected:
        "".join((row.value, row.reason, *row.cells)).encode()
        assert row.reason


@settings(max_examples=200)
@given(
    st.binary(max_size=3000),
    st.sampled_from([".csv", ".xls", ".xlsx"]),
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe"]),
)
def test_random_bytes_are_refused_or_read_but_never_crash(content: bytes, suffix: str, start: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"viec{suffix}"
        path.write_bytes(start + content)
        try:
            parse_workbook(path, REFERENCE)
        except WorkbookRefused as refused:
            assert refused.reason
