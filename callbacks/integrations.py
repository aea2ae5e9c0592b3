"""What is told outside and heard from outside on /integrations; a receiver tried, a dead letter sent again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from dash import Input, Output, callback
from dash.development.base_component import Component
from flask import request
from sqlalchemy.orm import Session

from access.policy import policy
from access.vault import Vault
from actions.manage_receivers import ReceiverRefused, replay_dead_letter, try_receiver
from callbacks.asking import asking, now, said, site
from callbacks.pulse import changed
from components import ids
from components.integrations_desk import (
    AccountLine,
    DeadLine,
    ReceiverLine,
    SenderLine,
    accounts_table,
    dead_table,
    examples,
    integration_figures,
    message,
    receivers_table,
    senders_table,
)
from data_access.agenda import living_agenda_feeds
from data_access.observation_senders import PURPOSE_NAMES, heard_senders
from data_access.outbox import Queue, dead_letters, queues
from data_access.service_accounts import service_accounts
from data_access.source_connections import enabled_addresses
from data_access.sources import all_sources
from data_access.webhook_receivers import receivers
from domain.feed import SCOPE_NAMES
from domain.freshness import FRESHNESS_NAMES, Freshness
from domain.outbox import EVENT_GROUPS, EVENT_NAMES
from domain.permissions import Permission

LETTERS = 100
A_DAY = timedelta(hours=24)
PUSHED, ASKED = "Tự gửi, có chữ ký", "Hệ thống này hỏi"
BAD = frozenset({Freshness.STALE, Freshness.LOST})


@callback(
    Output(ids.INTEGRATIONS_FIGURES, "children"),
    Output(ids.INTEGRATIONS_RECEIVERS, "children"),
    changed("outbox"),
)
@policy(Permission.SEE_SOURCES)
def draw_receivers(_version: object) -> tuple[Component, Component]:
    """Every receiver with its queue."""
    with site().database.reading() as session:
        lines = _receiver_lines(session)
    return integration_figures(lines), receivers_table(lines, asking().may(Permission.ADMINISTER))


@callback(Output(ids.INTEGRATIONS_DEAD, "children"), changed("outbox"))
@policy(Permission.SEE_SOURCES)
def draw_dead_letters(_version: object) -> Component:
    """What was given up."""
    with site().database.reading() as session:
        names = {one.public_id: one.name for one in receivers(session, asking())}
        found = dead_letters(session, asking(), LETTERS)
    lines = [
        DeadLine(
            one.receiver,
            names.get(one.receiver, one.receiver),
            one.webhook_id,
            EVENT_NAMES[one.kind],
            one.subject,
            one.happened_at,
            one.attempts,
            one.message,
        )
        for one in found
    ]
    return dead_table(lines, asking().may(Permission.ADMINISTER))


@callback(Output(ids.INTEGRATIONS_SENDERS, "children"), changed("sources"), changed("observations"))
@policy(Permission.SEE_SOURCES)
def draw_senders(_sources: object, _observations: object) -> Component:
    """Systems that push with a key, and sources that are asked by an address."""
    at = now()
    with site().database.reading() as session:
        pushing = heard_senders(session, asking())
        addresses = enabled_addresses(session)
        facts = [one for one in all_sources(session) if one.name in addresses]
    lines = [
        SenderLine(
            PUSHED,
            one.name,
            "đang nhận" if one.is_enabled else "đã dừng",
            False,
            one.heard_at,
            one.message,
            PURPOSE_NAMES[one.purpose],
        )
        for one in pushing
    ]
    for one in facts:
        freshness = one.freshness(at)
        is_bad = one.failures > 0 or freshness in BAD
        host = urlsplit(addresses[one.name]).netloc
        words = FRESHNESS_NAMES[freshness]
        lines.append(SenderLine(ASKED, one.title, words, is_bad, one.last_success_at, one.message, host))
    return senders_table(lines)


@callback(Output(ids.INTEGRATIONS_ACCOUNTS, "children"), changed("sources"))
@policy(Permission.SEE_SOURCES)
def draw_accounts(_version: object) -> Component:
    """Systems that ask us, and calendars that are read."""
    with site().database.reading() as session:
        known = service_accounts(session, asking())
        feeds = living_agenda_feeds(session, asking())
    lines = [
        AccountLine(
            one.name,
            ", ".join(SCOPE_NAMES[scope] for scope in one.scopes),
            one.created_at,
            one.last_token_at,
            one.revoked_at is not None,
        )
        for one in known
    ]
    return accounts_table(lines, feeds)


@callback(Output(ids.INTEGRATIONS_EXAMPLES, "children"), Input(ids.INTEGRATIONS_EXAMPLES, "id"))
@policy(Permission.SEE_SOURCES)
def draw_examples(_once: object) -> Component:
    """Code to copy, with the address of this installation, and the contracts."""
    return examples(request.host_url.rstrip("/"), now())


@callback(
    Output(ids.INTEGRATIONS_TRIED, "children"),
    Input(ids.INTEGRATIONS_TRY_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_receiver_tried(pressed: object) -> Any:
    """Send the receiver whose button was pressed an event of no meaning, and say what came."""
    # The machine's own time, not that of a demo day: receivers hold the signature against theirs.
    receiver = said(pressed, "receiver")
    asked = (site().database, asking(), Vault(site().sources_key), receiver, now(), datetime.now(UTC))
    try:
        return message(try_receiver(*asked, allow_loopback=site().is_sample), is_good=True)
    except ReceiverRefused as refused:
        return message(str(refused), is_good=False)


@callback(
    Output(ids.INTEGRATIONS_REPLAYED, "children"),
    Input(ids.INTEGRATIONS_REPLAY_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_letter_replayed(pressed: object) -> Any:
    """Send again what was given up."""
    try:
        replay_dead_letter(site().database, asking(), said(pressed, "receiver"), said(pressed, "event"), now())
    except ReceiverRefused as refused:
        return message(str(refused), is_good=False)
    return message("Đã đưa vào hàng chờ; gửi lại trong vài giây, cùng mã sự kiện.", is_good=True)


def _receiver_lines(session: Session) -> list[ReceiverLine]:
    waiting = queues(session, asking(), now() - A_DAY)
    lines = []
    for one in receivers(session, asking()):
        queue = waiting.get(one.public_id, Queue())
        lines.append(
            ReceiverLine(
                public_id=one.public_id,
                name=one.name,
                host=urlsplit(one.address).netloc,
                told=", ".join(EVENT_GROUPS[code][0] for code in one.groups),
                is_enabled=one.is_enabled,
                last_success_at=one.last_success_at,
                last_failure_at=one.last_failure_at,
                failures=one.failures,
                message=one.message,
                waiting=queue.waiting,
                oldest_at=queue.oldest_at,
                dead=queue.dead,
                delivered=queue.delivered,
            )
        )
    return lines
