"""A person says how a source is reached, or that it is to be left alone; checked, sealed, audited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from access.camera_passwords import CameraPasswords
from access.principal import Principal
from access.vault import Vault, VaultRefused
from connectors.base import SourceUnavailable
from connectors.case_workbook.reference import reference_of
from connectors.mapped_list import FieldMapRefused
from connectors.ways import CAP_FEED, MAPPED, PUNCH_LIST, RECEPTION_LIST, SERVICE_LIST, connector_of, read_map_of
from data_access.audit import record_audit
from data_access.session import Database
from data_access.source_connections import Connection, connection_of, save_connection
from data_access.sources import save_source_asked_anew, save_source_configured
from domain.local_time import local_day, moment_words
from domain.permissions import Permission
from domain.units import Organisation

LONGEST_ADDRESS = 500
LONGEST_SECRET = 500
LONGEST_MAP = 20_000
# What may be connected, and in which ways; the words are those of the form.
SHARED_LOGIN, CAMERA_EVENTS = "shared_login", "camera_events"
# Where they answer is in the inventory of cameras.
WITHOUT_ADDRESS = frozenset({SHARED_LOGIN, CAMERA_EVENTS})
KINDS: Mapping[str, Mapping[str, str]] = {
    # The inventory says where each camera answers and as which user; only the password is missing in it.
    "cameras": {SHARED_LOGIN: "Mật khẩu của tài khoản ghi trong danh sách camera"},
    "security": {CAMERA_EVENTS: "Nghe sự kiện của đầu ghi và camera trong danh sách, bằng mật khẩu camera"},
    "field_reports": {
        "open311_json": "Open311 GeoReport v2 (JSON)",
        "open311_xml": "Open311 GeoReport v2 (XML)",
        "hue_s": "Hue-S hoặc hệ thống khác, theo bảng ghép trường (JSON, CSV)",
    },
    "attendance": {PUNCH_LIST: "Thẻ công chức điện tử, máy chủ chấm công: một danh sách lượt chấm (JSON, CSV)"},
    "reception": {RECEPTION_LIST: "Hệ thống lấy số, tiếp công dân: một danh sách (JSON, CSV)"},
    "public_services": {SERVICE_LIST: "Hệ thống dịch vụ công, một cửa: một danh sách hồ sơ (JSON, CSV)"},
    "city_alerts": {CAP_FEED: "Cảnh báo của IOC, khí tượng thủy văn: danh sách CAP 1.2 (Atom, RSS)"},
}
# What one record of each source is called.
RECORD_NAMES = {
    "attendance": "lượt chấm",
    "field_reports": "phản ánh",
    "reception": "lượt tiếp công dân",
    "public_services": "hồ sơ dịch vụ công",
    "city_alerts": "bản tin cảnh báo",
}


# How the demo city is reached: the way, and the path on its port.
DEMO_CONNECTIONS = {
    "field_reports": ("open311_json", "/open311/v2", ""),
    "reception": (RECEPTION_LIST, "/tiep-cong-dan/luot.json", ""),
    "public_services": (SERVICE_LIST, "/dich-vu-cong/ho-so.json", ""),
    "city_alerts": (CAP_FEED, "/canh-bao/cap.atom", ""),
    "cameras": (SHARED_LOGIN, "", "du-lieu-mau"),
    "security": (CAMERA_EVENTS, "", ""),
}


class ConnectionRefused(ValueError):
    """The connection was not stored; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class WantedConnection:
    """What a person typed. An empty `secret` keeps the one there is; of cameras it is that of one `unit`, or of all."""

    source: str
    kind: str
    address: str
    secret: str = ""
    field_map: str = ""
    is_enabled: bool = True
    unit: str = ""


def connect_source(
    database: Database, principal: Principal, vault: Vault, wanted: WantedConnection, now: datetime
) -> None:
    """Store a connection; it is asked at once. Raises NotAllowed, ConnectionRefused."""
    principal.require(Permission.ADMINISTER)
    _refuse_unusable(wanted)
    with database.writing() as session:
        sealed = _sealed(connection_of(session, wanted.source), vault, wanted)
        save_connection(
            session,
            Connection(
                wanted.source,
                wanted.kind,
                wanted.address,
                sealed,
                wanted.field_map,
                wanted.is_enabled,
                principal.name,
            ),
            now,
        )
        save_source_configured(session, wanted.source, wanted.is_enabled, now)
        save_source_asked_anew(session, wanted.source, now)
        detail = {"kind": wanted.kind, "host": urlsplit(wanted.address).netloc, "enabled": str(wanted.is_enabled)}
        if wanted.unit:
            detail["unit"] = wanted.unit
        record_audit(session, principal, "source_connected", wanted.source, detail, now)


def connection_to_edit(database: Database, principal: Principal, source: str) -> WantedConnection:
    """What a form begins with: the connection there is, without its secret. Raises NotAllowed."""
    principal.require(Permission.ADMINISTER)
    with database.reading() as session:
        known = connection_of(session, source)
    if known is None:
        return WantedConnection(source, "", "")
    return WantedConnection(source, known.kind, known.address, "", known.field_map, known.is_enabled)


def try_connection(
    database: Database,
    principal: Principal,
    vault: Vault,
    organisation: Organisation,
    wanted: WantedConnection,
    now: datetime,
) -> str:
    """Ask the system once and say in Vietnamese what came; nothing is stored. Raises NotAllowed, ConnectionRefused."""
    principal.require(Permission.ADMINISTER)
    _refuse_unusable(wanted)
    if wanted.kind == CAMERA_EVENTS:
        raise ConnectionRefused("Thiết bị được nghe ngay sau khi lưu; thiết bị không nghe được hiện ở trang này.")
    if wanted.kind == SHARED_LOGIN:
        raise ConnectionRefused("Mật khẩu được thử ở lượt kiểm tra ngay sau khi lưu; kết quả hiện ở từng camera.")
    with database.reading() as session:
        sealed = _sealed(connection_of(session, wanted.source), vault, wanted)
    try:
        units = reference_of(organisation, local_day(now)).unit_codes
        connector = connector_of(wanted.kind, wanted.address, vault.unseal(sealed), wanted.field_map, units)
        # The last day only: enough to see that it answers, and in the words we expect.
        fetched = connector.fetch(now.isoformat(), [], now)
    except (SourceUnavailable, VaultRefused) as error:
        raise ConnectionRefused(str(error)) from error
    newest = f", mới nhất lúc {moment_words(fetched.newest_at)}" if fetched.newest_at else ""
    refused = f"; {len(fetched.refused)} mục không đọc được: {fetched.refused[0].reason}" if fetched.refused else ""
    return f"Kết nối được. Đọc {len(fetched.records)} {RECORD_NAMES[wanted.source]}{newest}{refused}. Chưa lưu gì."


def _sealed(before: Connection | None, vault: Vault, wanted: WantedConnection) -> str:
    """The secret to use. One belongs to the system it was made for and is never sent to another; the passwords of
    cameras are kept together, and only the one that was typed changes."""
    if wanted.kind == SHARED_LOGIN:
        if not wanted.secret:
            return before.secret if before is not None else ""
        return vault.seal(_passwords(before, vault).with_password(wanted.unit, wanted.secret).text())
    if wanted.secret:
        return vault.seal(wanted.secret)
    return before.secret if before is not None and before.address == wanted.address else ""


def _passwords(before: Connection | None, vault: Vault) -> CameraPasswords:
    """Those there are; none when their key is lost, so that they can be typed anew."""
    try:
        return CameraPasswords.read(vault.unseal(before.secret)) if before is not None else CameraPasswords()
    except VaultRefused:
        return CameraPasswords()


def connect_demo_city(database: Database, vault: Vault, port: int, now: datetime) -> None:
    """Connect what the demo city answers, unless a person has set that source up; only DEMO calls this."""
    worker = Principal.worker()
    with database.writing() as session:
        for source, (kind, path, secret) in DEMO_CONNECTIONS.items():
            known = connection_of(session, source)
            address = f"http://127.0.0.1:{port}{path}" if path else ""
            if known is not None and (known.changed_by != worker.name or known.address == address):
                continue
            save_connection(session, Connection(source, kind, address, vault.seal(secret), changed_by=worker.name), now)
            save_source_configured(session, source, True, now)
            record_audit(session, worker, "demo_source_connected", source, {"kind": kind}, now)


def _refuse_unusable(wanted: WantedConnection) -> None:
    kinds = KINDS.get(wanted.source)
    if kinds is None:
        raise ConnectionRefused("Nguồn này không kết nối qua địa chỉ.")
    if wanted.kind not in kinds:
        raise ConnectionRefused("Chọn cách kết nối.")
    if len(wanted.secret) > LONGEST_SECRET or len(wanted.field_map) > LONGEST_MAP:
        raise ConnectionRefused("Khóa hoặc bảng ghép trường quá dài.")
    if not (wanted.secret.isascii() and wanted.secret.isprintable()):
        # It travels in a header, where nothing else is allowed.
        raise ConnectionRefused("Khóa truy cập chỉ gồm chữ không dấu, số và dấu.")
    if wanted.kind in WITHOUT_ADDRESS:
        return
    try:
        address = urlsplit(wanted.address)
        port = address.port
    except ValueError as error:
        raise ConnectionRefused("Địa chỉ không đúng dạng.") from error
    if address.scheme not in {"http", "https"} or not address.hostname or port == 0:
        raise ConnectionRefused("Địa chỉ phải bắt đầu bằng http:// hoặc https:// và có tên máy chủ.")
    if address.username or address.password:
        raise ConnectionRefused("Không đặt tên và mật khẩu trong địa chỉ: dùng ô khóa truy cập.")
    if len(wanted.address) > LONGEST_ADDRESS or address.fragment:
        raise ConnectionRefused("Địa chỉ không đúng dạng.")
    if wanted.kind in MAPPED:
        try:
            read_map_of(wanted.kind, wanted.field_map)
        except FieldMapRefused as error:
            raise ConnectionRefused(str(error)) from error
