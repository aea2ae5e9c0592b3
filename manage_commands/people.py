"""People on the command line: the first administrator, and whoever is forgotten later."""

from __future__ import annotations

import getpass
import sys

from actions.manage_users import UserRefused, create_user
from domain.permissions import ROLE_NAMES, Role
from manage_commands.environment import Refused
from manage_commands.workplace import workplace


def create_person(name: str, role: Role, unit: str | None, from_stdin: bool) -> int:
    """Create an account and print how to sign in; a password nobody chose is made and printed once."""
    with workplace() as here:
        known = {each.code for each in here.organisation.units_on(here.now.date())}
        chosen = read_password(from_stdin)
        try:
            made = create_user(here.database, here.principal, name, role, unit, known, here.now, chosen)
        except UserRefused as error:
            raise Refused(str(error)) from error
    print(f"Đã tạo tài khoản {made.sign_in_name} ({ROLE_NAMES[made.role]}).")
    if chosen is None:
        print(f"Mật khẩu (chỉ hiện một lần): {made.password}")
    return 0


def read_password(from_stdin: bool) -> str | None:
    """The chosen password, asked twice on a terminal; None means that a random one is wanted. Raises Refused."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return None
    first = getpass.getpass("Mật khẩu (bỏ trống để sinh ngẫu nhiên): ")
    if not first:
        return None
    if getpass.getpass("Nhập lại mật khẩu: ") != first:
        raise Refused("hai lần nhập mật khẩu không giống nhau.")
    return first
