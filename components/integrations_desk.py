"""What /integrations shows: who is told, what they did not take, who tells us, and how their engineers begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dash import dcc, html
from dash.development.base_component import Component

from components import format as text
from components import ids
from components.desk_parts import desk_figure, instant
from domain.local_time import local, moment_words

PATH = "/integrations"
NEVER = "chưa lần nào"
# Documents of docs/ by the name under which the server gives them, and what they are about.
CONTRACTS = (
    ("outbound-webhooks", "Sự kiện gửi ra ngoài: loại, nội dung, chữ ký, gửi lại"),
    ("observations", "Số liệu theo kỳ do phần mềm khác gửi vào"),
    ("city_alerts", "Cảnh báo của thành phố (CAP 1.2 hoặc danh sách có chữ ký), chỉ đạo của lãnh đạo thành phố"),
    ("field_reports", "Phản ánh hiện trường: Open311, Hue-S"),
    ("attendance", "Chấm công: máy chấm công, danh sách lượt chấm"),
    ("reception", "Tiếp công dân"),
    ("public_services", "Dịch vụ công"),
    ("software_systems", "Kiểm tra phần mềm của ngành"),
)
VERIFY_PYTHON = """from standardwebhooks.webhooks import Webhook  # pip install standardwebhooks

webhook = Webhook("whsec_...")  # khóa hiện một lần khi đăng ký

def nhan(body: bytes, headers: dict) -> int:
    su_kien = webhook.verify(body, headers)  # báo lỗi khi chữ ký hoặc giờ không đúng
    if da_nhan(headers["webhook-id"]):       # cùng một mã: đã xử lý, trả lời 204
        return 204
    xu_ly(su_kien["type"], su_kien["data"])
    return 204"""


PUSH_CURL = """BODY='NOI_DUNG'
AT=$(date +%s); ID=msg_$AT
KEY=$(printf %s "${SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')
SIGN=$(printf %s "$ID.$AT.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64)
curl -X POST DIA_CHI/MA_HE_THONG -H "Content-Type: application/json" \\
  -H "webhook-id: $ID" -H "webhook-timestamp: $AT" -H "webhook-signature: v1,$SIGN" -d "$BODY\""""
# What may be sent in, under which path, and one of it.
PUSHES = (
    (
        "Gửi một số liệu theo kỳ vào đây (curl)",
        "/api/observations",
        """{"observations":[{"indicator":"documents_in","unit":"PHUVANG","period":"2026-10",
  "value":412,"as_of":"2026-11-02T08:00:00+07:00"}]}""",
    ),
    (
        "Gửi một cảnh báo của thành phố vào đây (curl)",
        "/api/city-alerts",
        """{"alerts":[{"id":"IOC-2026-118","sent_at":"LUC_NAY","kind":"flood",
  "severity":"severe","headline":"Ngập ven đầm phá","expires_at":"LUC_HET",
  "areas":[{"name":"Ven đầm phá","codes":["PHUVANG"]}]}]}""",
    ),
    (
        "Gửi một chỉ đạo của lãnh đạo thành phố vào đây (curl)",
        "/api/directives",
        """{"directives":[{"id":"CD-17","title":"Bảo vệ kho vật chứng trong bão","unit":"PHUVANG",
  "due_on":"HAN_CHOT","document":"123/CV-UBND"}]}""",
    ),
)


@dataclass(frozen=True, slots=True)
class ReceiverLine:
    """One receiver: its host, the words of what it is told, its life and its queue. Instants are aware UTC, None where
    it never happened; `delivered` is what it took in the last 24 hours."""

    public_id: str
    name: str
    host: str
    told: str
    is_enabled: bool
    last_success_at: datetime | None
    last_failure_at: datetime | None
    failures: int
    message: str
    waiting: int
    oldest_at: datetime | None
    dead: int
    delivered: int

    @property
    def is_bad(self) -> bool:
        """Whether somebody should look: it does not take what it is sent, or said that it wants nothing more."""
        return self.failures > 0


@dataclass(frozen=True, slots=True)
class DeadLine:
    """An event that was given up."""

    receiver: str
    receiver_name: str
    webhook_id: str
    kind: str
    subject: str
    happened_at: datetime
    attempts: int
    message: str


@dataclass(frozen=True, slots=True)
class SenderLine:
    """One system that tells us: the way it comes in, its state in words, when it was last heard and what it said."""

    way: str
    name: str
    state: str
    is_bad: bool
    heard_at: datetime | None
    message: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A system that asks us: its name, what it may ask for, since when, its last token, whether it is over."""

    name: str
    scopes: str
    created_at: datetime
    last_token_at: datetime | None
    is_revoked: bool


def integration_figures(receivers: Sequence[ReceiverLine]) -> Component:
    """How many are told, what waits, what was taken since yesterday, what was given up."""
    on = sum(one.is_enabled for one in receivers)
    silent = sum(one.is_bad for one in receivers)
    waiting, dead = sum(one.waiting for one in receivers), sum(one.dead for one in receivers)
    oldest = min((one.oldest_at for one in receivers if one.oldest_at), default=None)
    note = f"cũ nhất từ {moment_words(oldest)}" if oldest else "không có gì đang chờ"
    figures = [
        desk_figure("Nơi nhận đang gửi tới", f"{on}/{len(receivers)}", "đã đăng ký"),
        desk_figure("Không nhận được", text.whole(silent), "nơi nhận, lần gửi cuối", silent > 0),
        desk_figure("Đang chờ gửi", text.whole(waiting), note),
        desk_figure(
            "Đã nhận trong 24 giờ", text.whole(sum(one.delivered for one in receivers)), "sự kiện, mọi nơi nhận"
        ),
        desk_figure("Đã thôi gửi", text.whole(dead), "chờ gửi lại bằng tay", dead > 0),
    ]
    return html.Div(figures, className="desk-figures")


def receivers_table(lines: Sequence[ReceiverLine], may_change: bool) -> Component:
    """One row for each receiver, those that do not take anything first."""
    if not lines:
        return _nothing("Chưa có nơi nhận nào: không gì được gửi ra ngoài.")
    heads = ("Nơi nhận", "Sự kiện", "Tình trạng", "Nhận lần cuối", "Đang chờ", "Chờ từ", "24 giờ", "Thôi gửi", "")
    rows = [_receiver(one, may_change) for one in sorted(lines, key=lambda one: (not one.is_bad, one.name))]
    return desk_rows(heads, rows, numeric={4, 6, 7})


def _receiver(line: ReceiverLine, may_change: bool) -> list[Component | str | None]:
    name = html.Div([html.B(line.name), html.Small(line.host)])
    button = None
    if may_change:
        place = ids.integrations_try(line.public_id)
        button = html.Button("Gửi thử", id=place, className="desk-button desk-button--small", type="button")
    return [
        name,
        line.told,
        _receiver_state(line),
        instant(line.last_success_at) if line.last_success_at else NEVER,
        text.whole(line.waiting),
        instant(line.oldest_at),
        text.whole(line.delivered),
        html.Span(text.whole(line.dead), className="is-bad" if line.dead else None),
        html.Div(button, className="desk-actions"),
    ]


def _receiver_state(line: ReceiverLine) -> Component:
    if not line.is_enabled:
        return html.Div(["Đã dừng", html.Small(line.message) if line.message else None])
    if line.is_bad:
        words = html.Span(f"Không nhận, {text.whole(line.failures)} lần liền", className="is-bad")
        return html.Div([words, html.Small([line.message, " Lần cuối ", instant(line.last_failure_at)])])
    return html.Div("Đang nhận" if line.last_success_at else "Chưa gửi gì")


def dead_table(lines: Sequence[DeadLine], may_change: bool) -> Component:
    """What was given up, newest first."""
    if not lines:
        return _nothing("Không có: mọi sự kiện đã được nhận hoặc đang chờ gửi.")
    heads = ("Xảy ra lúc", "Nơi nhận", "Sự kiện", "Của", "Đã thử", "Lỗi cuối", "")
    rows: list[list[Component | str | None]] = []
    for one in lines:
        place = ids.integrations_replay(one.receiver, one.webhook_id)
        button = html.Button("Gửi lại", id=place, className="desk-button desk-button--small", type="button")
        rows.append(
            [
                instant(one.happened_at),
                one.receiver_name,
                one.kind,
                html.Code(one.subject),
                f"{text.whole(one.attempts)} lần",
                one.message,
                html.Div(button if may_change else None, className="desk-actions"),
            ]
        )
    return desk_rows(heads, rows)


def senders_table(lines: Sequence[SenderLine]) -> Component:
    """Who tells us, those with trouble first."""
    if not lines:
        return _nothing("Chưa có hệ thống nào gửi vào, chưa kết nối nguồn nào.")
    heads = ("Cách vào", "Hệ thống", "Tình trạng", "Nhận lần cuối", "Lần cuối nói gì")
    rows: list[list[Component | str | None]] = [
        [
            one.way,
            html.Div([html.B(one.name), html.Small(one.more) if one.more else None]),
            html.Span(one.state, className="is-bad" if one.is_bad else None),
            instant(one.heard_at) if one.heard_at else NEVER,
            one.message,
        ]
        for one in sorted(lines, key=lambda one: not one.is_bad)
    ]
    return desk_rows(heads, rows)


def accounts_table(lines: Sequence[AccountLine], feeds: int) -> Component:
    """Systems that ask us with a token, and how many people read their calendar by a secret address."""
    note = html.P(f"Địa chỉ lịch riêng (.ics) đang dùng: {text.whole(feeds)}.", className="desk-hint")
    if not lines:
        return html.Div([_nothing("Chưa cấp tài khoản hệ thống nào."), note])
    rows: list[list[Component | str | None]] = [
        [
            html.B(one.name),
            one.scopes,
            instant(one.created_at),
            instant(one.last_token_at),
            "đã thu hồi" if one.is_revoked else "đang dùng",
        ]
        for one in lines
    ]
    return html.Div([desk_rows(("Tài khoản", "Phạm vi", "Cấp lúc", "Lấy token lần cuối", "Tình trạng"), rows), note])


def push_examples(base: str, now: datetime) -> list[tuple[str, str]]:
    """Titles and code of what may be sent in, with instants that are good at `now`."""
    here = local(now).replace(microsecond=0)
    words = {"LUC_NAY": here.isoformat(), "LUC_HET": (here + timedelta(hours=12)).isoformat()}
    words["HAN_CHOT"] = f"{here + timedelta(days=7):%Y-%m-%d}"
    found = []
    for title, path, body in PUSHES:
        for word, said in words.items():
            body = body.replace(word, said)
        found.append((title, PUSH_CURL.replace("DIA_CHI", f"{base}{path}").replace("NOI_DUNG", body)))
    return found


def examples(base: str, now: datetime) -> Component:
    """How an engineer of another system begins: code to copy with the address of this one, and the contracts."""
    links = [html.Li(html.A(title, href=f"{PATH}/contracts/{name}", target="_blank")) for name, title in CONTRACTS]
    return html.Div(
        [
            _example("Kiểm chữ ký của sự kiện nhận được (Python)", VERIFY_PYTHON),
            *(_example(title, code) for title, code in push_examples(base, now)),
            html.H3("Tài liệu giao tiếp"),
            html.Ul(links, className="integrations-contracts"),
        ],
        className="integrations-examples",
    )


def message(words: str, is_good: bool) -> Component:
    """What came of a button."""
    if is_good:
        return html.P(words, className="desk-verdict desk-verdict--whole", role="status")
    return html.P(words, className="desk-failure", role="alert")


def _example(title: str, code: str) -> Component:
    return html.Div(
        [
            html.Div([html.H3(title), dcc.Clipboard(content=code, title="Sao chép")], className="integrations-head"),
            html.Pre(html.Code(code), tabIndex=0),
        ]
    )


def desk_rows(
    heads: Sequence[str],
    rows: Sequence[Sequence[Component | str | None]],
    numeric: frozenset[int] | set[int] = frozenset(),
) -> Component:
    """A table of this page; the columns of numbers by position."""

    def kind(at: int) -> str | None:
        return "desk-number" if at in numeric else None

    return html.Table(
        [
            html.Thead(html.Tr([html.Th(words, className=kind(at), scope="col") for at, words in enumerate(heads)])),
            html.Tbody([html.Tr([html.Td(cell, className=kind(at)) for at, cell in enumerate(row)]) for row in rows]),
        ],
        className="desk-table integrations-table",
    )


def _nothing(words: str) -> Component:
    return html.P(words, className="desk-nothing")
