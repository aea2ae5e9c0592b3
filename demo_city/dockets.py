"""One unit's book: every transition a life can make, with the running totals its plan is held against.

A transition that moves a life's class happens at most once a day, so that the class on any day is beyond dispute.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from demo_city.agendas import Agenda
from demo_city.lives import Decision, Life, Money, State
from demo_city.units import Unit
from demo_city.working_days import working_day_from, working_day_until

Row = tuple[Life, Decision | Money | None]
# Terms in days, a little short so that a weekend breaks none: voluntary compliance and first verification, the six
# months of a re-verification, the payment of what was collected.
_VERIFIED_WITHIN, _REVERIFIED_WITHIN, _PAID_WITHIN = (11, 17), (120, 172), (1, 7)


class Docket:
    """The living and ended việc of a unit. `happened` collects (life, row) until emptied; row None = docketed."""

    def __init__(self, unit: Unit, habits: Random, forgets: float) -> None:
        self.unit = unit
        self.lives: list[Life] = []
        self.in_state: dict[State, list[Life]] = {state: [] for state in State}
        self.happened: list[Row] = []
        self.enforceable_remaining = 0
        self._habits = habits
        self._verifications: Agenda[Life] = Agenda(habits, forgets)
        self._reverifications: Agenda[Life] = Agenda(habits, forgets)
        self._payouts: Agenda[tuple[Life, int]] = Agenda(habits, forgets / 2)
        self.begin_year()

    def begin_year(self) -> None:
        """Set this year's totals to zero: 1 October."""
        self.docketed = self.completed = self.departed = self.registered = self.money_completed = 0

    @property
    def enforceable(self) -> int:
        """Có điều kiện, in việc."""
        return len(self.in_state[State.ENFORCEABLE]) + self.completed

    @property
    def enforceable_money(self) -> int:
        """Có điều kiện, in đồng."""
        return self.enforceable_remaining + self.money_completed

    def admit(self, life: Life, state: State = State.ENFORCEABLE) -> None:
        """Put a life into the book without counting it as new."""
        self.lives.append(life)
        self._enter(life, state)

    def docket(self, life: Life, rng: Random) -> None:
        """Thụ lý: a new việc, to be verified soon after the days of voluntary compliance."""
        self.docketed += 1
        self.happened.append((life, None))
        self.admit(life)
        self.expect_verification(life, life.docketed_on)

    def expect_verification(self, life: Life, day: date) -> None:
        """Note the day, some weeks after `day`, on which an officer will verify the debtor's means."""
        due_on = working_day_until(day + timedelta(days=self._habits.randint(*_VERIFIED_WITHIN)))
        self._verifications.note(life, max(due_on, day + timedelta(days=1)), day + timedelta(days=22), 20)

    def next_to_verify(self, until: date) -> Life | None:
        """Take the next life whose verification is due by `until` and which still needs one."""
        while (taken := self._verifications.take(until)) is not None:
            life = taken[1]
            if life.state is State.ENFORCEABLE and not life.is_verified and not life.is_postponed_by_consent:
                return life
        return None

    def next_to_reverify(self, until: date) -> Life | None:
        """Take the next life that is chưa có điều kiện and to be verified again by `until`."""
        while (taken := self._reverifications.take(until)) is not None:
            life = taken[1]
            if life.state is State.NOT_ENFORCEABLE and taken[0] >= life.reverified_on:
                return life
        return None

    def remember(self, on: date) -> None:
        """Let the officers find what they had forgotten until `on`."""
        for agenda in (self._verifications, self._reverifications, self._payouts):
            agenda.remember(on)

    def note(self, life: Life, day: date, kind: str, amount: int | None = None, withdrawn: bool = False) -> None:
        """Add a dated decision without any consequence."""
        row = Decision(day, kind, amount, withdrawn)
        life.decisions.append(row)
        self.happened.append((life, row))

    def verify(self, life: Life, day: date) -> None:
        """Xác minh."""
        life.is_verified, life.is_forgotten = True, False
        self.note(life, day, "Xác minh")
        if life.state is State.NOT_ENFORCEABLE:
            self._expect_reverification(life, day)

    def move(self, life: Life, day: date, kind: str, state: State, amount: int | None = None) -> None:
        """A decision that moves the class of the việc."""
        self.note(life, day, kind, amount)
        life.moved_on = day
        self._leave(life)
        self._enter(life, state)
        if state is State.NOT_ENFORCEABLE:
            self._expect_reverification(life, day)
        elif state is State.ENFORCEABLE and not life.is_verified:
            self.expect_verification(life, day)

    def register_separately(self, life: Life, day: date) -> None:
        """Chuyển sổ theo dõi riêng."""
        self.registered += 1
        self.move(life, day, "Chuyển sổ theo dõi riêng", State.SEPARATE_REGISTER)

    def depart(self, life: Life, day: date, kind: str) -> None:
        """Ủy thác, Thu hồi, Hủy quyết định or Rút lên; only lives nothing was collected on."""
        self.departed += 1
        self.move(life, day, kind, State.DEPARTED, life.remaining if kind == "Ủy thác" else None)

    def collect(self, life: Life, day: date, amount: int, rng: Random, kind: str = "Thu") -> None:
        """Thu or Nhận tài sản trừ tiền; what was collected in money is paid out within some days."""
        self._pay(life, day, kind, amount)
        life.collected += amount
        self.money_completed += amount
        if life.state is State.ENFORCEABLE:
            self.enforceable_remaining -= amount
        if kind == "Thu":
            due_on = working_day_from(day + timedelta(days=rng.randint(*_PAID_WITHIN)))
            self._payouts.note((life, amount), due_on, day + timedelta(days=12), 14)

    def pay_out_next(self, day: date, until: date) -> bool:
        """Pay out, on `day`, the next collected money that is due by `until`; False when there is none."""
        taken = self._payouts.take(until)
        if taken is None:
            return False
        life, amount = taken[1]
        self._pay(life, day, "Nộp ngân sách" if "NS" in life.groups else "Chi trả", amount)
        return True

    def complete(self, life: Life, day: date, rng: Random) -> None:
        """Thi hành xong after the last money, sometimes đình chỉ or xong with a small rest exempted."""
        if life.remaining > 0:
            chance = rng.random()
            if chance < 0.06:
                self.terminate(life, day)
                return
            if chance < 0.07 and "NS" in life.groups and life.remaining > 2_000_000:
                exempted = life.remaining // 4
                self.collect(life, day, life.remaining - exempted, rng)
                self.note(life, day, "Miễn giảm", exempted)
                self.enforceable_remaining -= exempted
                life.exempted += exempted
            else:
                self.collect(life, day, life.remaining, rng)
        self.completed += 1
        self.move(life, day, "Thi hành xong", State.COMPLETED)

    def terminate(self, life: Life, day: date) -> None:
        """Đình chỉ: counts as completed, in việc and in đồng."""
        self.completed += 1
        self.money_completed += life.remaining
        self.move(life, day, "Đình chỉ", State.COMPLETED, life.remaining)

    def pick(self, state: State, rng: Random) -> Life | None:
        """Any life in a state."""
        lives = self.in_state[state]
        return lives[int(rng.random() * len(lives))] if lives else None

    def _expect_reverification(self, life: Life, day: date) -> None:
        life.reverified_on = working_day_until(day + timedelta(days=self._habits.randint(*_REVERIFIED_WITHIN)))
        life.is_forgotten = self._reverifications.note(life, life.reverified_on, day + timedelta(days=185), 90)

    def _pay(self, life: Life, day: date, kind: str, amount: int) -> None:
        row = Money(day, kind, amount)
        life.money.append(row)
        self.happened.append((life, row))

    def _enter(self, life: Life, state: State) -> None:
        lives = self.in_state[state]
        life.state, life.slot = state, len(lives)
        lives.append(life)
        if state is State.ENFORCEABLE:
            self.enforceable_remaining += life.remaining

    def _leave(self, life: Life) -> None:
        lives = self.in_state[life.state]
        last = lives.pop()
        if last is not life:
            lives[life.slot] = last
            last.slot = life.slot
        if life.state is State.ENFORCEABLE:
            self.enforceable_remaining -= life.remaining
