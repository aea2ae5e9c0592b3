"""What the city's cameras notice, minute by minute, by seed, mood and time alone; and how a recorder says it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random

from demo_city.cameras import CityCamera, CityCameras
from demo_city.clock import LOCAL
from demo_city.moods import Mood

# Of one camera in one minute: people walk about by day, and nearly nobody at night.
_MOVES_BY_DAY, _MOVES_BY_NIGHT = 0.02, 0.0006
_COVERED = 0.0004
_TRESPASSED = 0.0002
_DAY = (time(7), time(17, 30))
# A crowd stays for an hour and is noticed every few minutes.
_CROWD_STAYS, _CROWD_EVERY = timedelta(hours=1), 3
BOUNDARY = "thads"
_ALERT = (
    '<EventNotificationAlert version="2.0" xmlns="http://www.hikvision.com/ver20/XMLSchema">'
    "<ipAddress>127.0.0.1</ipAddress><portNo>80</portNo><protocol>HTTP</protocol><channelID>{channel}</channelID>"
    "<dateTime>{at}</dateTime><activePostCount>{count}</activePostCount><eventType>{kind}</eventType>"
    "<eventState>{state}</eventState><eventDescription>{kind} alarm</eventDescription></EventNotificationAlert>"
)


@dataclass(frozen=True, slots=True)
class Disturbance:
    """Something one camera notices in one minute; `kind` is a word of ISAPI."""

    camera: CityCamera
    kind: str
    at: datetime


class Disturbances:
    """All of the city; `crowd_unit` is where people gather when the mood has it."""

    def __init__(self, cameras: CityCameras, seed: int, mood: Mood, crowd_unit: str) -> None:
        self._cameras, self._seed, self._mood, self._crowd_unit = cameras, seed, mood, crowd_unit

    def between(self, since: datetime, now: datetime) -> list[Disturbance]:
        """What is noticed after `since` until `now`, in order; cameras that are away notice nothing."""
        minute = since.astimezone(UTC).replace(second=0, microsecond=0)
        found: list[Disturbance] = []
        while minute <= now:
            found += [each for each in self._in_minute(minute) if since < each.at <= now]
            minute += timedelta(minutes=1)
        return sorted(found, key=lambda each: (each.at, each.camera.number))

    def _in_minute(self, minute: datetime) -> Iterator[Disturbance]:
        here = minute.astimezone(LOCAL).time()
        moves = _MOVES_BY_DAY if _DAY[0] <= here < _DAY[1] else _MOVES_BY_NIGHT
        for camera in self._cameras.cameras:
            rng = Random(f"{self._seed}:noticed:{camera.code}:{minute:%Y%m%d%H%M}")
            at, chance = minute + timedelta(seconds=rng.randrange(60)), rng.random()
            kind = self._kind(camera, minute, chance, moves)
            if kind and self._cameras.doing(camera, at) in {"live", "frozen"}:
                yield Disturbance(camera, kind, at)

    def _kind(self, camera: CityCamera, minute: datetime, chance: float, moves: float) -> str:
        if camera.unit == self._crowd_unit and camera.purpose == "Cổng trụ sở" and self._is_crowd(minute):
            return "group"
        if chance < _COVERED:
            return "tamperdetection"
        if camera.purpose == "Kho vật chứng" and chance < _COVERED + _TRESPASSED:
            return "fielddetection"
        return "VMD" if 1 - chance < moves else ""

    def _is_crowd(self, minute: datetime) -> bool:
        if self._mood.crowd_at is None:
            return False
        here = minute.astimezone(LOCAL)
        began = datetime.combine(here.date(), self._mood.crowd_at, LOCAL)
        return began <= here < began + _CROWD_STAYS and here.minute % _CROWD_EVERY == began.minute % _CROWD_EVERY


def alert_part(disturbance: Disturbance, count: int, state: str = "active") -> bytes:
    """One part of the stream; the time is written as the recorder's own clock has it."""
    at = disturbance.at.astimezone(LOCAL).isoformat(timespec="seconds")
    return part_of(
        _ALERT.format(channel=disturbance.camera.number, at=at, count=count, kind=disturbance.kind, state=state)
    )


def heartbeat_part(now: datetime) -> bytes:
    """What a recorder says when nothing happens: a loss of video that is not."""
    at = now.astimezone(LOCAL).isoformat(timespec="seconds")
    return part_of(_ALERT.format(channel=1, at=at, count=0, kind="videoloss", state="inactive"))


def part_of(text: str) -> bytes:
    """A part with its head."""
    body = text.encode()
    return (
        (
            f'--{BOUNDARY}\r\nContent-Type: application/xml; charset="UTF-8"\r\nContent-Length: {len(body)}\r\n\r\n'
        ).encode()
        + body
        + b"\r\n"
    )
