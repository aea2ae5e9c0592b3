"""A small web server under the control of a test: what it was asked, and what it answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, Request, Response, request
from werkzeug.serving import make_server

Answer = Response | tuple[bytes, int] | bytes


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """An application on a free port of loopback; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    # How often it looks whether it is to end; half a second of its own would be a wait at the end of every test.
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def answering(answer: Callable[[Request], Answer]) -> Iterator[tuple[str, list[str]]]:
    """A server that answers every address the same way; gives its address and the list of what it was asked."""
    app, asked = Flask("under_test"), []

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
    @app.route("/<path:path>", methods=["GET", "POST"])
    def any_address(path: str) -> Answer:
        asked.append(request.full_path)
        return answer(request)

    with serving(app) as address:
        yield address, asked
