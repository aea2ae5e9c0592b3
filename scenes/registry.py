"""Every wall scene, in the order of the header, and the feed; the worker draws these and nothing else."""

from __future__ import annotations

from scenes import attendance, cameras, cases, far, field_reports, frame, outbound_feed, overview, programme

SCENES = (
    frame.SCENE,
    overview.SCENE,
    cases.SCENE,
    field_reports.SCENE,
    attendance.SCENE,
    cameras.SCENE,
    programme.SCENE,
    far.SCENE,
)
# Of the same answers, for the smart-city centre: no screen shows them.
FEEDS = (outbound_feed.SCENE,)
