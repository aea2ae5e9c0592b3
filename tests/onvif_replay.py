"""Serves recorded replies of ONVIF devices on loopback; every address in them is rewritten to where it serves.

The replies are those of the npm package onvif (MIT), fetched by prepare_peers.py: recorded by others, replayed by us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, Response, request
from web_source_support import serving

HERE = "127.0.0.1"
# Names of schemas look like addresses and are none: what a declaration holds stays as it is.
_DECLARED = re.compile(r"\bxmlns(?::[\w.-]+)?\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ADDRESS = re.compile(r"\b(?P<scheme>[a-z][a-z.+-]*)://[^/\s<>\"'&]+", re.IGNORECASE)
_NUMBERS = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_QUESTION = re.compile(rb"<(?:\w+:)?Body\b[^>]*>\s*<(?:\w+:)?(\w+)")


def rewritten(reply: str, port: int) -> str:
    """A reply in which every URL names this machine and this port, and every bare address this machine."""
    kept = _DECLARED.findall(reply)
    bare = _ADDRESS.sub(rf"\g<scheme>://{HERE}:{port}", _DECLARED.sub("\x00", reply))
    bare = _NUMBERS.sub(lambda found: found[0] if found[0].startswith(("127.", "255.")) else HERE, bare)
    pieces = bare.split("\x00")
    return "".join(piece + name for piece, name in zip(pieces, [*kept, ""], strict=True))


def hosts_named(reply: str) -> set[str]:
    """Every host a reply names, declarations of schemas aside."""
    bare = _DECLARED.sub("", reply)
    urls = {found[0].split("://")[1].partition(":")[0] for found in _ADDRESS.finditer(bare)}
    return urls | set(_NUMBERS.findall(bare))


def recorded(folder: Path, question: str) -> str | None:
    """The recorded reply to a question, None where none was recorded."""
    for name in (question, f"device.{question}"):
        file = folder / f"{name}.xml"
        if file.exists():
            return file.read_text(encoding="utf-8")
    return None


@contextmanager
def replaying(folder: Path, rewrites: bool = True) -> Iterator[tuple[int, list[str]]]:
    """A device on loopback; gives its port and the questions it was asked."""
    app, asked = Flask("onvif_replay"), []

    @app.post("/onvif/<path:_service>")
    def answer(_service: str) -> Response:
        found = _QUESTION.search(request.get_data())
        question = found[1].decode() if found else ""
        asked.append(question)
        reply = recorded(folder, question)
        if reply is None:
            return Response(recorded(folder, "Error") or "", 500, mimetype="application/soap+xml")
        port = int(request.environ["SERVER_PORT"])
        return Response(rewritten(reply, port) if rewrites else reply, mimetype="application/soap+xml")

    with serving(app) as address:
        yield int(address.rpartition(":")[2]), asked
