"""Sign in, sign out, change one's password: plain Flask pages, because Dash's own scripts are not for strangers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask, Response, make_response, redirect, request
from flask.typing import ResponseReturnValue

from access.current import principal_now, somebody_now
from access.lifetimes import SESSION_FOR
from access.policy import policy, public
from access.principal import Principal
from actions.manage_users import UserRefused, change_own_password
from actions.sign_in import SignInRefused, sign_in, sign_out
from data_access.session import Database
from data_access.site import Site
from domain.permissions import Permission, Role
from server.destinations import Destinations
from server.identity import SESSION_COOKIE, Identity
from server.plain_pages import PlainPages

FORM_BYTES = 10_000
ENDED_UNIT = "Đơn vị của tài khoản không còn hoạt động. Liên hệ quản trị."
NOTES = {"changed": "Đã đổi mật khẩu. Đăng nhập lại bằng mật khẩu mới.", "out": "Đã đăng xuất."}


def install_login(
    server: Flask,
    site: Site,
    identity: Identity,
    plain: PlainPages,
    page_paths: Callable[[], dict[str, str]],
    home_of: Callable[[Principal], str],
    destinations: Destinations,
) -> None:
    """Add /login, /logout and /password. A sign-in leads to a page of `page_paths` by its name, or to an address of our
    own that carries our ticket; nowhere else."""
    database, clock = site.database, site.clock

    def destination(principal: Principal) -> str:
        # A ticket of our own, or a name looked up in a table: no address a link carries can lead away from here.
        if asked := destinations.address(request.values.get("ask", "")):
            return asked
        return page_paths().get(request.values.get("next", ""), home_of(principal))

    def form(message: str = "", good: bool = False, status: int = 200, name: str = "") -> Response:
        wanted = request.values.get("next", "")
        ticket = request.values.get("ask", "")
        values = {
            "message": message,
            "good": good,
            "name": name,
            "next": wanted if wanted in page_paths() else "",
            "ask": ticket if destinations.address(ticket) else "",
        }
        return make_response(plain.render("login", **values), status)

    @public(max_bytes=FORM_BYTES)
    def login() -> ResponseReturnValue:
        """The sign-in form; somebody signed in already goes on."""
        principal = somebody_now()
        if principal is not None and principal.role is not Role.SCREEN:
            return redirect(destination(principal))
        note = NOTES.get(request.args.get("note", ""), "")
        return form(note, good=bool(note))

    @public(max_bytes=FORM_BYTES)
    def enter() -> ResponseReturnValue:
        """Exchange name and password for a session with a fresh id; the session this browser had is ended."""
        name = request.form.get("name", "")
        try:
            signed_in = sign_in(
                database, name, request.form.get("password", ""), request.remote_addr or "unknown", clock()
            )
        except SignInRefused as refused:
            answer = form(refused.message, status=429 if refused.wait else 401, name=name[:64])
            if refused.wait:
                answer.headers["Retry-After"] = str(round(refused.wait.total_seconds()))
            return answer
        _end_session(database, identity, clock())
        if not identity.scope_is_alive(signed_in.principal):
            sign_out(database, signed_in.token, clock())
            return form(ENDED_UNIT, status=403, name=name[:64])
        answer = make_response(redirect(destination(signed_in.principal), code=303))
        identity.set_cookie(answer, SESSION_COOKIE, signed_in.token, SESSION_FOR)
        return answer

    @public(max_bytes=FORM_BYTES)
    def logout() -> ResponseReturnValue:
        """End this browser's session; public, because one may always give up one's own cookie."""
        _end_session(database, identity, clock())
        answer = make_response(redirect("/login?note=out", code=303))
        identity.forget_cookie(answer, SESSION_COOKIE)
        return answer

    @policy(Permission.SIGN_OUT, max_bytes=FORM_BYTES)
    def password() -> ResponseReturnValue:
        """Change one's own password; afterwards every session of the account is over, this one too."""
        principal = principal_now()
        message = ""
        if request.method == "POST":
            wanted = request.form.get("wanted", "")
            try:
                if wanted != request.form.get("again", ""):
                    raise UserRefused("Hai lần nhập mật khẩu mới không giống nhau.")
                change_own_password(database, principal, request.form.get("current", ""), wanted, clock())
            except UserRefused as refused:
                message = str(refused)
            else:
                answer = make_response(redirect("/login?note=changed", code=303))
                identity.forget_cookie(answer, SESSION_COOKIE)
                return answer
        return make_response(plain.render("password", name=principal.name, message=message), 422 if message else 200)

    server.add_url_rule("/login", "login", login, methods=["GET"])
    server.add_url_rule("/login", "enter", enter, methods=["POST"])
    server.add_url_rule("/logout", "logout", logout, methods=["POST"])
    server.add_url_rule("/password", "password", password, methods=["GET", "POST"])


def _end_session(database: Database, identity: Identity, now: datetime) -> None:
    token = request.cookies.get(identity.cookie_name(SESSION_COOKIE))
    if token:
        sign_out(database, token[:200], now)
