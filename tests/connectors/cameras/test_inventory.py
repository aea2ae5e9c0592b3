"""The inventory: what is taken in, what is refused by row, column and reason, and what is no inventory at all."""

from __future__ import annotations

from random import Random

import pytest

from connectors.base import WorkbookRefused
from connectors.cameras.inventory import COLUMNS, read_inventory
from domain.cameras import CameraKind, CameraPurpose, PrivacyClass

UNITS = {"cuc": "CUC", "phu loc": "PHULOC"}
HEAD = ",".join(COLUMNS.values())
GOOD = dict.fromkeys(COLUMNS, "") | {
    "code": "C1", "unit": "Phú Lộc", "place": "Cổng", "host": "10.1.2.3", "path": "/Streaming/Channels/102",
}  # fmt: skip


def a_file(*rows: dict[str, str]) -> bytes:
    lines = [",".join({**GOOD, **row}.values()) for row in rows]
    return "\n".join([HEAD, *lines]).encode("utf-8-sig")


def test_what_is_left_empty_has_a_careful_meaning() -> None:
    (entry,) = read_inventory(a_file({}), UNITS).records
    assert (entry.camera.unit, entry.camera.site, entry.camera.is_compliant) == ("PHULOC", "PHULOC", None)
    assert (entry.camera.kind, entry.camera.purpose) == (CameraKind.OTHER, CameraPurpose.OTHER)
    assert entry.camera.privacy is PrivacyClass.RESTRICTED
    assert (entry.endpoint.port, entry.endpoint.onvif_port, entry.endpoint.recorder) == (554, 0, None)


def test_words_are_taken_by_name_or_code_and_marks_as_people_write_them() -> None:
    fetched = read_inventory(
        a_file({"kind": "BÁN CẦU", "compliant": "x"}, {"code": "C2", "kind": "dome", "compliant": "Không"}), UNITS
    )
    assert [one.camera.kind for one in fetched.records] == [CameraKind.DOME] * 2
    assert [one.camera.is_compliant for one in fetched.records] == [True, False]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"code": "C 1"}, "Mã camera"),
        ({"unit": "Quảng Trị"}, "Đơn vị"),
        ({"place": ""}, "Vị trí"),
        ({"kind": "bay"}, "Kiểu"),
        ({"compliant": "có lẽ"}, "Đạt QCVN 11"),
        ({"host": "camera.example"}, "Địa chỉ"),
        ({"host": "8.8.8.8"}, "Địa chỉ"),
        ({"host": "169.254.169.254"}, "Địa chỉ"),
        ({"host": "0.0.0.0"}, "Địa chỉ"),
        ({"host": "224.0.0.1"}, "Địa chỉ"),
        ({"host": "0x7f000001"}, "Địa chỉ"),
        ({"host": "2130706433"}, "Địa chỉ"),
        ({"host": "10.1.2.3@8.8.8.8"}, "Địa chỉ"),
        ({"port": "70000"}, "Cổng"),
        ({"port": "-1"}, "Cổng"),
        ({"path": "live"}, "Đường dẫn"),
        ({"path": "/a b"}, "Đường dẫn"),
        ({"path": "/đường"}, "Đường dẫn"),
        ({"recorder_host": "10.1.2.4"}, "Kênh"),
        ({"recorder_host": "x", "channel": "1"}, "Địa chỉ đầu ghi"),
    ],
)
def test_a_row_nobody_can_use_is_refused_by_its_column_and_the_others_are_taken(
    row: dict[str, str], column: str
) -> None:
    fetched = read_inventory(a_file(row, {"code": "C2"}), UNITS)
    assert [one.camera.code for one in fetched.records] == ["C2"]
    assert [(one.reference, one.field) for one in fetched.refused] == [("dòng 2", column)]
    assert fetched.refused[0].reason.endswith(".")


def test_a_code_counts_once() -> None:
    fetched = read_inventory(a_file({}, {}), UNITS)
    assert (len(fetched.records), len(fetched.refused)) == (1, 1)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "rỗng"),
        (b"PK\x03\x04\xff\xfe", "UTF-8"),
        (HEAD.replace("Đường dẫn", "x").encode(), "Đường dẫn"),
        (f"{HEAD},Mật khẩu".encode(), "mật khẩu"),
        (b"x" * (2 * 1024 * 1024 + 1), "2 MB"),
        (("\n" * 2500).encode(), "2000 dòng"),
        (b'"' + b"x" * 200_000, "CSV"),
    ],
)
def test_what_is_no_inventory_is_refused_whole(content: bytes, said: str) -> None:
    with pytest.raises(WorkbookRefused, match=said):
        read_inventory(content, UNITS)


def test_five_hundred_damaged_files_are_rows_or_a_refusal() -> None:
    rng = Random(2027)
    good = a_file({}, {"code": "C2", "recorder_host": "10.1.2.4", "channel": "3"}, {"code": "C3"})
    for _ in range(500):
        body = bytearray(good)
        for _ in range(rng.randint(1, 6)):
            body[rng.randrange(len(body))] = rng.randrange(256)
        try:
            fetched = read_inventory(bytes(body[: rng.randrange(len(body)) + 1]), UNITS)
        except WorkbookRefused:
            continue
        assert len(fetched.records) + len(fetched.refused) <= 40
