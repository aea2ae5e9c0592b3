"""The units' attendance terminals, which push to the product over HTTP as ZKTeco's do (ADMS), and the sheets that make
them and the staff known, dropped into the product's inbox.

They misbehave a little, as real ones do: a batch twice, a line of a lost clock, one that falls silent for a while.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from demo_city.clock import LOCAL
from demo_city.sheets import deliver_sheet
from demo_city.staff import Person, Touch, absences_between, staff_of, touches_of
from demo_city.units import Pack

# What a terminal's memory still holds when it is first switched on.
_REMEMBERS = timedelta(days=4)
_ASKS_EVERY = timedelta(seconds=30)
_SHEET_BEFORE, _SHEET_AFTER = timedelta(days=10), timedelta(days=7)
_SECONDS = 5.0
# One batch in so many is sent twice, one in so many carries a line nobody can use.
_TWICE, _BROKEN = 15, 20
_BAD_LINES = ("{pin}\t1970-01-01 00:00:07\t0\t1\t0\t0", "\t2000-01-01 00:00:00\t0\t1\t0\t0", "{pin}\t2063-02-30 7:5\t?")
_LONGEST_BATCH = 400
Send = Callable[[str, str, bytes], bool]


@dataclass(slots=True)
class Terminal:
    """One terminal at the gate of a unit; `told_until` is how far its log has been delivered."""

    serial: str
    people: Sequence[Person]
    seed: int
    told_until: datetime
    is_greeted: bool = False
    asked_at: datetime | None = None
    sent: int = field(default=0)

    def tick(self, now: datetime, send: Send) -> None:
        """Say what there is to say at this time; what is not answered is said again at the next tick."""
        if self.is_silent(now):
            return
        if not self.is_greeted:
            self.is_greeted = send("GET", f"/iclock/cdata?SN={self.serial}&options=all&pushver=2.4.1", b"")
            if not self.is_greeted:
                return
        touches = self.untold(now)
        for start in range(0, len(touches), _LONGEST_BATCH):
            body = self._body(touches[start : start + _LONGEST_BATCH])
            if not send("POST", f"/iclock/cdata?SN={self.serial}&table=ATTLOG&Stamp=9999", body):
                return
        self.told_until = now
        if self.asked_at is None or now - self.asked_at >= _ASKS_EVERY:
            self.asked_at = now
            send("GET", f"/iclock/getrequest?SN={self.serial}", b"")

    def untold(self, now: datetime) -> list[Touch]:
        """Touches that are to be delivered since the last time, in order of delivery."""
        found: list[Touch] = []
        # What the network held back over midnight belongs to the day before.
        day = (self.told_until - timedelta(hours=1)).date()
        while day <= now.date():
            touches = (touch for person in self.people for touch in touches_of(self.seed, person, day))
            found += [touch for touch in touches if self.told_until < touch.told_at <= now]
            day += timedelta(days=1)
        return sorted(found, key=lambda touch: touch.told_at)

    def is_silent(self, now: datetime) -> bool:
        """Whether its line is down: about one terminal in six once on a day, for half an hour or so."""
        rng = Random(f"{self.seed}:silence:{self.serial}:{now.date()}")
        begins = datetime.combine(now.date(), time(7), tzinfo=LOCAL) + timedelta(minutes=rng.randrange(570))
        ends = begins + timedelta(minutes=rng.randint(18, 50))
        return rng.random() < 1 / 6 and begins <= now < ends

    def _body(self, touches: Sequence[Touch]) -> bytes:
        self.sent += 1
        lines = [touch.line for touch in touches]
        rng = Random(f"{self.seed}:batch:{self.serial}:{touches[0].at}")
        if rng.random() < 1 / _TWICE:
            lines += lines
        if rng.random() < 1 / _BROKEN:
            lines.append(rng.choice(_BAD_LINES).format(pin=touches[0].pin))
        return ("\n".join(lines) + "\n").encode()


class Terminals:
    """Every terminal of the province, and the sheets about them; `tick` from one thread."""

    def __init__(self, web: str, inbox: Path, pack: Pack, seed: int) -> None:
        address = urlsplit(web)
        if address.scheme != "http" or not address.hostname:
            raise ValueError(f"--web needs an address such as http://127.0.0.1:8050, not {web!r}")
        self._host, self._port = address.hostname, address.port or 80
        self._inbox, self._pack, self._seed = inbox, pack, seed
        self._day: date | None = None
        self._terminals: list[Terminal] = []
        self._names: dict[str, str] = {}

    def tick(self, now: datetime) -> None:
        """Begin the day when it is new; then let every terminal speak."""
        now = now.astimezone(LOCAL)
        if self._day != now.date():
            self._begin_day(now)
            self._day = now.date()
        for terminal in self._terminals:
            terminal.tick(now, self._send)

    def _begin_day(self, now: datetime) -> None:
        staff = staff_of(self._pack, now.date())
        self._names = {unit.code: unit.name for unit in self._pack.units_on(now.date())}
        known = {terminal.serial: terminal for terminal in self._terminals}
        began = datetime.combine(now.date(), time(0), tzinfo=LOCAL) - _REMEMBERS
        self._terminals = []
        for number, people in enumerate(staff.values(), start=1):
            serial = f"MAU{self._seed % 10_000:04d}{number:02d}"
            terminal = known.get(serial) or Terminal(serial, people, self._seed, began)
            terminal.people = people
            self._terminals.append(terminal)
        for name, rows in self._sheets(staff, now.date()):
            deliver_sheet(self._inbox, "attendance", f"{name}_den-ngay-{now:%Y-%m-%dT%H%M}.csv", rows)

    def _sheets(self, staff: dict[str, tuple[Person, ...]], today: date) -> Iterable[tuple[str, list[list[str]]]]:
        networks = "127.0.0.0/8 ::1"
        if self._host.replace(".", "").isdecimal() and not self._host.startswith("127."):
            networks += f" {self._host}"
        terminals = [["Số máy", "Đơn vị", "Tên máy", "Mạng được phép"]]
        for terminal, unit in zip(self._terminals, staff, strict=True):
            terminals.append([terminal.serial, unit, f"Cổng {self._names[unit]}", networks])
        people = [["Mã cán bộ", "Đơn vị", "Số người dùng", "Chức danh"]]
        people += [[each.code, each.unit, str(each.pin), each.role] for unit in staff.values() for each in unit]
        away = [["Mã cán bộ", "Đơn vị", "Loại", "Từ ngày", "Đến ngày", "Số văn bản"]]
        for row in absences_between(self._seed, staff, today - _SHEET_BEFORE, today + _SHEET_AFTER):
            days = [f"{day:%d/%m/%Y}" for day in (row.from_on, row.to_on)]
            away.append([row.person.code, row.person.unit, row.kind, *days, row.reference])
        return ("1-may-cham-cong", terminals), ("2-can-bo", people), ("3-nghi-cong-tac", away)

    def _send(self, method: str, path: str, body: bytes) -> bool:
        """Whether the product answered well; no proxy of the environment is asked."""
        connection = HTTPConnection(self._host, self._port, timeout=_SECONDS)
        try:
            connection.request(method, path, body or None, {"Content-Type": "text/plain", "User-Agent": "iClock Proxy"})
            answer = connection.getresponse()
            answer.read()
            return answer.status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()
