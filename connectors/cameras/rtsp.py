"""Rungs 1 to 3 over RTSP: the port is open, the login is right, a video is described. No exception leaves here."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from connectors.cameras.endpoint import CameraEndpoint
from connectors.cameras.rtsp_wire import RtspAnswer, RtspWire, WireTrouble
from connectors.cameras.sdp import VideoTrack, first_video
from domain.cameras import Fault, Rung, RungName

# One camera's rungs 1 to 3 together: answers take milliseconds, and a hundred that are silent must fit into a pass.
BUDGET = timedelta(seconds=4)
NOT_ASKED = "Thiết bị chưa hỏi mật khẩu."


@dataclass(frozen=True, slots=True)
class Described:
    """The three rungs, and the video where there is one."""

    rungs: tuple[Rung, ...]
    video: VideoTrack | None = None


def describe(endpoint: CameraEndpoint, now: datetime, budget: timedelta = BUDGET) -> Described:
    """Connect, ask for OPTIONS, ask for DESCRIBE with the login, and say what each answer means."""
    until = time.monotonic() + budget.total_seconds()
    try:
        wire = RtspWire(endpoint, until)
    except WireTrouble as trouble:
        return Described((Rung.bad(RungName.REACHABLE, now, trouble.fault, trouble.reason),))
    reachable = Rung.good(RungName.REACHABLE, now)
    with wire:
        try:
            answer = wire.ask("OPTIONS", endpoint.path)
            # Many devices want no login for OPTIONS, and some do not know it; one that refused it is not asked twice.
            if answer.code not in {401, 403}:
                answer = wire.describe(endpoint.path)
        except WireTrouble as trouble:
            # Nothing is known of the password: the line broke before anybody asked for it.
            asked = Rung.unknown(RungName.AUTHENTICATED, now, NOT_ASKED)
            return Described((reachable, asked, Rung.bad(RungName.DESCRIBED, now, trouble.fault, trouble.reason)))
        is_challenged = wire.was_challenged
    above, video = _meaning(answer, endpoint, is_challenged, now)
    return Described((reachable, *above), video)


def knock(endpoint: CameraEndpoint, now: datetime, budget: timedelta = BUDGET) -> Rung:
    """Rung 1 alone: whether the port is open. Nothing is asked, so no wrong login is counted."""
    try:
        with RtspWire(endpoint, time.monotonic() + budget.total_seconds()):
            return Rung.good(RungName.REACHABLE, now)
    except WireTrouble as trouble:
        return Rung.bad(RungName.REACHABLE, now, trouble.fault, trouble.reason)


def _meaning(
    answer: RtspAnswer, endpoint: CameraEndpoint, is_challenged: bool, now: datetime
) -> tuple[tuple[Rung, ...], VideoTrack | None]:
    """Rungs 2 and 3 from the answer to DESCRIBE: a refused login is misconfigured, never down."""
    code = answer.code
    if code in {401, 403}:
        word = "Chưa khai báo mật khẩu" if endpoint.login is None else "Sai tên hoặc mật khẩu"
        reason = f"{word} ({code}): sai cấu hình, không phải mất tín hiệu."
        return (Rung.bad(RungName.AUTHENTICATED, now, Fault.WRONG_PASSWORD, reason),), None
    # A device may say 404 before it asks who wants to know.
    is_proven = code == 200 or is_challenged
    known = (
        Rung.good(RungName.AUTHENTICATED, now) if is_proven else Rung.unknown(RungName.AUTHENTICATED, now, NOT_ASKED)
    )
    if code != 200:
        fault, reason = _refusal(code)
        return (known, Rung.bad(RungName.DESCRIBED, now, fault, reason)), None
    video = first_video(answer.body)
    if video is None:
        return (known, Rung.bad(RungName.DESCRIBED, now, Fault.NO_VIDEO, "Luồng không có hình (thiếu m=video).")), None
    return (known, Rung.good(RungName.DESCRIBED, now)), video


def _refusal(code: int) -> tuple[Fault, str]:
    if code in {404, 410}:
        return Fault.WRONG_PATH, f"Sai đường dẫn luồng ({code}): sai cấu hình, không phải mất tín hiệu."
    if 300 <= code < 400:
        return Fault.REDIRECTED, f"Thiết bị chuyển sang địa chỉ khác ({code}): không đi theo, kiểm tra cấu hình."
    return Fault.REFUSED, f"Thiết bị từ chối yêu cầu (RTSP {code})."
