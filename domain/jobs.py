"""Long work asked for at a desk: queued, worked off by the worker in steps, cancelled between two of them.

Nothing here knows what the work is; `kind` and `wanted` say it to whoever does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.permissions import Role

# A worker may die in the middle of one, and one may kill the worker: taken up again once, then it has failed.
MOST_ATTEMPTS = 2
FAILED_WORDS = "Không làm được: công việc bị gián đoạn nhiều lần. Xem nhật ký của worker."


class JobKind(StrEnum):
    """Loại công việc nền."""

    BRIEFING = "briefing"
    CASE_WORKBOOK = "case_workbook"


JOB_KIND_NAMES = {JobKind.BRIEFING: "Lập bản tin", JobKind.CASE_WORKBOOK: "Lập Excel danh sách việc"}


class JobState(StrEnum):
    """Trạng thái công việc nền. The last three are its end."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


JOB_STATE_NAMES = {
    JobState.QUEUED: "Đang chờ",
    JobState.RUNNING: "Đang làm",
    JobState.DONE: "Đã xong",
    JobState.CANCELLED: "Đã hủy",
    JobState.FAILED: "Không làm được",
}
OPEN_JOBS = frozenset({JobState.QUEUED, JobState.RUNNING})


class JobRefused(ValueError):
    """What was asked of a job is not possible; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class JobStep:
    """Bước của công việc nền: what is done next and how far it is by then; the last one names what came of it."""

    progress: int
    words: str
    result: str = ""


@dataclass(frozen=True, slots=True)
class DeskJob:
    """Công việc nền. `asked_by` in `role` asked for it; `unit` is what it is about, '' for the whole province, `wanted`
    what exactly in the words of its kind, `slot` the appointment it keeps ('' when a person asked)."""

    public_id: str
    kind: JobKind
    state: JobState
    progress: int
    words: str
    asked_by: str
    asked_by_id: str
    role: Role
    unit: str
    wanted: str
    slot: str
    asked_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    result: str = ""
    attempts: int = 0
    is_cancel_asked: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it still waits or is worked on."""
        return self.state in OPEN_JOBS
