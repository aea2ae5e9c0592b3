"""Workbooks and documents that are made for one download and kept nowhere."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from flask import Response, send_file

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
PNG, SVG = "image/png", "image/svg+xml"


def send_workbook(write: Callable[[Path], object], name: str) -> Response:
    """Send the workbook that `write` writes."""
    return send_written(write, name, XLSX)


def send_written(write: Callable[[Path], object], name: str, kind: str) -> Response:
    """Send what `write` writes, as a file of a kind; the file is gone from the disk before it is sent."""
    with tempfile.TemporaryDirectory(prefix="download-") as folder:
        path = Path(folder) / name
        write(path)
        content = BytesIO(path.read_bytes())
    return send_file(content, mimetype=kind, as_attachment=True, download_name=name, max_age=0)
