"""/embed/SCENE: one scene of the wall inside a page of another system, read-only.

A signed address is exchanged once for a cookie that belongs to one scene and, by the browser, to one embedding site.
The routes are open to strangers as far as the gate knows; each asks for its cookie itself, and nothing else is reached
by it: no page, no callback, no other scene.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, abort, jsonify, make_response, redirect, request, send_from_directory
from flask.typing import ResponseReturnValue
from plotly.utils import PlotlyJSONEncoder

from access.audience import PROVINCE
from access.current import principal_now
from access.embed_address import AddressNotValid, EmbedSigner
from access.policy import policy, public
from access.principal import Principal
from access.rate_limits import RateLimit
from access.tokens import token_hash
from actions.embed_scene import COOKIE_FOR, EmbedRefused, exchange_address, make_embed_address, renew_embed
from components.wall_frame import embedded_frame, panels_of_frame
from data_access.embeds import embed_by_token
from domain.permissions import Permission, Role
from domain.screens import EMBEDDABLE_SCENES
from server.live import HASH, MOST_HASHES, Live, Recheck, compact, milliseconds, note_seen, stream, whole_state
from server.plain_pages import PlainPages

ROOT = "/embed"
COOKIE = "thads_embed"
PAGE = "embed_page"
ASSETS = Path(__file__).resolve().parent.parent / "assets"
STYLES = (
    *("00_tokens.css", "10_wall.css", "11_wall_scenes.css", "12_wall_far.css", "13_wall_programme.css"),
    "14_embed.css",
)
SCRIPTS = ("draw.js", "embed_frame.js", "ages.js", "live.js")
FOLDERS = ("fonts/", "icons/")
SCENES = frozenset(entry.name for entry in EMBEDDABLE_SCENES)
SMALL_BYTES = 1_000
# One page asks every ten minutes; a hall full of them stands behind one address.
RENEWALS_PER_MINUTE = 120


def install_embed(server: Flask, live: Live, signer: EmbedSigner, configured: str) -> str:
    """Add the routes, and the headers that let the `configured` origin alone frame the page; that origin. Without one
    nothing is framed and every route answers 404; raises ValueError for what is no origin."""
    origin = embed_origin_of(configured)
    plain = PlainPages()
    renewals = RateLimit(RENEWALS_PER_MINUTE)
    server.config["EMBED_ORIGIN"] = origin

    @public(max_bytes=SMALL_BYTES)
    def embed_page(scene: str) -> ResponseReturnValue:
        """The page for whoever holds the cookie; a signed address becomes the cookie and the plain address."""
        _known(scene, origin)
        if "sig" in request.args:
            return _exchange(live, signer, plain, scene)
        if _holder(live, scene) is None:
            return plain.render("embed_refused"), 403
        frame = json.dumps(embedded_frame(scene), cls=PlotlyJSONEncoder, ensure_ascii=False)
        return plain.render(
            "embed",
            frame=frame,
            scene=scene,
            base=f"{ROOT}/{scene}",
            styles=STYLES,
            scripts=SCRIPTS,
            build=live.build,
            server_at=milliseconds(live.clock()),
        )

    @public(max_bytes=SMALL_BYTES)
    def embed_renew(scene: str) -> ResponseReturnValue:
        """Called by a page that stands: the cookie lives on."""
        _known(scene, origin)
        if seconds := renewals.wait_for(request.remote_addr or ""):
            return jsonify(error="too_often"), 429, {"Retry-After": str(seconds)}
        token = request.cookies.get(COOKIE, "")
        until = renew_embed(live.database, scene, token, live.clock())
        if until is None:
            return jsonify(error="over"), 401
        answer = make_response(jsonify(until=until.isoformat()))
        _set_cookie(answer, scene, token, until, live.clock())
        return answer

    @public()
    def embed_file(scene: str, name: str) -> Response:
        """The styles, scripts, fonts and icons that the page needs, and no other file."""
        _known(scene, origin)
        _require(live, scene)
        if name not in {*STYLES, *SCRIPTS} and not (name.startswith(FOLDERS) and ".." not in name):
            abort(404)
        return send_from_directory(ASSETS, name, max_age=0)

    @policy(Permission.EMBED_SCENES, max_bytes=SMALL_BYTES)
    def embed_grant() -> ResponseReturnValue:
        """For a system with a token: the address of a scene, good for minutes and once."""
        body = request.get_json(silent=True)
        scene = body.get("scene") if isinstance(body, dict) else None
        try:
            wanted = scene if isinstance(scene, str) and origin else ""
            path, until = make_embed_address(live.database, principal_now(), signer, wanted, live.clock())
        except EmbedRefused as refused:
            return jsonify(error=str(refused)), 422
        return jsonify(address=request.host_url.rstrip("/") + path, exchange_until=until.isoformat()), 201

    server.add_url_rule(f"{ROOT}/<string:scene>", PAGE, embed_page, methods=["GET"])
    server.add_url_rule(f"{ROOT}/<string:scene>/renew", "embed_renew", embed_renew, methods=["POST"])
    server.add_url_rule(f"{ROOT}/<string:scene>/files/<path:name>", "embed_file", embed_file)
    server.add_url_rule("/api/embed", "embed_grant", embed_grant, methods=["POST"])
    _install_embed_live(server, live, origin)

    # Registered before the gate's own, so it runs after it: the one page that may stand in a frame.
    @server.after_request
    def let_be_framed(response: Response) -> Response:
        if request.endpoint == PAGE and origin:
            said = response.headers.get("Content-Security-Policy", "")
            response.headers["Content-Security-Policy"] = said.replace(
                "frame-ancestors 'none'", f"frame-ancestors {origin}"
            )
            response.headers.pop("X-Frame-Options", None)
        return response

    return origin


def _install_embed_live(server: Flask, live: Live, origin: str) -> None:
    """The live wire of one scene: the same as a screen's, less every other panel."""

    @public()
    def embed_stream(scene: str) -> Response:
        _known(scene, origin)
        holder = _require(live, scene)
        if not live.slots.acquire(blocking=False):
            return Response(status=503, headers={"Retry-After": "15", "Cache-Control": "no-store"})
        response = Response(
            stream(live, holder, _recheck(live, scene), panels_of_frame(scene)),
            mimetype="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        response.call_on_close(live.slots.release)
        return response

    @public()
    def embed_snapshot(scene: str) -> Response:
        _known(scene, origin)
        holder = _require(live, scene)
        note_seen(live, PROVINCE)
        state = whole_state(live.hub.frame(), holder, live.build, panels_of_frame(scene))
        server_at = milliseconds(live.clock())
        response = Response(compact({**state, "server_at": server_at}), mimetype="application/json")
        response.headers["X-Server-At"] = str(server_at)
        return response

    @public()
    def embed_content(scene: str) -> Response:
        """Drawn panels by hash, of this scene as it is now; what is no longer shown is simply missing."""
        _known(scene, origin)
        _require(live, scene)
        asked = request.args.getlist("h")
        if not 0 < len(asked) <= MOST_HASHES or not all(HASH.fullmatch(name) for name in asked):
            return Response(status=400)
        panels = live.hub.frame().panels_of(PROVINCE.key)
        shown = {panels[name] for name in panels_of_frame(scene) if name in panels}
        own = [name for name in asked if name in shown]
        if not own:
            return Response("{}", mimetype="application/json")
        body, _ = live.hub.bodies(PROVINCE.key, own)
        headers = {"Content-Encoding": "gzip", "Cache-Control": "no-store"}
        return Response(body, mimetype="application/json", headers=headers)

    for name, view in (("stream", embed_stream), ("snapshot", embed_snapshot), ("content", embed_content)):
        server.add_url_rule(f"{ROOT}/<string:scene>/{name}", f"embed_{name}", view)


def embed_origin_of(configured: str) -> str:
    """The one origin that may frame, '' for none; raises ValueError for what is no origin."""
    if not configured:
        return ""
    parts = urlsplit(configured)
    plain = f"{parts.scheme}://{parts.netloc}"
    if (
        parts.scheme not in {"http", "https"}
        or not parts.netloc
        or plain != configured
        or set(configured) & set(" ;,*'")
    ):
        raise ValueError("EMBED_ORIGIN must be one origin, as https://ioc.example.vn")
    return configured


def _exchange(live: Live, signer: EmbedSigner, plain: PlainPages, scene: str) -> ResponseReturnValue:
    exp, kid, sig = (request.args.get(name, "") for name in ("exp", "kid", "sig"))
    now = live.clock()
    try:
        exchanged = exchange_address(live.database, signer, scene, exp, kid, sig, now)
    except AddressNotValid:
        return plain.render("embed_refused"), 403
    answer = redirect(f"{ROOT}/{scene}", code=303)
    _set_cookie(answer, scene, exchanged.token, exchanged.until, now)  # type: ignore[arg-type]
    return answer


def _set_cookie(answer: Response, scene: str, token: str, until: datetime, now: datetime) -> None:
    """Partitioned: the browser keeps it for this scene inside this embedding site alone."""
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(min(until - now, COOKIE_FOR).total_seconds()),
        path=f"{ROOT}/{scene}",
        secure=True,
        httponly=True,
        samesite="None",
        partitioned=True,
    )


def _known(scene: str, origin: str) -> None:
    if scene not in SCENES or not origin:
        abort(404)


def _holder(live: Live, scene: str) -> Principal | None:
    return _recheck(live, scene)()


def _require(live: Live, scene: str) -> Principal:
    found = _holder(live, scene)
    if found is None:
        abort(401)
    return found


def _recheck(live: Live, scene: str) -> Recheck:
    """In a request, remember its (hashed) cookie; later, ask whether it is still good. Shown as to a screen of the
    province: panels, and nothing by name."""
    hashed = token_hash(request.cookies.get(COOKIE, ""))

    def ask() -> Principal | None:
        with live.database.reading() as session:
            known = embed_by_token(session, scene, hashed, live.clock())
        return None if known is None else Principal(Role.SCREEN, known.public_id, "embed")

    return ask
