"""The child process that opens files from outside: limits on itself first, then reading, then answers to a file.

Run as `python -m connectors.case_workbook.child RESULT_FILE` with a request on standard input, in an empty environment.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from types import TracebackType

from connectors.base import WorkbookRefused
from connectors.case_workbook.parsed import Limits
from connectors.case_workbook.reading import row_texts, workbook_messages
from connectors.case_workbook.transfer import OUT_OF_MEMORY_EXIT, REFUSED_EXIT, Request, write_message

_RESULT_BYTES = 512 * 1024 * 1024
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.spawn", "ctypes.")


def _main(result: Path) -> int:
    request = Request.from_json(sys.stdin.readline())
    limit_this_process(request.limits)
    try:
        with result.open("w", encoding="ascii") as file:
            try:
                if request.wanted is None:
                    for message in workbook_messages(request.path, request.reference, request.limits, request.name):
                        write_message(file, message)
                else:
                    for ref, kind, texts in row_texts(
                        request.path, request.reference, request.wanted, request.limits, request.name
                    ):
                        write_message(file, ["texts", ref.sheet, ref.row_number, kind.value, list(texts)])
                    write_message(file, ["end"])
            except WorkbookRefused as refusal:
                write_message(file, ["refused", refusal.reason, refusal.detail])
                return REFUSED_EXIT
    except MemoryError:
        return OUT_OF_MEMORY_EXIT
    return 0


def limit_this_process(limits: Limits) -> None:
    """Memory, processor time, size of the answer; no core file with a citizen's data; no network, no other program."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_RESULT_BYTES, _RESULT_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    sys.addaudithook(_forbid)


def _forbid(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader of workbooks does not need {event}")


def say_where_only(kind: type[BaseException], _error: BaseException, trace: TracebackType | None) -> None:
    """For sys.excepthook: a traceback could repeat cell contents into a log; the place is enough."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "?"
    sys.stderr.write(f"{kind.__name__} at {place}\n")


if __name__ == "__main__":
    sys.excepthook = say_where_only
    sys.exit(_main(Path(sys.argv[1])))
