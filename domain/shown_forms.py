"""The statistical form as somebody looks at it: of which period and version, in việc or tiền, and what it says of
itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from domain.indicators import CountedIn
from domain.periods import PeriodKind, PeriodState, ReportingPeriod, period_by_code, periods_of_day
from domain.statistical_form import ALL_KINDS, KIND_NAMES, FormRow

LIVE = "live"
PROVISIONAL_WORDS = "Số liệu tạm tính"


@dataclass(frozen=True, slots=True)
class ShownForm:
    """Biểu đang xem. `version` is 0 for figures as they stand now; `until` is the last day counted."""

    period: ReportingPeriod
    state: PeriodState
    until: date
    rows: tuple[FormRow, ...]
    regime_name: str
    as_of_at: datetime | None
    number: str = ""
    version: int = 0
    closed_at: datetime | None = None
    closed_by: str = ""
    sha256: str = ""
    is_untouched: bool = True

    @property
    def is_provisional(self) -> bool:
        """Whether these figures can still move."""
        return self.version == 0

    @property
    def state_words(self) -> str:
        """'Đã chốt, phiên bản 2', or 'Số liệu tạm tính' and why."""
        if self.version:
            return f"Đã chốt, phiên bản {self.version}"
        why = {
            PeriodState.RUNNING: f"kỳ đang chạy, tính đến {self.until:%d/%m/%Y}",
            PeriodState.PROVISIONAL: "kỳ đã kết thúc, chưa chốt",
            PeriodState.CLOSED: "số hiện tại của kỳ đã chốt",
        }
        return f"{PROVISIONAL_WORDS}: {why[self.state]}"

    @property
    def hash_words(self) -> str:
        """'Mã kiểm: 3f2a… khớp', '' for figures that are not frozen."""
        if not self.version:
            return ""
        return f"Mã kiểm: {self.sha256} {'khớp' if self.is_untouched else 'KHÔNG KHỚP'}"


@dataclass(frozen=True, slots=True)
class FormFilter:
    """Bộ lọc của biểu: the same words stand in the address of the page and of its files."""

    period: str = ""
    version: str = ""
    counted_in: CountedIn = CountedIn.CASES
    kind: str = ALL_KINDS
    unit: str = ""

    @classmethod
    def from_address(cls, values: Mapping[str, str]) -> FormFilter:
        """What an address says; what it cannot mean is left out."""
        period = period_by_code(values.get("period", ""))
        version, kind = values.get("version", ""), values.get("kind", "")
        return cls(
            period=period.code if period else "",
            version=version if version == LIVE or (version.isdecimal() and len(version) <= 4) else "",
            counted_in=CountedIn.AMOUNT if values.get("in") == CountedIn.AMOUNT else CountedIn.CASES,
            kind=kind if kind in KIND_NAMES else ALL_KINDS,
            unit=values.get("unit", "")[:40],
        )

    def address(self, **changes: object) -> str:
        """'?period=…' with only what is not the default; `changes` are made first."""
        wanted = replace(self, **changes)  # type: ignore[arg-type]
        said = {
            "period": wanted.period,
            "version": wanted.version,
            "in": "" if wanted.counted_in is CountedIn.CASES else wanted.counted_in.value,
            "kind": wanted.kind,
            "unit": wanted.unit,
        }
        values = {name: value for name, value in said.items() if value}
        return f"?{urlencode(values)}" if values else "?"

    def period_on(self, today: date) -> ReportingPeriod:
        """The period looked at: that of the address if it has begun, else the year so far, by its next report."""
        wanted = period_by_code(self.period)
        if wanted and wanted.has_begun(today):
            return wanted
        return next(each for each in periods_of_day(today) if each.kind is PeriodKind.CUMULATIVE)
