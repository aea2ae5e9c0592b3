"""Hears all cameras of the inventory for a while: recorders by their alert stream, cameras without one by ONVIF."""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from connectors.base import Fetched, RefusedRecord, SourceUnavailable
from connectors.cameras.device_web import DeviceWeb
from connectors.cameras.endpoint import CameraEndpoint
from connectors.cameras.rtsp_wire import WireTrouble
from connectors.security.alert_stream import listen_to
from connectors.security.heard import Heard
from connectors.security.pull_point import pull_events
from domain.security import EventOrigin, SecurityLimits, SecurityRecord, believed_time, event_key

# How long a pass listens: what is heard is stored after it, and between two passes nobody hears for a second or two.
LISTEN_FOR = timedelta(seconds=10)
SHORTEST = timedelta(seconds=5)
AT_ONCE = 32
NO_CAMERA = "Kênh này của đầu ghi không có trong danh sách camera."
NOBODY = "Danh sách camera chưa có đầu ghi hoặc cổng ONVIF nào để nghe sự kiện."


@dataclass(frozen=True, slots=True)
class Listened:
    """One camera of the inventory with its unit and the code of its recorder: no address stands in a message."""

    unit: str
    endpoint: CameraEndpoint
    recorder: str = ""


@dataclass(frozen=True, slots=True)
class _Device:
    """One device to hear: its cameras by channel; 0 is the device itself."""

    name: str
    cameras: Mapping[int, Listened]
    asked: CameraEndpoint
    is_recorder: bool


@dataclass(slots=True)
class _Answer:
    device: _Device
    heard: Sequence[Heard] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class CameraEvents:
    """The connector of the source `security`; it needs nothing of what it told before."""

    cameras: Sequence[Listened]
    limits: SecurityLimits
    listen_for: timedelta = LISTEN_FOR
    name: str = field(default="security", init=False)

    def fetch(self, _watermark: str, _still_open: Collection[str], now: datetime) -> Fetched[SecurityRecord]:
        """What was heard; raises SourceUnavailable when no device let itself be heard."""
        began = time.monotonic()
        devices = devices_of(self.cameras)
        if not devices:
            raise SourceUnavailable(NOBODY, permanent=True)
        rounds = math.ceil(len(devices) / AT_ONCE)
        window = max(self.listen_for / rounds, min(SHORTEST, self.listen_for))
        with ThreadPoolExecutor(min(len(devices), AT_ONCE), thread_name_prefix="security") as pool:
            answers = list(pool.map(lambda device: _hear(device, window, now, began), devices))
        silent = [answer for answer in answers if answer.trouble]
        if len(silent) == len(answers):
            raise SourceUnavailable(silent[0].trouble)
        heard_at = now + timedelta(seconds=time.monotonic() - began)
        records, refused = records_of(answers, self.limits, heard_at)
        message = ""
        if silent:
            names = ", ".join(answer.device.name for answer in silent[:3])
            message = f"Không nghe được {len(silent)}/{len(answers)} thiết bị ({names}): {silent[0].trouble}"
        return Fetched(tuple(records), tuple(refused), newest_at=heard_at, message=message)


def devices_of(cameras: Iterable[Listened]) -> list[_Device]:
    """Each recorder once, whatever hangs on it, and each camera that has an ONVIF port and no recorder."""
    recorders: dict[tuple[str, int], dict[int, Listened]] = {}
    single: list[_Device] = []
    for camera in cameras:
        endpoint = camera.endpoint
        if endpoint.recorder is not None:
            where = (endpoint.recorder.host, endpoint.recorder.port)
            recorders.setdefault(where, {})[endpoint.recorder.channel] = camera
        elif endpoint.onvif_port:
            single.append(_Device(endpoint.camera, {0: camera}, endpoint, is_recorder=False))
    return [_recorder(channels) for channels in recorders.values()] + single


def _recorder(channels: Mapping[int, Listened]) -> _Device:
    first = next(iter(channels.values()))
    name = f"đầu ghi {first.recorder or f'của {first.endpoint.camera}'}"
    return _Device(name, channels, first.endpoint, is_recorder=True)


def records_of(
    answers: Iterable[_Answer], limits: SecurityLimits, heard_at: datetime
) -> tuple[list[SecurityRecord], list[RefusedRecord]]:
    """One record per camera, kind and minute, however often it was said; channels nobody knows of are refused."""
    records: dict[str, SecurityRecord] = {}
    refused: dict[str, RefusedRecord] = {}
    for answer in answers:
        for heard in answer.heard:
            camera = answer.device.cameras.get(heard.channel)
            if camera is None:
                reference = f"{answer.device.name}, kênh {heard.channel}"
                refused[reference] = RefusedRecord(reference, "Kênh", str(heard.channel), NO_CAMERA)
                continue
            record = _record(camera, heard, limits, heard_at)
            records.setdefault(record.key, record)
    return list(records.values()), list(refused.values())


def _record(camera: Listened, heard: Heard, limits: SecurityLimits, heard_at: datetime) -> SecurityRecord:
    happened_at, is_time_ours = believed_time(heard.told_at, heard_at, limits)
    code = camera.endpoint.camera
    minute = f"{happened_at:%Y-%m-%dT%H:%M}"
    return SecurityRecord(
        key=event_key(EventOrigin.CAMERA, code, heard.kind, minute),
        kind=heard.kind,
        origin=EventOrigin.CAMERA,
        unit=camera.unit,
        happened_at=happened_at,
        camera=code,
        is_time_ours=is_time_ours,
    )


def _hear(device: _Device, window: timedelta, now: datetime, began: float) -> _Answer:
    until = time.monotonic() + window.total_seconds()
    asked = device.asked
    try:
        if device.is_recorder and asked.recorder is not None:
            web = DeviceWeb(asked.recorder.host, asked.recorder.port, until, asked.recorder.login)
            return _Answer(device, listen_to(web))
        web = DeviceWeb(asked.host, asked.onvif_port, until)
        return _Answer(device, pull_events(web, asked, now + timedelta(seconds=time.monotonic() - began)))
    except WireTrouble as trouble:
        return _Answer(device, trouble=trouble.reason)
