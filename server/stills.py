"""/cameras/still: one picture of a camera for whoever may look, in answer to a POST of our own page only."""

from __future__ import annotations

import shutil

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue

from access.current import principal_now
from access.policy import policy
from access.principal import NotAllowed
from access.vault import Vault
from actions.look_at_camera import LookRefused, look_at_camera
from data_access.scope import NotFound
from data_access.site import Site
from domain.permissions import Permission

BODY = 4_000


def install_stills(server: Flask, site: Site, vault: Vault) -> None:
    """Add the route."""
    ffmpeg = shutil.which("ffmpeg")

    @policy(Permission.LOOK_AT_CAMERAS, max_bytes=BODY)
    def camera_still() -> ResponseReturnValue:
        """The picture, never to be kept by anybody on the way; or why not, in Vietnamese."""
        asked = (request.form.get("camera", "")[:64], request.form.get("reason", "")[:500])
        try:
            who = (site.database, principal_now(), site.organisation)
            picture = look_at_camera(*who, vault, asked, ffmpeg, site.clock())
        except LookRefused as refused:
            return jsonify(error=str(refused)), 409
        except NotAllowed:
            return jsonify(error="Vai trò của bạn không được xem hình ở nơi này."), 403
        except NotFound:
            return jsonify(error="Không có camera này trong phạm vi của bạn."), 404
        headers = {"Cache-Control": "no-store, private", "Content-Disposition": "inline"}
        return Response(picture, mimetype="image/png", headers=headers)

    server.add_url_rule("/cameras/still", "camera_still", camera_still, methods=["POST"])
