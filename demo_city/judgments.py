"""The register of administrative judgments that the units send: the same seed and day give the same rows. Nobody is in
it: a court number, a kind of body, days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from demo_city.clock import LOCAL
from demo_city.plans import plans_for
from demo_city.sheets import deliver_sheet
from demo_city.units import Unit
from demo_city.working_days import working_day_from

COLUMNS = (
    *("Đơn vị", "Số bản án", "Ngày bản án", "Bên phải thi hành", "Ngày vào sổ", "Ngày bên phải thi hành nhận bản án"),
    *("Ngày thông báo tự nguyện", "Ngày làm việc với các bên", "Ngày quyết định buộc thi hành", "Ngày hoãn"),
    *("Ngày tạm đình chỉ", "Ngày tiếp tục", "Ngày hủy", "Ngày xong"),
)
# Three statistical years, the running one the last: of so many judgments some eighty are registered by November.
_JUDGMENTS = 110
_SPAN = timedelta(days=1095)
_DEBTORS = (("UBND cấp xã", 9), ("UBND cấp huyện", 5), ("UBND cấp tỉnh", 3), ("Sở, cơ quan chuyên môn", 2))
_DEBTORS_TODAY = (("UBND cấp xã", 12), ("UBND cấp tỉnh", 4), ("Sở, cơ quan chuyên môn", 2), ("Cơ quan khác", 1))
# Districts ended with the reform; who judged before may still name one.
_REFORM = date(2025, 7, 1)
# What becomes of a judgment in the end, of a hundred.
_FATES = {"complies": 34, "compelled and done": 34, "compelled": 12, "open": 8, "paused": 8, "cancelled": 4}
Days = dict[str, list[date]]


def deliver_judgment_register(inbox: Path, units: Sequence[Unit], seed: int, now: datetime) -> Path:
    """Let the register of all units arrive in the inbox, as of the city's own clock."""
    here = now.astimezone(LOCAL)
    name = f"so-an-hanh-chinh_den-ngay-{here:%Y-%m-%dT%H%M}.csv"
    return deliver_sheet(inbox, "administrative_judgments", name, [COLUMNS, *register_rows(units, seed, here.date())])


def register_rows(units: Sequence[Unit], seed: int, today: date) -> list[list[str]]:
    """Every judgment of the last two years, as its register has it on a day; the larger a unit, the more it has."""
    shares, first = plans_for(units), _first_of(today)
    rows: list[list[str]] = []
    for unit in units:
        rng = Random(f"{seed}:judgments:{unit.code}:{first}")
        number = max(3, round(_JUDGMENTS * shares[unit.code].share))
        for place in range(number):
            judged_on = working_day_from(first + _SPAN * place / number + timedelta(days=rng.randrange(14)))
            row = _row(unit, place, judged_on, rng, today)
            # A day column that is empty says that it has not been registered yet.
            if row[4]:
                rows.append(row)
    return [*rows, _broken(units[0], today)]


def _first_of(today: date) -> date:
    """The first day of the statistical year before the last one, so that rows stay the same for a year."""
    return date(today.year - 2 if today.month >= 10 else today.year - 3, 10, 1)


def _broken(unit: Unit, today: date) -> list[str]:
    """A line as a tired clerk writes it: enforced before it was registered."""
    days = [f"{today - timedelta(days=ago):%d/%m/%Y}" for ago in (40, 30, 35)]
    return [unit.code, f"98/{today.year}/HC-ST", days[0], "UBND cấp xã", days[1], *[""] * 8, days[2]]


def _row(unit: Unit, place: int, judged_on: date, rng: Random, today: date) -> list[str]:
    debtors = _DEBTORS if judged_on < _REFORM else _DEBTORS_TODAY
    debtor = rng.choices([word for word, _ in debtors], [weight for _, weight in debtors])[0]
    court = "PT" if rng.random() < 0.35 else "ST"
    days = {name: [day for day in found if day <= today] for name, found in _life(judged_on, rng).items()}
    cells = ["; ".join(f"{day:%d/%m/%Y}" for day in days.get(column, [])) for column in COLUMNS[4:]]
    return [unit.code, f"{11 + place * 3}/{judged_on.year}/HC-{court}", f"{judged_on:%d/%m/%Y}", debtor, *cells]


def _life(judged_on: date, rng: Random) -> Days:
    """What will have happened to a judgment, by column; the register of a day holds what is not in its future."""
    registered_on = working_day_from(judged_on + timedelta(days=rng.randint(2, 5)))
    received_on = working_day_from(judged_on + timedelta(days=rng.randint(4, 16)))
    # One in nine notices comes late, one in fourteen register lines does not say when the body received it.
    notice = rng.randint(12, 40) if rng.random() < 0.11 else rng.randint(1, 5)
    noticed_on = working_day_from(registered_on + timedelta(days=notice))
    days: Days = {"Ngày vào sổ": [registered_on], "Ngày thông báo tự nguyện": [noticed_on]}
    days["Ngày bên phải thi hành nhận bản án"] = [received_on] if rng.random() > 0.07 else []
    worked = [working_day_from(noticed_on + timedelta(days=rng.randint(6, 25)))]
    fate = rng.choices(list(_FATES), list(_FATES.values()))[0]
    if fate == "complies":
        days["Ngày xong"] = [working_day_from(received_on + timedelta(days=rng.randint(18, 29)))]
    elif fate == "cancelled":
        days["Ngày hủy"] = [working_day_from(received_on + timedelta(days=rng.randint(60, 260)))]
    elif fate == "paused":
        paused_on = working_day_from(received_on + timedelta(days=rng.randint(30, 110)))
        days["Ngày hoãn" if rng.random() < 0.5 else "Ngày tạm đình chỉ"] = [paused_on]
        if rng.random() < 0.3:
            days["Ngày tiếp tục"] = [working_day_from(paused_on + timedelta(days=rng.randint(80, 200)))]
    elif fate in {"compelled", "compelled and done"}:
        compelled_on = working_day_from(received_on + timedelta(days=rng.randint(40, 95)))
        days["Ngày quyết định buộc thi hành"] = [compelled_on]
        worked += list(_meetings(compelled_on, rng))
        if fate == "compelled and done":
            days["Ngày xong"] = [working_day_from(compelled_on + timedelta(days=rng.randint(50, 280)))]
    ended_on = min(days.get("Ngày xong", []) + days.get("Ngày hủy", []), default=date.max)
    days["Ngày làm việc với các bên"] = sorted({day for day in worked if day <= ended_on})
    return days


def _meetings(since: date, rng: Random) -> Iterator[date]:
    for _ in range(rng.randint(1, 3)):
        since = working_day_from(since + timedelta(days=rng.randint(20, 70)))
        yield since
