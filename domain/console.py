"""What the console shows of the alarms: a tab, words looked for, what stands together in a flood. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from domain.alarms import OPEN_STATES, Alarm, AlarmState, count_by_priority

PATH = "/console"
LONGEST_ID = 64
HIDDEN_STATES = frozenset({AlarmState.SHELVED, AlarmState.SUPPRESSED})


class ConsoleTab(StrEnum):
    """Ngăn của danh sách cảnh báo."""

    OPEN = "open"
    MINE = "mine"
    HIDDEN = "hidden"
    CLOSED = "closed"


TAB_NAMES = {
    ConsoleTab.OPEN: "Đang mở",
    ConsoleTab.MINE: "Của tôi",
    ConsoleTab.HIDDEN: "Tạm ẩn",
    ConsoleTab.CLOSED: "Đã đóng",
}


@dataclass(frozen=True, slots=True)
class ConsoleFilter:
    """Bộ lọc cảnh báo: the tab and the alarm that is looked at, '' for whichever comes first; both are the address."""

    tab: ConsoleTab = ConsoleTab.OPEN
    alarm: str = ""

    @classmethod
    def from_address(cls, values: Mapping[str, str]) -> ConsoleFilter:
        """What an address asks for; anything not understood is the default."""
        tab = values.get("tab", "")
        known = ConsoleTab(tab) if tab in set(ConsoleTab) else ConsoleTab.OPEN
        return cls(known, values.get("alarm", "")[:LONGEST_ID])

    def address(self) -> str:
        """Where a link to this leads."""
        said = {"tab": "" if self.tab is ConsoleTab.OPEN else self.tab.value, "alarm": self.alarm}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{PATH}?{query}" if query else PATH


def alarms_of_tab(alarms: Iterable[Alarm], tab: ConsoleTab, who: str) -> tuple[Alarm, ...]:
    """Those of a tab, in their order; what has ended and only waits to be acknowledged comes last."""
    if tab is ConsoleTab.HIDDEN:
        return tuple(alarm for alarm in alarms if alarm.state in HIDDEN_STATES)
    if tab is ConsoleTab.CLOSED:
        return tuple(alarm for alarm in alarms if alarm.state is AlarmState.NORMAL)
    shown = OPEN_STATES | {AlarmState.RETURNED}
    found = [alarm for alarm in alarms if alarm.state in shown and (tab is ConsoleTab.OPEN or _is_of(alarm, who))]
    return tuple(sorted(found, key=lambda alarm: alarm.state is AlarmState.RETURNED))


def tab_counts(alarms: Sequence[Alarm], who: str) -> dict[ConsoleTab, int]:
    """How many each tab of alarms that are not closed has; the open ones as the wall counts them."""
    return {
        ConsoleTab.OPEN: sum(count_by_priority(alarm for alarm in alarms if alarm.is_open).values()),
        ConsoleTab.MINE: len(alarms_of_tab(alarms, ConsoleTab.MINE, who)),
        ConsoleTab.HIDDEN: len(alarms_of_tab(alarms, ConsoleTab.HIDDEN, who)),
    }


def matching(alarms: Iterable[Alarm], words: str, assigned: Mapping[str, str]) -> tuple[Alarm, ...]:
    """Those in whose title, unit, members or owner every word stands, with or without diacritics."""
    wanted = _plain(words).split()
    return tuple(alarm for alarm in alarms if all(word in _said(alarm, assigned) for word in wanted))


def grouped(alarms: Iterable[Alarm]) -> dict[tuple[str, str], list[Alarm]]:
    """By (unit, source), in the order in which the worst of each comes."""
    groups: dict[tuple[str, str], list[Alarm]] = {}
    for alarm in alarms:
        groups.setdefault((alarm.unit, alarm.source), []).append(alarm)
    return groups


def _is_of(alarm: Alarm, who: str) -> bool:
    return who == (alarm.assigned_to or alarm.acknowledged_by)


def _said(alarm: Alarm, assigned: Mapping[str, str]) -> str:
    owner = assigned.get(alarm.assigned_to, alarm.assigned_to)
    return _plain(" ".join((alarm.title, alarm.unit_name, alarm.unit, owner, alarm.subject, *alarm.members)))


def _plain(words: str) -> str:
    """Small letters without marks: 'Phú Lộc' is found by 'phu loc'."""
    bare = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))
