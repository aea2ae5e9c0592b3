"""What citizen reception asks of a person: a large delegation at once, a queue over its limit, overdue complaints."""

from __future__ import annotations

from collections.abc import Mapping

from domain.alarms import RECEPTION, Condition, Priority
from domain.reception import PetitionCounts, ReceptionDay


def delegation_alarms(day: ReceptionDay, names: Mapping[str, str]) -> list[Condition]:
    """A large delegation from the moment it is known until its visit ends (NĐ 154/2026 Đ27.3b asks for the warning)."""
    return [
        Condition(
            "delegation",
            Priority.URGENT,
            one.unit,
            names.get(one.unit, one.unit),
            f"Đoàn đông người, {one.people} người",
            due_at=one.due_at,
            source=RECEPTION,
            subject=f"{one.arrived_at:%Y%m%dT%H%M%S}",
        )
        for one in day.delegations
        if one.is_open
    ]


def queue_alarms(day: ReceptionDay, names: Mapping[str, str]) -> list[Condition]:
    """One of each unit where somebody waits over the limit, since the ticket of whoever waits longest."""
    return [
        Condition(
            "reception_queue",
            Priority.HIGH,
            unit,
            names.get(unit, unit),
            "Chờ tiếp quá ngưỡng",
            counts.waiting_long,
            "lượt",
            counts.longest_since,
            source=RECEPTION,
        )
        for unit, counts in day.units.items()
        if counts is not None and counts.waiting_long
    ]


def petition_alarms(units: Mapping[str, PetitionCounts], names: Mapping[str, str]) -> list[Condition]:
    """One of each unit with overdue complaints or denunciations, both kinds together."""
    title = "Khiếu nại, tố cáo quá hạn"
    return [
        Condition(
            "petitions_overdue",
            Priority.HIGH,
            unit,
            names.get(unit, unit),
            title,
            counts.overdue,
            "đơn",
            source=RECEPTION,
        )
        for unit, counts in units.items()
        if counts.overdue
    ]
