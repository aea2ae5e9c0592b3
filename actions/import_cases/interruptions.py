"""Imports that did not end: given up cleanly, tried again, and after several failures put aside."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data_access.cases.staging import forget_staging
from data_access.import_batches import BatchState, failures_of_file, interrupted_batches, save_batch_state
from data_access.session import Database
from data_access.versions import lock_writers

TOPIC = "cases"
# A file that breaks the importer this often is set aside, so that it cannot hold up the others for ever.
FAILURES_ALLOWED = 3
FAILED_TOO_OFTEN = (
    "Tệp này đã nhiều lần làm dừng việc nạp nên được để riêng. Báo quản trị xem nhật ký, sửa tệp rồi gửi lại."
)


def recover_interrupted(database: Database) -> int:
    """Give up what a killed process left half prepared; its files are still in the inbox. Returns how many batches.

    A batch that another process is still preparing is given up too: it notices before it applies, and starts again.
    """
    with database.writing() as session:
        lock_writers(session, TOPIC)
        left = interrupted_batches(session)
        for batch_id in left:
            _end(session, batch_id, BatchState.INTERRUPTED, "Bị ngắt giữa chừng; tệp được nhập lại.")
    return len(left)


def give_up(database: Database, batch_id: int, state: BatchState, message: str) -> None:
    """End a batch that could not be decided, unless it has been decided after all."""
    with database.writing() as session:
        lock_writers(session, TOPIC)
        if batch_id in interrupted_batches(session):
            _end(session, batch_id, state, message)


def failed_too_often(session: Session, sha256: str) -> bool:
    """Whether this very file has broken the importer as often as is allowed."""
    return failures_of_file(session, sha256) >= FAILURES_ALLOWED


def _end(session: Session, batch_id: int, state: BatchState, message: str) -> None:
    forget_staging(session, batch_id)
    save_batch_state(session, batch_id, state, message=message)
