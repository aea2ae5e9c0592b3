"""Sends text compressed: files once compressed are kept in memory, streams and small answers stay as they are."""

from __future__ import annotations

import gzip
import threading

from flask import Flask, Response, request

TEXT = frozenset(
    {
        "application/atom+xml",
        "application/cap+xml",
        "application/geo+json",
        "application/javascript",
        "application/json",
        "application/ld+json",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
    }
)
SMALLEST_BYTES = 800
# Addresses whose content changes only with the build: compressing them again for every screen would be waste.
FILES = ("/assets/", "/_dash-component-suites/")
# Of the process: an address with its fingerprint means the same bytes in whichever application.
_KEPT: dict[str, bytes] = {}
_LOCK = threading.Lock()


def install_compression(server: Flask) -> None:
    """Compress with gzip, which every browser reads and the standard library writes."""

    def compress(response: Response) -> Response:
        if not _can_be_compressed(response):
            return response
        response.direct_passthrough = False
        body = response.get_data()
        if len(body) < SMALLEST_BYTES:
            return response
        etag, _ = response.get_etag()
        # The address carries the fingerprint of scripts, the tag that of other files.
        name = f"{request.full_path} {etag}" if request.path.startswith(FILES) else ""
        with _LOCK:
            small = _KEPT.get(name) if name else None
        if small is None:
            small = gzip.compress(body, 9 if name else 6, mtime=0)
            if name:
                with _LOCK:
                    _KEPT[name] = small
        response.set_data(small)
        response.headers["Content-Encoding"] = "gzip"
        response.vary.add("Accept-Encoding")
        if etag:
            # Other bytes of the same content: the tag may only claim to be weakly the same.
            response.set_etag(etag, weak=True)
        return response

    server.after_request(compress)


def _can_be_compressed(response: Response) -> bool:
    is_stream = response.is_streamed and not response.direct_passthrough
    return (
        response.status_code == 200
        and request.method in ("GET", "POST")
        and not is_stream
        and response.mimetype in TEXT
        and "Content-Encoding" not in response.headers
        and "gzip" in request.accept_encodings
    )
