"""Somebody at a desk in a browser: signed in, 1440 wide, on the page asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from people_support import CHIEF, PASSWORD, a_person
from playwright.sync_api import BrowserContext, Page

from actions.manage_users import create_user
from domain.permissions import Role


def a_head_at(served: Any, new_context: Callable[..., BrowserContext], path: str, unit: str) -> Page:
    """The head of a unit."""
    now = served.clock()
    units = frozenset(each.code for each in served.organisation.case_units_on(now.date()))
    create_user(served.database, CHIEF, "truong", Role.DEPARTMENT_HEAD, unit, units, now, PASSWORD)
    return _signed_in(served, new_context, path, "truong")


def an_operator_at(served: Any, new_context: Callable[..., BrowserContext], path: str) -> Page:
    """The operator of the province."""
    a_person(served.database, "truc", served.clock())
    return _signed_in(served, new_context, path, "truc")


def a_leader_at(served: Any, new_context: Callable[..., BrowserContext], path: str) -> Page:
    """The leader, who sees everything and answers no alarm."""
    a_person(served.database, "lanhdao", served.clock())
    return _signed_in(served, new_context, path, "lanhdao")


def an_administrator_at(served: Any, new_context: Callable[..., BrowserContext], path: str) -> Page:
    """The administrator."""
    a_person(served.database, "quantri", served.clock())
    return _signed_in(served, new_context, path, "quantri")


def _signed_in(served: Any, new_context: Callable[..., BrowserContext], path: str, name: str) -> Page:
    page = new_context(1440).new_page()
    page.goto(f"{served.url}{path}")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile(path.partition("?")[0]))
    return page
