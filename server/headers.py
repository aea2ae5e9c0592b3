"""Response headers that keep a page to itself: content security policy, no sniffing, no framing, no caching of data."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Request, Response

# Scripts, styles and fonts are no data: what carries no cache rule of its own may be kept, but is asked for again.
FILES = ("/assets/", "/_dash-component-suites/", "/_favicon.ico")


def content_security_policy(script_hashes: Sequence[str]) -> str:
    """Only our own origin, and exactly the inline scripts Dash writes into its index; no eval anywhere.

    Inline styles stay allowed: AG Grid and Plotly set them, and a style runs no code.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(("'self'", *script_hashes)),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "connect-src": "'self'",
        "font-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def protect(response: Response, request: Request, policy: str, behind_tls: bool) -> Response:
    """Add the headers; a route that says how long its answer may be kept is believed, all others are never stored."""
    headers = response.headers
    headers["Content-Security-Policy"] = policy
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    # Not "no-referrer": browsers would then send "Origin: null" with our own forms, and the origin check refuse them.
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    if behind_tls:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    is_file = request.path.startswith(FILES) and response.status_code in (200, 304)
    if "Cache-Control" not in headers or response.status_code >= 400:
        headers["Cache-Control"] = "no-cache" if is_file else "no-store"
    if not is_file:
        response.vary.add("Cookie")
    return response
