"""Góc nhìn đã lưu: a filter somebody keeps under a name of their own, seen by nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

LONGEST_NAME = 60
MOST_VIEWS = 30


@dataclass(frozen=True, slots=True)
class View:
    """`address` is the query of /cases that makes the view."""

    public_id: str
    name: str
    address: str
    saved_at: datetime


class ViewRefused(ValueError):
    """The view cannot be kept; the message is for the person, in Vietnamese."""


def checked_name(typed: str, kept: int) -> str:
    """The name without white space around it; raises ViewRefused for none, for a long one, and when too many are
    kept already."""
    name = " ".join(typed.split())
    if not name:
        raise ViewRefused("Đặt tên cho góc nhìn trước khi lưu.")
    if len(name) > LONGEST_NAME:
        raise ViewRefused(f"Tên dài quá {LONGEST_NAME} chữ.")
    if kept >= MOST_VIEWS:
        raise ViewRefused(f"Đã có {MOST_VIEWS} góc nhìn. Xóa bớt trước khi lưu thêm.")
    return name
