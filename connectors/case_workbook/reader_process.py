"""Reads workbooks from outside in a limited child process, so that a hostile file can only kill the child."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from connectors.base import SourceUnavailable, WorkbookRefused
from connectors.case_workbook.assembling import Message, assemble
from connectors.case_workbook.parsed import Limits, ParsedWorkbook, Reference, RowRef
from connectors.case_workbook.transfer import OUT_OF_MEMORY_EXIT, REFUSED_EXIT, Request, messages_in

_ROOT = Path(__file__).resolve().parents[2]
_DEFAULT_LIMITS = Limits()
_TOO_LONG = "Đọc tệp quá lâu nên đã dừng; hãy tách thành nhiều tệp nhỏ hơn."
_TOO_MUCH = (
    "Tệp cần quá nhiều bộ nhớ nên đã dừng đọc; có thể có một ô lạc ở dòng hoặc cột rất xa. Hãy xóa các dòng, cột thừa "
    "hoặc tách thành nhiều tệp."
)
_STRANGE = "Không đọc được tệp: tệp hỏng hoặc có cấu trúc lạ. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi gửi lại."


def read_workbook(
    path: Path, reference: Reference, limits: Limits = _DEFAULT_LIMITS, *, name: str | None = None
) -> ParsedWorkbook:
    """Read a workbook in a child process.

    `name` is the name the file was sent under when the path is a temporary one; its ending and a date in it count.
    Raises WorkbookRefused (the content) or SourceUnavailable (the file is not there or not readable).
    """
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        result = Path(folder) / "messages"
        _run(Request(path, name or path.name, reference, limits), result)
        return assemble(messages_in(result))


def row_cells(
    path: Path,
    reference: Reference,
    refs: Iterable[RowRef],
    limits: Limits = _DEFAULT_LIMITS,
    *,
    name: str | None = None,
) -> dict[RowRef, tuple[str, ...]]:
    """The texts of rows that were accepted while reading and are rejected later, as RejectedRow.cells has them."""
    wanted: dict[str, set[int]] = {}
    for ref in refs:
        wanted.setdefault(ref.sheet, set()).add(ref.row_number)
    if not wanted:
        return {}
    frozen = {sheet: frozenset(rows) for sheet, rows in wanted.items()}
    with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
        result = Path(folder) / "messages"
        _run(Request(path, name or path.name, reference, limits, frozen), result)
        return dict(_texts(messages_in(result)))


def _texts(messages: Iterable[Message]) -> Iterator[tuple[RowRef, tuple[str, ...]]]:
    for message in messages:
        if message[0] == "texts":
            yield RowRef(message[1], message[2]), tuple(message[4])


def _run(request: Request, result: Path) -> None:
    run_reader("connectors.case_workbook.child", request.path, request.to_json(), request.limits, result)


def run_reader(module: str, path: Path, asked: str, limits: Limits, result: Path) -> None:
    """Run a child that reads one file to its end; returns when `result` holds a whole answer.

    `asked` is one line of JSON. Raises WorkbookRefused, or SourceUnavailable when the file is not there.
    """
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        raise SourceUnavailable(f"không mở được tệp: {error.strerror}") from error
    errors = result.with_name("errors")
    with errors.open("wb") as error_file:
        child = subprocess.Popen(
            [sys.executable, "-m", module, str(result)],
            cwd=_ROOT,
            env={"LANG": "C.UTF-8", "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=error_file,
            start_new_session=True,
        )
        try:
            child.communicate((asked + "\n").encode(), timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired as error:
            raise WorkbookRefused(_TOO_LONG, detail="wall clock") from error
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
    _judge(child.returncode, result, errors)


def _judge(code: int, result: Path, errors: Path) -> None:
    if code == 0:
        return
    if code == REFUSED_EXIT:
        *_rest, last = messages_in(result)
        raise WorkbookRefused(last[1], detail=last[2])
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise WorkbookRefused(_TOO_LONG, detail=f"signal {-code}")
    with errors.open("rb") as file:
        said = file.read(300).decode("utf-8", "replace")
    if code in (OUT_OF_MEMORY_EXIT, -signal.SIGABRT) or "MemoryError" in said:
        raise WorkbookRefused(_TOO_MUCH, detail=f"exit {code}")
    raise WorkbookRefused(_STRANGE, detail=f"exit {code}: {said.splitlines()[0] if said else ''}")
