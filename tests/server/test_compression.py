"""Text travels compressed, files are compressed once, streams and pictures are left alone."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, send_from_directory
from flask.testing import FlaskClient

from server import compression
from server.compression import install_compression

LONG = "Phú Vang " * 400
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    server = Flask("test", static_folder=None)
    (tmp_path / "live.js").write_text(LONG, encoding="utf-8")
    (tmp_path / "font.woff2").write_bytes(b"x" * 4000)

    @server.get("/assets/<name>")
    def file(name: str) -> Response:
        return send_from_directory(tmp_path, name)

    @server.get("/page")
    def page() -> Response:
        return Response(LONG, mimetype="text/html")

    @server.get("/short")
    def short() -> Response:
        return Response("ngắn", mimetype="text/html")

    @server.get("/stream")
    def stream() -> Response:
        def events() -> Iterator[str]:
            yield LONG

        return Response(events(), mimetype="text/html")

    install_compression(server)
    return server.test_client()


@pytest.mark.parametrize("path", ["/assets/live.js", "/page"])
def test_text_is_compressed_for_who_reads_it(client: FlaskClient, path: str) -> None:
    with client.get(path, headers=GZIP) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert int(answer.headers["Content-Length"]) == len(answer.data) < len(LONG) / 10
        assert gzip.decompress(answer.data).decode() == LONG


@pytest.mark.parametrize("path", ["/assets/font.woff2", "/short", "/stream"])
def test_what_gains_nothing_is_left_alone(client: FlaskClient, path: str) -> None:
    with client.get(path, headers=GZIP) as answer:
        assert "Content-Encoding" not in answer.headers


def test_who_does_not_read_gzip_gets_plain_text(client: FlaskClient) -> None:
    with client.get("/page", headers={"Accept-Encoding": "identity"}) as answer:
        assert answer.get_data(as_text=True) == LONG


def test_a_file_is_compressed_once(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get("/assets/live.js", headers=GZIP).close()
    monkeypatch.setattr(compression.gzip, "compress", lambda *_arguments, **_options: pytest.fail("again"))
    client.get("/assets/live.js", headers=GZIP).close()


def test_a_file_kept_by_the_browser_is_not_sent_again(client: FlaskClient) -> None:
    with client.get("/assets/live.js", headers=GZIP) as first:
        tag = first.headers["ETag"]
    with client.get("/assets/live.js", headers={**GZIP, "If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
