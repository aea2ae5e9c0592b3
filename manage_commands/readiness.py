"""What every command needs before it works: settings, the organisation, var/ with its keys, a database that answers.

Each problem becomes a Refused that says in Vietnamese what is wrong and which setting changes it.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from clock import Clock, ClockRefused, build_clock
from data_access.schema import SchemaRefused, SchemaState, schema_state, upgrade_schema
from data_access.session import Database
from data_access.units import OrganisationRefused, load_organisation
from domain.units import Organisation
from manage_commands.environment import Refused, refuse_a_full_disk
from settings import ROOT, Settings

CONNECT_SECONDS = 5
SECRET_KEY = "secret.key"
AUDIT_KEY = "audit.key"
SOURCES_KEY = "sources.key"
DEMO_CLOCK_FILE = "demo.clock"


def read_settings() -> Settings:
    """The settings of the environment; raises Refused naming the one that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = "; ".join(f"{str(item['loc'][0]).upper()}={item['input']!r}: {item['msg']}" for item in error.errors())
        raise Refused(f"cài đặt không hợp lệ: {wrong}") from error


def read_organisation(settings: Settings) -> Organisation:
    """The organisation pack in force; raises Refused with the packs there are."""
    folder = settings.organisation_dir
    if not folder.is_dir():
        packs = sorted(path.name for path in (ROOT / "data" / "organisations").iterdir() if path.is_dir())
        raise Refused(
            f"không có gói tổ chức ORGANISATION={settings.organisation!r}. "
            f"Các gói có sẵn: {', '.join(packs)}; hoặc đường dẫn tới một thư mục."
        )
    try:
        return load_organisation(folder)
    except OrganisationRefused as error:
        raise Refused(f"gói tổ chức {folder} không hợp lệ: {error}") from error


def read_clock(settings: Settings, demo_clock: str = "") -> Clock:
    """The one clock: DEMO_CLOCK, else the demo day given, else real time; raises Refused."""
    try:
        return build_clock(settings.demo, settings.demo_clock or demo_clock)
    except ClockRefused as error:
        raise Refused(f"DEMO_CLOCK không hợp lệ: {error}") from error


def kept_demo_clock(settings: Settings) -> str:
    """The clock of the last start in DEMO, so that every command shares its time; '' when none, or outside DEMO."""
    path = settings.var_dir / DEMO_CLOCK_FILE
    return path.read_text(encoding="utf-8").strip() if settings.demo and path.exists() else ""


def make_var(settings: Settings) -> None:
    """var/ with its inbox and logs, readable by nobody else; raises Refused when the disk is (nearly) full."""
    var_dir = settings.var_dir
    # Whatever this process and its children write is their owner's alone, the database file too.
    os.umask(0o077)
    try:
        for folder in (var_dir, settings.inbox_dir / "full", settings.inbox_dir / "changes", var_dir / "log"):
            folder.mkdir(parents=True, exist_ok=True)
        var_dir.chmod(0o700)
    except PermissionError as error:
        raise Refused(f"không ghi được vào VAR_DIR={var_dir}: {error.strerror}") from error
    refuse_a_full_disk(var_dir)


def refuse_mixing_sample_and_real(settings: Settings) -> None:
    """Raise Refused when var/ was made for sample data and DEMO is now off, or the other way round."""
    marker = settings.var_dir / "purpose"
    purpose = "demo" if settings.demo else "real"
    if not marker.exists():
        marker.write_text(purpose, encoding="utf-8")
    kept = marker.read_text(encoding="utf-8").strip()
    if kept == purpose:
        return
    holds = "Dữ liệu mẫu" if kept == "demo" else "số liệu thật"
    raise Refused(
        f"{settings.var_dir} đang chứa {holds}, nhưng DEMO={int(settings.demo)}. "
        f"Không trộn hai loại: dùng kho khác, ví dụ make run DEMO={int(settings.demo)} "
        f"VAR_DIR=var-{purpose}, hoặc đổi lại DEMO."
    )


def read_key(var_dir: Path, name: str, may_be_new: bool) -> bytes:
    """The key in var/ (64 hex characters, 0600), made when there is none and `may_be_new`; raises Refused."""
    path = var_dir / name
    if not path.exists():
        if not may_be_new:
            raise Refused(
                f"thiếu khóa {path} trong khi cơ sở dữ liệu đã có dữ liệu. Chép lại khóa từ bản sao lưu "
                "(khóa mới sẽ làm chuỗi nhật ký không kiểm chứng được; xem docs/operations.md)."
            )
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    path.chmod(0o600)
    key = path.read_bytes().strip()
    if len(key) < 32:
        raise Refused(f"khóa {path} ngắn hơn 32 ký tự. Chép lại từ bản sao lưu.")
    return key


def open_database(settings: Settings, upgrade: bool = True) -> Database:
    """A database that answers, with its schema brought up to this version and the audit key beside it.

    1. Ask it a trivial question, with a short patience. 2. Refuse a schema of another version. 3. Make the keys if
    the database is new. 4. Upgrade. Raises Refused.
    """
    refuse_a_silent_database(settings.database_address)
    probe = Database(settings.database_address)
    try:
        state = schema_state(probe)
        is_new = state is SchemaState.EMPTY
        audit_key = read_key(settings.var_dir, AUDIT_KEY, may_be_new=is_new)
        read_key(settings.var_dir, SECRET_KEY, may_be_new=True)
        read_key(settings.var_dir, SOURCES_KEY, may_be_new=True)
        if upgrade:
            upgrade_schema(probe)
    except SchemaRefused as error:
        raise Refused(str(error)) from error
    finally:
        probe.close()
    return Database(settings.database_address, audit_key=audit_key)


def refuse_a_silent_database(address: str) -> None:
    """Raise Refused, without the password, when the database does not answer within seconds."""
    try:
        url = make_url(address)
        if url.get_backend_name() not in ("sqlite", "postgresql"):
            raise Refused(f"DATABASE_URL: chỉ dùng được PostgreSQL hoặc SQLite, không phải {url.get_backend_name()}.")
        shown = url.render_as_string(hide_password=True)
        patience = {} if address.startswith("sqlite") else {"connect_timeout": CONNECT_SECONDS}
        engine = create_engine(address, connect_args=patience)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        engine.dispose()
    except (ArgumentError, NoSuchModuleError) as error:
        raise Refused("DATABASE_URL không đúng dạng, ví dụ: postgresql://tên:mật-khẩu@máy:5432/thads") from error
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise Refused(f"cơ sở dữ liệu không trả lời ({shown}): {reason}. Kiểm tra DATABASE_URL.") from error
