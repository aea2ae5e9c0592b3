"""A leader asks something of a unit, the unit answers, the leader accepts or returns; checked, scoped, audited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from access.principal import NotAllowed, Principal
from data_access.audit import record_audit
from data_access.directives import directive, issue, require_revision, save_step
from data_access.scope import visible_units
from data_access.session import Database
from domain.directives import MOVES, STATE_NAMES, STATED_ORIGINS, Directive, DirectiveOrigin, DirectiveStep
from domain.local_time import local_day
from domain.permissions import Permission
from domain.units import Organisation

LONGEST_TITLE = 160
LONGEST_TEXT = 1_000
LONGEST_REFERENCE = 160
DUE_WITHIN = timedelta(days=365)

NEEDS_WORDS = {
    DirectiveStep.ANSWER: "Ghi nội dung trả lời.",
    DirectiveStep.ACCEPT: "Ghi kết quả khi kết thúc chỉ đạo.",
    DirectiveStep.RETURN: "Ghi lý do trả lại đơn vị.",
    DirectiveStep.WITHDRAW: "Ghi lý do thu hồi.",
}
AUDITED = {
    DirectiveStep.RECEIVE: "directive_received",
    DirectiveStep.ANSWER: "directive_answered",
    DirectiveStep.ACCEPT: "directive_closed",
    DirectiveStep.RETURN: "directive_returned",
    DirectiveStep.WITHDRAW: "directive_withdrawn",
}
OF_UNITS = frozenset({DirectiveStep.RECEIVE, DirectiveStep.ANSWER})


class DirectiveRefused(ValueError):
    """Nothing was stored; the text is Vietnamese and can be shown."""


@dataclass(frozen=True, slots=True)
class WantedDirective:
    """What a leader typed; `due_on` is a day of Huế as '30/11/2026'."""

    unit: str
    title: str
    detail: str
    due_on: str
    origin: str = "thought"
    reference: str = ""


@dataclass(frozen=True, slots=True)
class WantedStep:
    """A step a person asks for, the revision they saw, and their words."""

    public_id: str
    step: DirectiveStep
    revision: int
    words: str = ""


def issue_directive(
    database: Database, principal: Principal, organisation: Organisation, wanted: WantedDirective, now: datetime
) -> str:
    """Store a directive; its public id. Raises NotAllowed (also for a unit out of scope), DirectiveRefused."""
    principal.require(Permission.ISSUE_DIRECTIVES)
    today = local_day(now)
    if not wanted.unit:
        raise DirectiveRefused("Chọn đơn vị.")
    known = {unit.code for unit in organisation.case_units_on(today)}
    visible = visible_units(principal, organisation, today)
    if wanted.unit not in known or (visible is not None and wanted.unit not in visible):
        raise NotAllowed(f"no unit {wanted.unit[:40]} for {principal.public_id}")
    new = _directive(wanted, principal, today, now)
    with database.writing() as session:
        public_id = issue(session, principal, new, now)
        detail = {"unit": new.unit, "origin": new.origin.value, "due_on": new.due_on.isoformat()}
        record_audit(session, principal, "directive_issued", public_id, detail, now)
    return public_id


def take_step(
    database: Database, principal: Principal, organisation: Organisation, wanted: WantedStep, now: datetime
) -> Directive:
    """Receive, answer, accept, return or withdraw; the directive after it.

    Raises NotAllowed, DirectiveRefused, Conflict where somebody was faster, NotFound also for what is another unit's.
    """
    move = MOVES.get(wanted.step)
    if move is None:
        raise DirectiveRefused("Chọn bước thực hiện.")
    principal.require(Permission.ANSWER_DIRECTIVES if wanted.step in OF_UNITS else Permission.ISSUE_DIRECTIVES)
    if principal.role not in move.roles:
        raise NotAllowed(f"{principal.role} takes no step {wanted.step}")
    words = _cleaned(wanted.words, LONGEST_TEXT, "Nội dung")
    if wanted.step in NEEDS_WORDS and not words:
        raise DirectiveRefused(NEEDS_WORDS[wanted.step])
    with database.writing() as session:
        stored = directive(session, principal, organisation, wanted.public_id, now)
        before = require_revision(session, stored, wanted.revision)
        if before.state not in move.origins:
            raise DirectiveRefused(f"Không thực hiện được: chỉ đạo {STATE_NAMES[before.state]}.")
        if wanted.step is DirectiveStep.WITHDRAW and before.origin is DirectiveOrigin.CITY:
            raise DirectiveRefused("Chỉ đạo của lãnh đạo thành phố chỉ bên gửi thu hồi được.")
        after = replace(before, state=move.target)
        if wanted.step is DirectiveStep.ANSWER:
            after = replace(after, answer=words, answered_at=now, answered_by=principal.name)
        save_step(session, principal, after, wanted.step, words, now)
        detail = {"unit": before.unit, "from": before.state.value, "to": after.state.value}
        record_audit(session, principal, AUDITED[wanted.step], before.public_id, detail, now)
    return replace(after, revision=before.revision + 1)


def _directive(wanted: WantedDirective, principal: Principal, today: date, now: datetime) -> Directive:
    title = _cleaned(wanted.title, LONGEST_TITLE, "Tiêu đề")
    if not title:
        raise DirectiveRefused("Ghi tiêu đề chỉ đạo.")
    if wanted.origin not in STATED_ORIGINS:
        raise DirectiveRefused("Chọn căn cứ của chỉ đạo.")
    return Directive(
        public_id="",
        unit=wanted.unit,
        title=title,
        detail=_cleaned(wanted.detail, LONGEST_TEXT, "Nội dung"),
        origin=DirectiveOrigin(wanted.origin),
        reference=_cleaned(wanted.reference, LONGEST_REFERENCE, "Căn cứ"),
        issued_at=now,
        issued_by=principal.name,
        due_on=_day(wanted.due_on, today),
    )


def _day(typed: str, today: date) -> date:
    try:
        on, month, year = typed.strip()[:10].split("/")
        day = date(int(year), int(month), int(on))
    except ValueError as error:
        raise DirectiveRefused("Ghi hạn trả lời theo dạng ngày/tháng/năm, ví dụ 30/11/2026.") from error
    if day < today:
        raise DirectiveRefused("Hạn trả lời đã qua: chọn từ hôm nay trở đi.")
    if day > today + DUE_WITHIN:
        raise DirectiveRefused(f"Hạn trả lời trong vòng {DUE_WITHIN.days} ngày.")
    return day


def _cleaned(typed: str, longest: int, what: str) -> str:
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())
    if len(words) > longest:
        raise DirectiveRefused(f"{what} dài nhất {longest} ký tự.")
    return words
