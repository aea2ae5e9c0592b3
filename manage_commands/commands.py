"""The command line: what can be asked, and which function answers. Exit codes: 0 done, 1 refused, 2 wrong usage."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path

from domain.permissions import PEOPLE, ROLE_NAMES, Role


def carry_out(arguments: list[str]) -> int:
    """Parse and run one command; raises Refused, and SystemExit(2) on wrong usage."""
    parser = build_parser()
    asked = parser.parse_args(arguments)
    match asked.command:
        case "run":
            from manage_commands.start import run

            return run()
        case "statistics":
            from manage_commands.figures import print_statistics

            if asked.from_on > asked.to_on:
                parser.error("--from phải không sau --to")
            return print_statistics(asked.from_on, asked.to_on, asked.unit, asked.json)
        case "sources":
            from manage_commands.figures import print_sources

            return print_sources(asked.json)
        case "recount":
            from manage_commands.figures import print_recount

            return print_recount(asked.repair)
        case "import-cases":
            from actions.import_cases import ImportMode
            from manage_commands.workbooks import import_cases

            return import_cases(asked.file, ImportMode(asked.mode), asked.accept_drop)
        case "template":
            from manage_commands.workbooks import save_template

            return save_template(asked.file)
        case "create-user":
            from manage_commands.people import create_person

            return create_person(asked.name, Role(asked.role), asked.unit, asked.password_stdin)
        case "upgrade":
            from manage_commands.upkeep import upgrade

            return upgrade()
        case _:
            from manage_commands.upkeep import check_organisation

            return check_organisation(asked.folder)


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options, in Vietnamese."""
    parser = argparse.ArgumentParser(prog="manage.py", description="Trung tâm điều hành thi hành án dân sự")
    commands = parser.add_subparsers(dest="command", required=True, metavar="LỆNH")
    commands.add_parser("run", help="chuẩn bị mọi thứ và khởi động (PORT, DATABASE_URL, ORGANISATION, DEMO=0)")
    commands.add_parser("upgrade", help="nâng cấp cơ sở dữ liệu lên phiên bản này")
    commands.add_parser("prepare", help="chuẩn bị môi trường kiểm thử (dùng bởi make test)")
    _add_figures(commands)
    _add_workbooks(commands)
    _add_people(commands)
    check = commands.add_parser("check-organisation", help="kiểm tra một gói tổ chức")
    check.add_argument("folder", nargs="?", type=Path, help="thư mục; bỏ trống là gói đang dùng")
    return parser


def _add_figures(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    statistics = commands.add_parser("statistics", help="số liệu thống kê của một kỳ")
    statistics.add_argument("--from", dest="from_on", type=_day, required=True, metavar="NGÀY", help="2026-10-01")
    statistics.add_argument("--to", dest="to_on", type=_day, required=True, metavar="NGÀY", help="tính cả ngày này")
    statistics.add_argument("--unit", metavar="MÃ", help="một đơn vị và các đơn vị bên dưới")
    statistics.add_argument("--json", action="store_true")
    sources = commands.add_parser("sources", help="tình trạng các nguồn dữ liệu")
    sources.add_argument("--json", action="store_true")
    recount = commands.add_parser("recount", help="tính lại số đếm từ từng việc và so sánh")
    recount.add_argument("--repair", action="store_true", help="sửa số đếm nếu sai lệch")


def _add_workbooks(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    take_in = commands.add_parser("import-cases", help="nhập một tệp hồ sơ thi hành án")
    take_in.add_argument("file", type=Path)
    mode = take_in.add_mutually_exclusive_group()
    mode.add_argument("--full", dest="mode", action="store_const", const="full", help="toàn bộ hồ sơ (mặc định)")
    mode.add_argument("--changes", dest="mode", action="store_const", const="changes", help="chỉ phần thay đổi")
    take_in.set_defaults(mode="full")
    take_in.add_argument("--accept-drop", action="store_true", help="chấp nhận tệp làm giảm mạnh số việc")
    template = commands.add_parser("template", help="ghi tệp mẫu trống")
    template.add_argument("file", nargs="?", type=Path)


def _add_people(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    person = commands.add_parser("create-user", help="tạo tài khoản (mật khẩu được hỏi, không nằm trong dòng lệnh)")
    person.add_argument("name", help="tên đăng nhập")
    roles = ", ".join(f"{role.value} = {ROLE_NAMES[role]}" for role in PEOPLE)
    person.add_argument("--role", required=True, choices=[role.value for role in PEOPLE], help=roles)
    person.add_argument("--unit", metavar="MÃ", help="đơn vị; bỏ trống là toàn tỉnh, thành phố")
    person.add_argument("--password-stdin", action="store_true", help="đọc mật khẩu từ đầu vào chuẩn")


def _day(text: str) -> date:
    """2026-10-01 or 01/10/2026."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"{text!r} không phải ngày (2026-10-01 hoặc 01/10/2026)")
