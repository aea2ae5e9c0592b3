"""What a person is told once the product runs: one address, and in DEMO the accounts to try."""

from __future__ import annotations

from datetime import datetime

from access.principal import Principal
from actions.manage_users import UserRefused, create_demo_accounts
from actions.pair_screen import open_demo_screen
from data_access.session import Database
from data_access.users import accounts
from domain.local_time import local_day
from domain.permissions import ROLE_NAMES
from domain.units import Organisation, UnitKind
from manage_commands.environment import Refused
from settings import Settings

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
BELOW_THE_TOP = (UnitKind.SUB_DEPARTMENT, UnitKind.REGIONAL_OFFICE)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def welcome(settings: Settings, organisation: Organisation, database: Database, now: datetime) -> str:
    """The text to print when the web server answers; in DEMO it opens the sample accounts. Raises Refused."""
    lines = ["", f"{organisation.title} đang chạy.", ""]
    lines += _demo_lines(settings, organisation, database, now) if settings.demo else _real_lines(settings, database)
    lines += ["", f"Nhật ký: {settings.var_dir / 'log'}. Dừng: Ctrl-C.", ""]
    return "\n".join(lines)


def web_address(settings: Settings) -> str:
    """Where a browser on this machine finds the product."""
    return f"http://{EVERYWHERE.get(settings.host, settings.host)}:{settings.port}"


def _demo_lines(settings: Settings, organisation: Organisation, database: Database, now: datetime) -> list[str]:
    units = organisation.case_units_on(local_day(now))
    head_unit = next((unit for unit in units if unit.kind in BELOW_THE_TOP), units[0])
    try:
        people = create_demo_accounts(database, head_unit.code, settings.demo_password, now)
    except UserRefused as error:
        raise Refused(str(error)) from error
    lines = []
    if settings.host in LOOPBACK:
        # The printed code can be used again and again, so it exists on loopback only.
        lines = [f"  {web_address(settings)}/wall?code={open_demo_screen(database, now)}"]
    else:
        lines = [f"  {web_address(settings)}/login"]
    lines += ["", f"Dữ liệu mẫu. Tài khoản dùng thử, mật khẩu {people[0].password} :"]
    for person in people:
        scope = f" ({head_unit.name})" if person.role.value == "department_head" else ""
        lines.append(f"  {person.sign_in_name:<14}{ROLE_NAMES[person.role]}{scope}")
    return lines


def _real_lines(settings: Settings, database: Database) -> list[str]:
    with database.reading() as session:
        somebody = bool(accounts(session, Principal.worker()))
    lines = [f"  {web_address(settings)}/login"]
    if not somebody:
        lines += [
            "",
            "Chưa có tài khoản nào. Tạo quản trị viên đầu tiên (trong cửa sổ khác):",
            "  python manage.py create-user quantri --role administrator",
        ]
    return lines
