"""The tables of /administration."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from components.administration_tables import ACTION_NAMES, AuditRow, UserRow, audit_table, users_table
from domain.permissions import Role

AT = datetime(2026, 11, 23, 2, 40, tzinfo=UTC)


def a_user(**changes: object) -> UserRow:
    values = {
        "public_id": "p1",
        "name": "truc",
        "role": Role.OPERATOR,
        "unit_name": "Toàn tỉnh",
        "created_at": AT,
        "last_sign_in_at": None,
        "is_disabled": False,
        "is_demo": False,
        "is_self": False,
    }
    return UserRow(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "offered"),
    [
        ({}, {"role", "reset", "disable"}),
        ({"is_self": True}, {"role", "reset"}),
        ({"is_disabled": True}, {"enable"}),
        ({"is_disabled": True, "is_demo": True}, set()),
    ],
)
def test_a_row_offers_only_what_can_be_done_to_it(changes: dict[str, object], offered: set[str]) -> None:
    drawn = str(users_table([a_user(**changes)]).to_plotly_json())
    assert {action for action in ("role", "reset", "disable", "enable") if f"'action': '{action}'" in drawn} == offered


def test_times_are_those_of_hue_and_never_is_said_in_words() -> None:
    drawn = str(users_table([a_user(), a_user(last_sign_in_at=AT)]).to_plotly_json())
    assert "09:40, 23/11/2026" in drawn and "chưa lần nào" in drawn


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ('{"role": "leader", "unit": null, "address": "10.0.0.7"}', "vai trò: Lãnh đạo · từ: 10.0.0.7"),
        ('{"unknown_key": 3}', "unknown_key: 3"),
        ('{"role": ["odd"]}', "vai trò: ['odd']"),
        ("a sentence", "a sentence"),
        ("[1, 2]", "[1, 2]"),
    ],
)
def test_a_detail_is_read_out_whatever_was_stored(detail: str, shown: str) -> None:
    row = AuditRow(1_234, AT, "quantri", Role.ADMINISTRATOR, "some_new_action", "x", detail)
    drawn = str(audit_table([row]).to_plotly_json())
    assert shown in drawn.replace("\\'", "'") and "1.234" in drawn and "some_new_action" in drawn


def test_empty_tables_say_so_in_words() -> None:
    for table in (users_table([]), audit_table([])):
        assert "Chưa có" in str(table) or "chưa có" in str(table)


def test_every_action_that_is_audited_has_words() -> None:
    root = Path(__file__).resolve().parents[2]
    told = set()
    for path in (root / "actions").rglob("*.py"):
        told |= set(re.findall(r'record_audit\(\s*\w+,\s*[\w.]+(?:\(\))?,\s*"(\w+)"', path.read_text(encoding="utf-8")))
    for path in (root / "actions").glob("import_*.py"):
        text = path.read_text(encoding="utf-8")
        sheets = re.findall(r'^SOURCE = "(\w+)"', text, re.MULTILINE) if "take_in_sheet" in text else []
        told |= {f"{source}_sheet_{end}" for source in sheets for end in ("imported", "refused")}
    assert len(told) > 35
    assert told - set(ACTION_NAMES) == set()
