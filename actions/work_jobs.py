"""Long work asked for at a desk, done by the worker in short steps: told how far it is, cancelled between two steps.

Nothing here knows what the work is: whoever makes something gives a maker for its kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from access.principal import NotAllowed, Principal
from data_access.audit import record_audit
from data_access.jobs import claim_next, has_open_jobs, save_cancel, save_failure, save_progress, take_up_abandoned
from data_access.scope import NotFound
from data_access.session import Database
from domain.jobs import DeskJob, JobKind, JobStep

log = structlog.get_logger(__name__)
REFUSED_WORDS = "Không làm được: đơn vị không còn, hoặc không còn quyền xem."
# Says before each step what it will do, and at the end what came of it. It may be begun anew after a crash.
Maker = Callable[[Database, DeskJob, datetime], Iterator[JobStep]]


class JobWorker:
    """One process's hands; call it with the time. `guard` refuses (raises) once another process leads."""

    def __init__(
        self,
        database: Database,
        makers: Mapping[JobKind, Maker],
        holder: str,
        clock: Callable[[], datetime],
        guard: Callable[[Session], None],
    ) -> None:
        self._database, self._makers, self._holder = database, makers, holder
        self._clock, self._guard = clock, guard

    def __call__(self, now: datetime) -> None:
        """Work the next waiting job to its end, if there is one.

        1. Only the leader works jobs, one at a time: one that is still running here was left behind. 2. A job that
        must not be done fails at once with words; any other error ends this run, is reported by the worker's loop, and
        the job is taken up again or fails.
        """
        with self._database.reading() as session:
            if not has_open_jobs(session):
                return
        with self._database.writing() as session:
            self._guard(session)
            take_up_abandoned(session, now)
            job = claim_next(session, self._holder, now)
        if job is None:
            return
        try:
            for step in self._makers[job.kind](self._database, job, now):
                with self._database.writing() as session:
                    self._guard(session)
                    if not save_progress(session, job, self._holder, step, self._clock()):
                        break
        except (NotAllowed, NotFound) as refused:
            log.warning("job refused", job=job.public_id, kind=job.kind.value, reason=str(refused))
            with self._database.writing() as session:
                self._guard(session)
                save_failure(session, job, self._holder, REFUSED_WORDS, self._clock())


def cancel_job(database: Database, principal: Principal, public_id: str, now: datetime) -> DeskJob:
    """Cancel own work that waits or runs. Raises NotFound, JobRefused."""
    with database.writing() as session:
        job = save_cancel(session, principal, public_id, now)
        record_audit(session, principal, "job_cancelled", public_id, {"kind": job.kind.value}, now)
    return job
