"""The desk frame: navigation at the left in four groups, who is signed in at the top, the page in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components import ids, svg
from components.attributes import data
from components.pulse import pulse_stores

GROUPS = ("Theo dõi", "Phân tích", "Báo cáo", "Quản trị")
PRODUCT = "Trung tâm điều hành"
WALL = "/wall"
SOURCES_TOPIC = "sources"
THEMES = (("auto", "Tự động"), ("light", "Sáng"), ("dark", "Tối"))


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One page this person may open. `icon` is the name of a file in assets/icons."""

    group: str
    name: str
    path: str
    icon: str


@dataclass(frozen=True, slots=True)
class DeskFrame:
    """What the frame around a page says: whose centre this is, who is signed in, what the sample label reads."""

    title: str
    footnote: str
    person: str
    role: str
    navigation: tuple[NavigationItem, ...]
    may_search: bool = False


def desk_frame(
    frame: DeskFrame,
    path: str,
    heading: Component | str,
    content: Component,
    note: str = "",
    topics: Sequence[str] = (),
    trail: Sequence[Component] = (),
    beside: Sequence[Component] = (),
) -> Component:
    """The page `heading` at `path` inside the frame.

    `note` stands under the top bar, e.g. how far figures reach; `topics` are the data versions the page listens to,
    besides that of the sources, whose ages stand in the frame. `trail` leads to the page, `beside` stands at the right
    of the top bar.
    """
    return html.Div(
        className="desk",
        children=[
            # The first thing the key Tab reaches; 35_frame.js moves the focus, so that the address stays a filter.
            html.A("Đến nội dung", href=f"#{ids.SHELL_CONTENT}", className="desk-skip"),
            pulse_stores(SOURCES_TOPIC, *topics),
            _side(frame, path),
            html.Div(
                className="desk-body",
                children=[
                    _top(frame, heading, trail, beside),
                    _paper_line(),
                    html.Main(
                        [html.P(note, className="desk-note") if note else None, content],
                        id=ids.SHELL_CONTENT,
                        className="desk-main",
                        tabIndex=-1,
                    ),
                ],
            ),
        ],
    )


def _paper_line() -> Component:
    """What is on paper only: filters, ages, the sample label, the time; 35_frame.js writes it as one prints."""
    return html.P(className="desk-paper", **data(paper="yes"))


def _side(frame: DeskFrame, path: str) -> Component:
    return html.Aside(
        className="desk-side",
        children=[
            html.Div(className="desk-brand", children=[svg.emblem(), _brand_name(frame.title)]),
            html.Button(
                [html.I(className="icon icon--menu"), html.Span("Danh mục", className="desk-word")],
                className="desk-button desk-button--quiet desk-opener",
                type="button",
                title="Mở, đóng danh mục",
                **{"aria-expanded": "false"} | data(**{"menu-toggle": "yes"}),
            ),
            html.Nav(
                [part for group in GROUPS for part in _group(frame.navigation, group, path)],
                **_spoken("Điều hướng"),
            ),
            html.Div(id=ids.SHELL_SOURCES),
            html.P(frame.footnote, className="desk-footnote") if frame.footnote else None,
        ],
    )


def _brand_name(title: str) -> Component:
    """The product's name, and below it whose it is."""
    owner = title.removeprefix(PRODUCT).strip()
    return html.Strong([PRODUCT if owner != title else title, html.Small(owner) if owner and owner != title else None])


def _group(navigation: Sequence[NavigationItem], group: str, path: str) -> list[Component]:
    """A group's heading and its pages; nothing at all when the role may open none of them."""
    items = [_item(item, is_current=item.path == path) for item in navigation if item.group == group]
    return [html.P(group, className="desk-group"), *items] if items else []


def _item(item: NavigationItem, is_current: bool) -> Component:
    parts: list[Component] = [html.I(className=f"icon icon--{item.icon}"), html.Span(item.name, className="desk-word")]
    # A dcc.Link cannot say that it is the current one; as a plain link the page is loaded anew, filters cleared.
    if is_current:
        current: dict[str, Any] = {"aria-current": "page"}
        return html.A(parts, href=item.path, className="desk-link is-current", title=item.name, **current)
    # The wall has its own theme, scripts and rhythm: it is loaded whole, never swapped into a desk.
    if item.path == WALL:
        return html.A(parts, href=item.path, className="desk-link", title=item.name)
    return dcc.Link(parts, href=item.path, className="desk-link", title=item.name)


def _top(
    frame: DeskFrame, heading: Component | str, trail: Sequence[Component], beside: Sequence[Component]
) -> Component:
    return html.Header(
        className="desk-top",
        children=[
            _trail(trail),
            html.H1(heading),
            _search() if frame.may_search else None,
            *beside,
            _theme_button(),
            html.Details(
                className="desk-person",
                children=[
                    html.Summary(
                        frame.person[:2].upper(),
                        title=f"{frame.person} · {frame.role}",
                        **_spoken(f"Tài khoản {frame.person}, {frame.role}"),
                    ),
                    html.Div(className="desk-menu", children=_menu(frame)),
                ],
            ),
        ],
    )


def _theme_button() -> Component:
    """Light, dark, or what the system prefers; the stylesheet shows the words of the one that is on."""
    states = [
        html.Span(
            [
                html.I(className=f"icon icon--theme-{name}"),
                html.Span("Nền: ", className="desk-unseen"),
                html.Span(words, className="desk-word"),
            ],
            className=f"theme-state theme-state--{name}",
        )
        for name, words in THEMES
    ]
    title = "Đổi nền: tự động theo máy, sáng, tối"
    return html.Button(
        states, className="desk-button desk-theme", type="button", title=title, **data(**{"theme-toggle": "yes"})
    )


def _trail(links: Sequence[Component]) -> Component | None:
    if not links:
        return None
    parts = [part for link in links for part in (link, html.Span("›"))]
    return html.Nav(parts, className="desk-trail", **_spoken("Đường dẫn"))


def _search() -> Component:
    """One field for a unit, an officer's code, a decision number; the key / leads to it (desk.js)."""
    return html.Div(
        className="desk-search",
        role="search",
        children=[
            dcc.Store(id=ids.SEARCH_ASKED),
            html.Label("Tìm đơn vị, cán bộ, số quyết định", htmlFor=ids.SEARCH_TYPED, className="desk-unseen"),
            dcc.Input(
                id=ids.SEARCH_TYPED,
                type="search",
                # desk.js asks a moment after the last key, whatever the page is doing meanwhile.
                debounce=True,
                maxLength=60,
                placeholder="Tìm đơn vị, cán bộ (mã), số quyết định",
                autoComplete="off",
                className="form-control",
            ),
            html.Kbd("/"),
            html.Div(id=ids.SEARCH_FOUND, className="desk-found", role="status"),
        ],
    )


def _menu(frame: DeskFrame) -> list[Component]:
    return [
        html.P([html.B(frame.person), html.Span(frame.role)]),
        html.A([html.I(className="icon icon--key"), "Đổi mật khẩu"], href="/password"),
        html.Form(
            html.Button([html.I(className="icon icon--leave"), "Đăng xuất"], type="submit"),
            action="/logout",
            method="POST",
        ),
    ]


def _spoken(words: str) -> dict[str, Any]:
    """What a screen reader says of an element that shows no words."""
    return {"aria-label": words}
