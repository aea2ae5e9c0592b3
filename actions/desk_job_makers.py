"""Who makes what a desk asks for in the background, by the kind of work."""

from __future__ import annotations

from collections.abc import Mapping

from actions.make_briefing import briefing_maker
from actions.make_case_workbook import case_workbook_maker
from actions.work_jobs import Maker
from domain.jobs import JobKind
from domain.units import Organisation


def job_makers(organisation: Organisation, is_sample: bool) -> Mapping[JobKind, Maker]:
    """The makers of this installation."""
    return {
        JobKind.BRIEFING: briefing_maker(organisation, is_sample),
        JobKind.CASE_WORKBOOK: case_workbook_maker(organisation, is_sample),
    }
