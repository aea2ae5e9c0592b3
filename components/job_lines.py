"""Long work asked for at a desk: what, since when, how far, and what can be done about it."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from domain.jobs import JOB_STATE_NAMES, DeskJob, JobState
from domain.local_time import moment_words


def job_line(title: str, job: DeskJob, cancel_id: dict[str, str], made: Component) -> Component:
    """One piece of work; open, it can be cancelled, done, `made` leads to what came of it."""
    words = f": {job.words}" if job.words and job.state is not JobState.DONE else ""
    told = html.Span([JOB_STATE_NAMES[job.state], words], className="is-bad" if job.state is JobState.FAILED else None)
    bar = html.Progress(value=str(job.progress), max="100", title="Tiến độ")
    return html.Div(
        [
            html.Span([f"{title} ", html.Small(moment_words(job.asked_at))]),
            html.Span([bar, html.Small(f"{job.progress}%")]) if job.is_open else html.Span(),
            told,
            _beside(job, cancel_id, made),
        ],
        className="job-line",
    )


def _beside(job: DeskJob, cancel_id: dict[str, str], made: Component) -> Component:
    if not job.is_open:
        return made if job.result else html.Span()
    if job.is_cancel_asked:
        return html.Span("Đang hủy…", className="desk-faint")
    return html.Button("Hủy", id=cancel_id, className="desk-button desk-button--small", type="button")
