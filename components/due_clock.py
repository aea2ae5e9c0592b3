"""A clock that runs towards a due time: '00:48 còn lại', '−00:26 quá hạn'. live.js writes it, from the instant alone.

While the source it stands on is old it says '––:–– chưa rõ': the matter may be closed by now.
"""

from __future__ import annotations

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from components import format as text
from components.attributes import data


def due_clock(due_at: datetime | None, class_name: str = "") -> Component:
    """The hours and minutes left; a dash where nobody has said when it is due."""
    name = f"due {class_name}".rstrip()
    if due_at is None:
        return html.B(text.UNKNOWN, className=name)
    return html.B(className=name, **data(due=text.milliseconds(due_at), say="clock"))


def due_words(due_at: datetime | None) -> Component:
    """'còn lại' or 'quá hạn', beside the clock."""
    if due_at is None:
        return html.Small("chưa có hạn")
    return html.Small(**data(due=text.milliseconds(due_at), say="words"))


def since_words(since_at: datetime) -> Component:
    """'từ 14 phút'."""
    return html.Small(**data(since=text.milliseconds(since_at)))
