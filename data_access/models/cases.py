"""Cases, their dated facts, the intervals of their class, and the counters.

Facts are never overwritten: a withdrawn fact keeps its row with `withdrawn_at`, so that a frozen period can be read as
it was known. Staging tables mirror the facts while a file is being prepared; they are empty between imports.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from data_access.models.base import Base
from data_access.types import BigKey, Code, Day, Instant, Key, Money, Name, Prose


class CaseColumns:
    """The attributes of a việc as last stated."""

    public_id: Mapped[Code]
    issuing_unit: Mapped[Code]
    number: Mapped[Code]
    year: Mapped[int]
    decided_on: Mapped[Day]
    docketed_on: Mapped[Day]
    kind: Mapped[Code]
    case_type: Mapped[Code]
    area: Mapped[Code | None]
    amount_due: Mapped[Money]
    groups: Mapped[Name]
    stated_at: Mapped[Instant]


class EnforcementCase(CaseColumns, Base):
    """Việc: one enforcement decision. The key is issuing unit, number and statistical year of the decision date."""

    __tablename__ = "enforcement_case"
    __table_args__ = (
        UniqueConstraint("issuing_unit", "number", "year"),
        UniqueConstraint("public_id"),
        Index(None, "number"),
    )

    id: Mapped[Key]
    recorded_at: Mapped[Instant]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))


class CaseHistory(Base):
    """The attributes of a case before a file restated them: what a frozen period still reads."""

    __tablename__ = "case_history"

    id: Mapped[Key]
    case_id: Mapped[int] = mapped_column(ForeignKey("enforcement_case.id"), index=True)
    attributes: Mapped[Prose]
    replaced_at: Mapped[Instant]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))


class _CaseChild:
    """A row that belongs to a case."""

    @declared_attr
    def case_id(self) -> Mapped[int]:
        return mapped_column(ForeignKey("enforcement_case.id"), index=True)


class _Recorded:
    """When a fact became known, from which file, and when it was withdrawn as wrong."""

    recorded_at: Mapped[Instant]
    withdrawn_at: Mapped[Instant | None]

    @declared_attr
    def batch_id(self) -> Mapped[int]:
        return mapped_column(ForeignKey("import_batch.id"))

    @declared_attr
    def withdrawn_batch_id(self) -> Mapped[int | None]:
        return mapped_column(ForeignKey("import_batch.id"))


class CaseHandling(_CaseChild, _Recorded, Base):
    """From which day which unit and officer handle the case."""

    __tablename__ = "case_handling"

    id: Mapped[Key]
    from_on: Mapped[Day]
    unit: Mapped[Code]
    officer: Mapped[Code | None]


class CaseDecision(_CaseChild, _Recorded, Base):
    """A dated decision of the registers."""

    __tablename__ = "case_decision"

    id: Mapped[Key]
    kind: Mapped[Code]
    effective_on: Mapped[Day]
    amount: Mapped[Money | None]


class MoneyTransaction(_CaseChild, _Recorded, Base):
    """Thu chi: a dated money transaction, whole đồng; negative reverses."""

    __tablename__ = "money_transaction"

    id: Mapped[Key]
    kind: Mapped[Code]
    effective_on: Mapped[Day]
    amount: Mapped[Money]


class CaseClassInterval(_CaseChild, Base):
    """The class of a case from a day up to, not including, another; for every filter the counters do not know."""

    __tablename__ = "case_class_interval"
    __table_args__ = (
        Index(None, "case_class", "unit", "from_on", "to_on"),
        Index("ix_case_class_interval_list", "unit", "to_on", "from_on", "case_class", "officer", "case_id"),
    )

    id: Mapped[Key]
    case_class: Mapped[Code]
    unit: Mapped[Code]
    officer: Mapped[Code | None]
    from_on: Mapped[Day]
    to_on: Mapped[Day | None]


class _ClockColumns:
    """A stretch on which a clock of a việc runs: `to_on` is exclusive, None while it lasts."""

    clock: Mapped[Code]
    unit: Mapped[Code]
    officer: Mapped[Code | None]
    started_on: Mapped[Day]
    from_on: Mapped[Day]
    to_on: Mapped[Day | None]


class CaseClock(_CaseChild, _ClockColumns, Base):
    """Đồng hồ của việc: what the facts of a case say of its statutory clocks, for every day."""

    __tablename__ = "case_clock"
    # Covering: the clocks of a province that run on a day, by unit and start, are read from the index alone.
    __table_args__ = (
        Index("ix_case_clock_running", "unit", "clock", "started_on", "to_on", "from_on", "officer", "case_id"),
    )

    id: Mapped[Key]


class _EntryColumns:
    """One signed change of a việc: its ledger entry, with those attributes of the việc that filters ask for.

    They are written again whenever the việc is: what a filtered figure needs stands in one row and one index.
    """

    unit: Mapped[Code]
    officer: Mapped[Code | None]
    counted: Mapped[Code]
    day: Mapped[Day]
    cases: Mapped[int] = mapped_column(SmallInteger)
    amount: Mapped[Money]
    kind: Mapped[Code]
    case_type: Mapped[Code]
    area: Mapped[Code | None]
    groups: Mapped[Name]
    amount_due: Mapped[Money]
    docketed_on: Mapped[Day]


class CaseEntry(_CaseChild, _EntryColumns, Base):
    """Biến động của việc: the ledger of every case. Its sums are the counters, and every figure under any filter."""

    __tablename__ = "case_entry"
    # Covering: a filtered figure of a province is read from the index alone.
    __table_args__ = (
        Index(
            "ix_case_entry_figures",
            "unit",
            "counted",
            "day",
            "cases",
            "amount",
            "kind",
            "case_type",
            "area",
            "groups",
            "amount_due",
            "docketed_on",
            "officer",
            "case_id",
        ),
    )

    id: Mapped[Key]


class _Counted:
    """Signed changes of việc and đồng by unit, class, kind and day."""

    unit: Mapped[Code] = mapped_column(primary_key=True)
    counted: Mapped[Code] = mapped_column(primary_key=True)
    kind: Mapped[Code] = mapped_column(primary_key=True)
    day: Mapped[Day] = mapped_column(primary_key=True)
    cases: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[Money]


class Counter(_Counted, Base):
    """Signed changes of one day: never a stock. As-of figures are sums."""

    __tablename__ = "counter"


class CounterMonth(_Counted, Base):
    """The same changes summed by month (`day` is its first): the checkpoints.

    Being sums of signed changes they are moved by a late correction in the same transaction: never out of date.
    """

    __tablename__ = "counter_month"


class OfficerCounter(Base):
    """The same changes by officer; codes are unique within a unit only."""

    __tablename__ = "officer_counter"

    unit: Mapped[Code] = mapped_column(primary_key=True)
    officer: Mapped[Code] = mapped_column(primary_key=True)
    counted: Mapped[Code] = mapped_column(primary_key=True)
    day: Mapped[Day] = mapped_column(primary_key=True)
    cases: Mapped[int] = mapped_column(BigInteger)
    amount: Mapped[Money]


class _Staged:
    """A row prepared for one batch; `case_id` is already the final one."""

    id: Mapped[Key]
    batch_id: Mapped[int] = mapped_column(BigKey, index=True)
    case_id: Mapped[int] = mapped_column(BigKey)


class StagedCase(_Staged, CaseColumns, Base):
    """A case to insert (`is_new`) or whose attributes change."""

    __tablename__ = "staged_case"

    is_new: Mapped[bool]


class StagedFact(_Staged, Base):
    """A handling, decision or transaction to insert, or (`withdraws_id`) a stored one to withdraw."""

    __tablename__ = "staged_fact"

    table: Mapped[Code]
    kind: Mapped[Code | None]
    effective_on: Mapped[Day]
    amount: Mapped[Money | None]
    unit: Mapped[Code | None]
    officer: Mapped[Code | None]
    withdraws_id: Mapped[int | None] = mapped_column(BigKey)
    is_withdrawn: Mapped[bool]


class StagedEntry(_Staged, _EntryColumns, Base):
    """A ledger entry that replaces those of its case."""

    __tablename__ = "staged_entry"


class StagedInterval(_Staged, Base):
    """A class interval that replaces those of its case."""

    __tablename__ = "staged_interval"

    case_class: Mapped[Code]
    unit: Mapped[Code]
    officer: Mapped[Code | None]
    from_on: Mapped[Day]
    to_on: Mapped[Day | None]


class StagedClock(_Staged, _ClockColumns, Base):
    """A stretch of a clock that replaces those of its case."""

    __tablename__ = "staged_clock"
