"""Directives of the city's leadership as a registered system pushes them: a plain JSON list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from connectors.base import RefusedRecord
from connectors.pushed_list import pushed_list
from connectors.report_cleaning import text_of

MOST_PUSHED = 100
LONGEST_REFERENCE = 60
LONGEST_TITLE = 160
LONGEST_TEXT = 1_000


@dataclass(frozen=True, slots=True)
class StatedDirective:
    """What was said of one: the sender's own number, and either what is asked (`due_on` a day of Huế, `unit` any word
    for a unit, '' for the agency as a whole) or that it is withdrawn, with the reason in `detail`."""

    reference: str
    title: str = ""
    detail: str = ""
    unit: str = ""
    due_on: date | None = None
    document: str = ""
    is_withdrawn: bool = False


@dataclass(slots=True)
class ParsedDirectives:
    """The directives that can be used, and those that cannot with their reason."""

    directives: list[StatedDirective] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)


def parse_pushed_directives(body: bytes) -> ParsedDirectives:
    """The directives of a body `{"directives": [{id, title, detail, unit, due_on, document}]}`, or `{id, withdrawn:
    true, detail}` for one that is taken back. Raises PushUnreadable."""
    parsed = ParsedDirectives()
    for number, said in enumerate(pushed_list(body, "directives", MOST_PUSHED), start=1):
        read = _read(said)
        if isinstance(read, StatedDirective):
            parsed.directives.append(read)
        else:
            name, value, reason = read
            reference = _words(said, "id")[:LONGEST_REFERENCE] or f"mục {number}"
            parsed.refused.append(RefusedRecord(reference, name, value[:LONGEST_TITLE], reason))
    return parsed


def _read(said: Mapping[str, Any]) -> StatedDirective | tuple[str, str, str]:
    """A directive, or the field that is wrong, what it said, and why."""
    reference, title, detail = _words(said, "id"), _words(said, "title"), _words(said, "detail")
    if not reference or len(reference) > LONGEST_REFERENCE:
        return "id", reference, f"Thiếu mã, hoặc mã dài quá {LONGEST_REFERENCE} ký tự."
    if len(detail) > LONGEST_TEXT:
        return "detail", "", f"Nội dung dài quá {LONGEST_TEXT} ký tự."
    withdrawn = said.get("withdrawn", False)
    if not isinstance(withdrawn, bool):
        return "withdrawn", _words(said, "withdrawn")[:60], "Phải là true hoặc false."
    if withdrawn:
        return StatedDirective(reference, detail=detail, is_withdrawn=True)
    if not title or len(title) > LONGEST_TITLE:
        return "title", title, f"Thiếu tiêu đề, hoặc tiêu đề dài quá {LONGEST_TITLE} ký tự."
    due = _words(said, "due_on")
    try:
        due_on = date.fromisoformat(due)
    except ValueError:
        return "due_on", due, "Hạn trả lời phải là ngày, ví dụ 2026-12-01."
    document = _words(said, "document")
    if len(document) > LONGEST_TITLE:
        return "document", document, f"Số, ký hiệu văn bản dài quá {LONGEST_TITLE} ký tự."
    return StatedDirective(reference, title, detail, _words(said, "unit"), due_on, document)


def _words(said: Mapping[str, Any], name: str) -> str:
    return " ".join(text_of(said.get(name)).split())
