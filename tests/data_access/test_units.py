from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data_access.units import OrganisationRefused, load_organisation

ROOT = Path(__file__).resolve().parents[2]
PACKS = sorted(path for path in (ROOT / "data" / "organisations").iterdir() if path.is_dir())
Change = Callable[[str], str]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the two-era pack that a test may break."""
    return Path(shutil.copytree(ROOT / "data" / "organisations" / "hue", tmp_path / "goi-thu"))


def rewrite(path: Path, change: Change, encoding: str = "utf-8") -> None:
    path.write_bytes(change(path.read_text(encoding="utf-8")).encode(encoding))


def as_vietnamese_excel(text: str) -> str:
    """Semicolons between cells, commas in numbers, Windows line ends, empty rows below."""
    written = io.StringIO(newline="")
    rows = [[cell.replace("83.5", "83,5") for cell in row] for row in csv.reader(io.StringIO(text))]
    csv.writer(written, delimiter=";").writerows([*rows, [""] * len(rows[0]), []])
    return written.getvalue()


def replace(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_every_pack_that_ships_can_be_used(folder: Path) -> None:
    organisation = load_organisation(folder)
    assert organisation.name == folder.name
    assert organisation.title and organisation.banner and organisation.units


def test_two_packs_ship() -> None:
    assert {folder.name for folder in PACKS} == {"hue", "hue-two-level"}


def test_a_row_becomes_what_it_says() -> None:
    organisation = load_organisation(ROOT / "data" / "organisations" / "hue-two-level")
    unit = organisation.unit_on("CUC", date(2026, 11, 23))
    assert unit is not None
    assert (unit.parent, unit.handles_cases, unit.illustrative, unit.valid_to) == ("HUE", True, False, None)
    assert unit.seat_area == "474"
    assert next(row.share for row in organisation.territory if row.area == "19873") == Decimal("0.56")


def test_a_byte_order_mark_semicolons_and_blank_lines_of_excel_are_read(pack: Path) -> None:
    expected = load_organisation(pack)
    for path in pack.glob("*.csv"):
        rewrite(path, as_vietnamese_excel, "utf-8-sig")
    assert load_organisation(pack) == expected


def test_the_year_9999_is_open(pack: Path) -> None:
    rewrite(pack / "units.csv", lambda text: text.replace("2025-07-01,,", "2025-07-01,9999-12-31,"))
    assert all(unit.valid_to is None for unit in load_organisation(pack).units_on(date(2026, 1, 1)))


def test_columns_may_stand_in_any_order_and_others_are_ignored(pack: Path) -> None:
    rows = [line.split(",") for line in (pack / "successions.csv").read_text(encoding="utf-8").splitlines()]
    text = "\n".join(",".join([*reversed(row), "ghi chú"]) for row in rows)
    expected = load_organisation(pack).successions
    (pack / "successions.csv").write_text(text, encoding="utf-8")
    assert load_organisation(pack).successions == expected


BROKEN: list[tuple[str, Change, str]] = [
    ("units.csv", replace("handles_cases", "thu_ly"), "units.csv: thiếu cột handles_cases"),
    ("areas.csv", replace("illustrative", "kind"), "areas.csv: thiếu cột illustrative"),
    ("territory.csv", replace("share", "area"), "territory.csv: cột area ghi hai lần"),
    ("units.csv", replace("2009-07-01", "01/07/2009"), 'units.csv dòng 2: cột "valid_from" là "01/07/2009"'),
    ("areas.csv", replace("2025-06-30", "2025-06-31"), 'areas.csv dòng 2: cột "valid_to" là "2025-06-31"'),
    ("units.csv", replace("department,HUE", "department,HEU"), 'dòng 3: cột "parent": không có đơn vị cấp trên "HEU"'),
    ("units.csv", replace(",474\n", ",999\n"), 'units.csv dòng 3: cột "seat_area": không có địa bàn "999"'),
    ("units.csv", replace("department", "cục"), 'units.csv dòng 3: cột "kind" là "cục", chỉ nhận province'),
    ("units.csv", replace("HUE,1,0", "HUE,có,0"), 'units.csv dòng 3: cột "handles_cases" là "có", chỉ nhận 0, 1'),
    ("units.csv", replace("Phú Vang,sub", ",sub"), 'cột "short_name" không được để trống'),
    ("units.csv", replace("sub_department,HUE,1,0,2009-07-01,2025-06-30,", 'x,"HUE,1'), "units.csv dòng"),
    ("units.csv", replace("HUE,1,0", "HUE,1,0,1,1,1,1"), "units.csv dòng 3: có 14 ô, tiêu đề chỉ có 10 cột"),
    ("units.csv", lambda text: "", "units.csv: tệp rỗng"),
    ("territory.csv", replace("TPHUE,474", "TPHEU,474"), 'territory.csv dòng 2: cột "unit": không có đơn vị "TPHEU"'),
    ("territory.csv", replace(",1\n", ",1.2\n"), 'territory.csv dòng 2: cột "share" là 1.2'),
    ("successions.csv", replace("19753", "19754"), 'successions.csv dòng 12: cột "area": không có địa bàn "19754"'),
    ("targets.csv", replace("HUE,2024", "HUE,24"), 'targets.csv dòng 2: cột "year" là "24"'),
    ("targets.csv", replace("83.25", "83,25"), "targets.csv dòng 2: có 8 ô"),
    ("targets.csv", replace("83.25", "NaN"), 'targets.csv dòng 2: cột "value" là "NaN"'),
    ("targets.csv", replace("83.25", "tám ba"), 'targets.csv dòng 2: cột "value" là "tám ba"'),
    ("pack.toml", replace('title = "', "title = "), "pack.toml trong goi-thu: không đọc được"),
    ("pack.toml", replace('title = "Trung', 'titel = "Trung'), 'pack.toml trong goi-thu: "title" phải là'),
    ("pack.toml", replace('"hue"', "5"), 'pack.toml trong goi-thu: "name" phải là'),
]


@pytest.mark.parametrize(("name", "change", "words"), BROKEN, ids=[words for _, _, words in BROKEN])
def test_a_broken_file_is_refused_with_file_row_and_reason(name: str, change: Change, words: str, pack: Path) -> None:
    rewrite(pack / name, change)
    with pytest.raises(OrganisationRefused) as refused:
        load_organisation(pack)
    assert words in str(refused.value)


def test_a_file_in_another_encoding_is_refused_with_what_to_do(pack: Path) -> None:
    rewrite(pack / "areas.csv", lambda text: text, "utf-16")
    with pytest.raises(OrganisationRefused, match="areas.csv: không phải UTF-8; hãy lưu lại"):
        load_organisation(pack)


def test_a_missing_file_and_a_missing_folder_are_refused_by_name(pack: Path) -> None:
    (pack / "successions.csv").unlink()
    with pytest.raises(OrganisationRefused, match="successions.csv: không đọc được"):
        load_organisation(pack)
    with pytest.raises(OrganisationRefused, match="Không có thư mục"):
        load_organisation(pack / "khong-co")


def test_a_pack_that_contradicts_itself_is_refused_with_the_first_reasons(pack: Path) -> None:
    rewrite(pack / "successions.csv", lambda text: text.splitlines()[0] + "\n")
    with pytest.raises(OrganisationRefused) as refused:
        load_organisation(pack)
    message = str(refused.value)
    assert message.startswith("Gói tổ chức goi-thu mâu thuẫn: đơn vị CUC kết thúc ngày 30/06/2025")
    assert message.endswith("và 5 lỗi khác")
