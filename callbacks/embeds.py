"""Places that show a scene inside another system, on /integrations: an address made, a place ended."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, no_update
from dash.development.base_component import Component
from flask import request

from access.embed_address import EmbedSigner
from access.policy import policy
from actions.embed_scene import EmbedRefused, make_embed_address, revoke_embed
from callbacks.asking import asking, now, plain_text, said, site
from callbacks.pulse import changed
from components import ids
from components.embed_desk import NOWHERE, EmbedLine, embed_address, embeds_table
from components.integrations_desk import message
from data_access.embeds import living_embeds
from domain.permissions import Permission


@callback(Output(ids.INTEGRATIONS_EMBEDS, "children"), changed("outbox"))
@policy(Permission.SEE_SOURCES)
def draw_embeds(_version: object) -> Component:
    """Every place that shows a scene."""
    with site().database.reading() as session:
        found = living_embeds(session, asking(), now())
    lines = [
        EmbedLine(
            one.public_id,
            one.scene,
            one.created_by,
            one.created_at,
            one.expires_at,
            one.exchanged_at,
            one.seen_at,
        )
        for one in found
    ]
    return embeds_table(lines, asking().may(Permission.ADMINISTER))


@callback(
    Output(ids.INTEGRATIONS_EMBEDDED, "children"),
    Input(ids.INTEGRATIONS_EMBED, "n_clicks"),
    State(ids.INTEGRATIONS_SCENE, "value"),
    prevent_initial_call=True,
)
@policy(Permission.EMBED_SCENES)
def on_embed_wanted(clicks: object, scene: object) -> Any:
    """A new address of the chosen scene."""
    if not clicks:
        return no_update
    if not site().embed_origin:
        return message(NOWHERE, is_good=False)
    signer = EmbedSigner(site().sources_key)
    try:
        path, until = make_embed_address(site().database, asking(), signer, plain_text(scene), now())
    except EmbedRefused as refused:
        return message(str(refused), is_good=False)
    return embed_address(request.host_url.rstrip("/") + path, until)


@callback(
    Output(ids.INTEGRATIONS_ENDED, "children"),
    Input(ids.INTEGRATIONS_END_PRESSED, "data"),
    prevent_initial_call=True,
)
@policy(Permission.ADMINISTER)
def on_embed_ended(pressed: object) -> Any:
    """End the place whose button was pressed."""
    try:
        revoke_embed(site().database, asking(), said(pressed, "embed"), now())
    except EmbedRefused as refused:
        return message(str(refused), is_good=False)
    return message("Đã thu hồi: nơi đó tối trong vài giây.", is_good=True)
