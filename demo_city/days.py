"""One working day of one unit: what its plan asks for by that evening, done on lives that may legally do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from demo_city.dockets import Docket
from demo_city.intake import Intake
from demo_city.lives import Life, State
from demo_city.plans import Plan
from demo_city.working_days import share_of_year

_SMALLEST_PART = 500_000


class WorkingDay:
    """`part` (0-1) of the working day `on` of one unit."""

    def __init__(
        self, docket: Docket, plan: Plan, intake: Intake, on: date, is_last_year: bool, rng: Random, part: float = 1.0
    ) -> None:
        self.docket, self.plan, self.intake, self.on, self.rng = docket, plan, intake, on, rng
        self.is_last_year = is_last_year
        self.passed, self.season = share_of_year(on, part)

    def live(self) -> None:
        """Everything of the day, in the order an office does it."""
        self.docket.remember(self.on)
        while self.docket.pay_out_next(self.on, self.on):
            continue
        self.docket_new()
        self.verify_due()
        self.send_away()
        self.register_separately()
        self.reclassify()
        self.pause_and_resume()
        self.complete_some()
        self.collect_parts()

    def docket_new(self) -> None:
        """Thụ lý what the season brings."""
        while self.docket.docketed < int(self.plan.docketed(self.season, self.is_last_year)):
            self.docket_one()

    def docket_one(self) -> Life:
        """One new việc."""
        life = self.intake.new_life(self.docket.unit, self.plan, self.on, self.rng)
        self.docket.docket(life, self.rng)
        return life

    def verify_due(self) -> None:
        """Verify whom it is time to verify; chưa có điều kiện while the plan's stock of those is not reached."""
        while (life := self.docket.next_to_verify(self.on)) is not None:
            self.verify_one(life)
        while (life := self.docket.next_to_reverify(self.on)) is not None:
            self.docket.verify(life, self.on)

    def verify_one(self, life: Life) -> None:
        """Xác minh, and the class that follows from it; sometimes first entered wrongly and withdrawn."""
        self.docket.verify(life, self.on)
        if life.moved_on >= self.on or life.docketed_on >= self.on:
            return
        if self.surplus_not_enforceable() < 0 and life.remaining > 0 and self.rng.random() < 0.8:
            self.docket.move(life, self.on, "Chưa có điều kiện", State.NOT_ENFORCEABLE)
            return
        if self.rng.random() < 0.004:
            self.docket.note(life, self.on, "Chưa có điều kiện", withdrawn=True)
        if self.rng.random() < 0.6:
            self.docket.move(life, self.on, "Có điều kiện", State.ENFORCEABLE)

    def surplus_not_enforceable(self) -> float:
        """Stock of chưa có điều kiện less what the plan has on this day."""
        return len(self.docket.in_state[State.NOT_ENFORCEABLE]) - self.plan.not_enforceable(self.passed)

    def send_away(self) -> None:
        """Ủy thác, thu hồi, hủy: young việc on which nothing was collected."""
        while self.docket.departed < int(self.plan.departed(self.passed)):
            life = self.best_of(State.ENFORCEABLE, 25, _is_untouched, lambda item: -item.docketed_on.toordinal())
            if life is None:
                return
            chance = self.rng.random()
            kind = "Ủy thác" if chance < 0.9 else "Thu hồi" if chance < 0.97 else "Hủy quyết định"
            if chance > 0.985 and self.docket.unit.decision_suffix == "QĐ-CCTHADS":
                kind = "Rút lên"
            self.docket.depart(life, self.on, kind)

    def register_separately(self) -> None:
        """Move what has longest been chưa có điều kiện to the separate register; now and then one comes back."""
        while self.docket.registered < int(self.plan.registered(self.passed)):
            life = min(self.docket.in_state[State.NOT_ENFORCEABLE], key=lambda item: item.moved_on, default=None)
            if life is None or life.moved_on >= self.on:
                return
            self.docket.register_separately(life, self.on)
            if self.rng.random() < 0.1:
                self.move_one(State.SEPARATE_REGISTER, "Có điều kiện", State.ENFORCEABLE)

    def reclassify(self) -> None:
        """Re-verify so that the stock of chưa có điều kiện follows the plan, a tenth of it a day at most."""
        for _ in range(1 + len(self.docket.in_state[State.NOT_ENFORCEABLE]) // 10):
            if self.surplus_not_enforceable() < 1:
                break
            self.find_means()
        if self.surplus_not_enforceable() < -3:
            self.lose_means()

    def find_means(self) -> bool:
        """Chưa có điều kiện to có điều kiện, the youngest first; false when none may move today."""
        life = self.best_of(
            State.NOT_ENFORCEABLE, 4, lambda item: not item.is_forgotten, lambda item: -item.docketed_on.toordinal()
        )
        if life is None:
            return False
        self.docket.verify(life, self.on)
        self.docket.move(life, self.on, "Có điều kiện", State.ENFORCEABLE)
        return True

    def lose_means(self) -> bool:
        """Có điều kiện to chưa có điều kiện; nothing collected, and no sum that moves the rate."""
        ceiling = self.docket.enforceable_money // 25
        life = self.best_of(
            State.ENFORCEABLE,
            6,
            lambda item: _is_untouched(item) and 0 < item.remaining < ceiling,
            _age_of_verification,
        )
        if life is None:
            return False
        self.docket.verify(life, self.on)
        self.docket.move(life, self.on, "Chưa có điều kiện", State.NOT_ENFORCEABLE)
        return True

    def pause_and_resume(self) -> None:
        """Keep the planned stock of hoãn and tạm đình chỉ, with some coming and going; some hoãn by consent."""
        paused, wanted = len(self.docket.in_state[State.PAUSED]), self.plan.paused()
        churn = self.rng.random() < 0.06
        if paused > wanted or (churn and paused):
            self.resume_one()
        if paused < wanted - 0.5 or churn:
            self.pause_one()
        if self.rng.random() < 0.6 * self.plan.share:
            life = self.best_of(State.ENFORCEABLE, 3, None, lambda item: item.remaining)
            if life is not None:
                life.is_postponed_by_consent = True
                life.moved_on = self.on
                self.docket.note(life, self.on, "Hoãn theo thỏa thuận")

    def pause_one(self) -> bool:
        """Hoãn or tạm đình chỉ; false when nothing may be paused today."""
        return self.move_one(State.ENFORCEABLE, "Hoãn" if self.rng.random() < 0.7 else "Tạm đình chỉ", State.PAUSED)

    def resume_one(self) -> bool:
        """Tiếp tục; false when nothing paused for some weeks is left."""
        limit = self.on - timedelta(days=15)
        life = self.best_of(State.PAUSED, 4, lambda item: item.moved_on < limit, lambda item: item.moved_on.toordinal())
        if life is None:
            return False
        self.docket.move(life, self.on, "Tiếp tục", State.ENFORCEABLE)
        return True

    def complete_some(self) -> None:
        """Thi hành xong as many việc as the plan's rate asks for by tonight."""
        while self.docket.completed < self.wanted_completed():
            if not self.complete_one():
                return

    def wanted_completed(self) -> int:
        """The plan's rate of what is có điều kiện now, in việc."""
        return round(self.plan.completion(self.passed, self.is_last_year) * self.docket.enforceable)

    def complete_one(self) -> bool:
        """Complete one of the easier việc; a hoãn by consent is resumed instead. False when none is old enough."""
        life = self.best_of(State.ENFORCEABLE, 3, self.may_complete, _hardness)
        if life is None:
            return False
        if life.is_postponed_by_consent:
            life.is_postponed_by_consent = False
            life.moved_on = self.on
            self.docket.note(life, self.on, "Tiếp tục")
            if not life.is_verified:
                self.docket.expect_verification(life, self.on)
        else:
            self.docket.complete(life, self.on, self.rng)
        return True

    def may_complete(self, life: Life) -> bool:
        """Whether a việc is old enough to be over; refunds are quick."""
        return (self.on - life.docketed_on).days >= (4 if life.is_ex_officio and not life.groups else 10)

    def wanted_money(self) -> int:
        """Đồng missing to the plan's rate."""
        rate = self.plan.collection(self.passed, self.is_last_year)
        return int(rate * self.docket.enforceable_money) - self.docket.money_completed

    def collect_parts(self) -> None:
        """Collect parts of the larger debts until the money rate of the plan is reached."""
        threshold = max(_SMALLEST_PART, self.docket.enforceable_money // 1500)
        for _ in range(4):
            missing = self.wanted_money()
            if missing < threshold:
                return
            self.collect_part(missing)

    def collect_part(self, at_most: int) -> bool:
        """One part of a larger debt, in money or as an asset taken in satisfaction after coercion."""
        life = self.best_of(
            State.ENFORCEABLE, 8, lambda item: not item.is_postponed_by_consent, lambda item: -item.remaining
        )
        if life is None or life.remaining < 2 * _SMALLEST_PART:
            return False
        amount = min(at_most, int(life.remaining * self.rng.uniform(0.15, 0.6)))
        amount = max(_SMALLEST_PART, amount // 1000 * 1000)
        if amount > 200_000_000 and self.rng.random() < 0.3:
            self.docket.note(life, self.on, "Cưỡng chế", amount)
        is_asset = amount > 300_000_000 and not life.is_ex_officio and self.rng.random() < 0.08
        self.docket.collect(life, self.on, amount, self.rng, "Nhận tài sản trừ tiền" if is_asset else "Thu")
        return True

    def move_one(self, state: State, kind: str, target: State) -> bool:
        """Move any life that may move today from one state to another; false when there is none."""
        life = self.best_of(state, 2, lambda item: not item.is_postponed_by_consent, lambda item: 0)
        if life is None:
            return False
        self.docket.move(life, self.on, kind, target)
        return True

    def best_of(
        self, state: State, tries: int, allowed: Callable[[Life], bool] | None, key: Callable[[Life], int]
    ) -> Life | None:
        """Of some lives in a state that may move today, the one with the smallest key; None when no draw allows any."""
        best, best_key, found = None, 0, 0
        for _ in range(tries * 4):
            life = self.docket.pick(state, self.rng)
            if life is None:
                return None
            if life.moved_on >= self.on or life.docketed_on >= self.on or (allowed and not allowed(life)):
                continue
            value = key(life)
            if best is None or value < best_key:
                best, best_key = life, value
            found += 1
            if found == tries:
                break
        return best


def _is_untouched(life: Life) -> bool:
    return not life.money and not life.is_postponed_by_consent


def _age_of_verification(life: Life) -> int:
    return -len(life.decisions)


def _hardness(life: Life) -> int:
    """What is left, counted thrice for the officer who closes fewer cases."""
    return life.remaining * (3 if life.is_slow() else 1) + (1_000_000 if life.is_slow() else 0)
