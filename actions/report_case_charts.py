"""Writes a chart of /cases or a unit's page as PNG or SVG, under the filter of the address; audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from access.principal import Principal
from data_access.audit import record_audit
from data_access.cases import filtered_figures, units_asked
from data_access.completion_series import completion_series
from data_access.regimes import load_regimes
from data_access.scope import NotFound
from data_access.session import Database
from data_access.sources import source_by_name
from domain.case_filters import CaseFilter
from domain.cases import regime_on
from domain.indicators import CountedIn
from domain.local_time import local_day, moment_words
from domain.permissions import Permission
from domain.statistics import Figures, StatisticalYear, pace, same_day_last_year
from domain.units import Organisation, restatement
from reports.chart import ChartHead, RateBar, rate_bars, rate_curve
from reports.drawing import Drawing, framed
from reports.drawing_png import png_bytes
from reports.drawing_svg import svg_bytes

UNITS, CURVE = "units", "curve"
CASE_CHARTS = (UNITS, CURVE)
NOTHING = "không có việc có điều kiện"
# Millimetres of white paper around a chart that stands alone.
MARGIN = 5.0


@dataclass(frozen=True)
class CaseChartQuestion:
    """Whose chart of what, as of `now`."""

    principal: Principal
    organisation: Organisation
    wanted: CaseFilter
    is_sample: bool
    now: datetime

    @property
    def today(self) -> date:
        """The calendar day in Huế."""
        return local_day(self.now)


def save_case_chart(database: Database, asked: CaseChartQuestion, chart: str, path: Path) -> None:
    """Write one chart, by the end of the path's name .png or .svg; raises NotAllowed, NotFound, OSError."""
    asked.principal.require(Permission.SEE_CASES)
    if chart not in CASE_CHARTS:
        raise NotFound(chart)
    with database.reading() as session:
        drawing = framed(_units(session, asked) if chart == UNITS else _curve(session, asked), MARGIN)
    path.write_bytes(png_bytes(drawing) if path.suffix == ".png" else svg_bytes(drawing))
    with database.writing() as session:
        detail = {"file": path.suffix.lstrip("."), "chart": chart, "filter": asked.wanted.address()}
        record_audit(session, asked.principal, "case_chart_exported", asked.wanted.unit, detail, asked.now)


def _units(session: Session, asked: CaseChartQuestion) -> Drawing:
    """Every unit that the page compares, best rate first."""
    wanted, period = asked.wanted.without("unit", "officer"), asked.wanted.period(asked.today)
    regime = regime_on(load_regimes(), period.to_on)
    # The unit of the page must be one that the person sees, though all of them are compared.
    units_asked(asked.principal, asked.organisation, asked.wanted, period.to_on)
    found = filtered_figures(session, asked.principal, asked.organisation, wanted, period, regime)
    names = {unit.code: unit.short_name for unit in asked.organisation.case_units_on(period.to_on)}
    bars = [
        RateBar(names.get(code, code), _rate(figures, wanted.measure), _pace(asked, code))
        for code, figures in found.items()
        if figures != Figures()
    ]
    bars.sort(key=lambda bar: (bar.rate is None, -(bar.rate or Decimal(0)), bar.name))
    days = f"{period.from_on:%d/%m/%Y} – {period.to_on:%d/%m/%Y}"
    title = f"Tỷ lệ thi hành xong {_of(wanted.measure)} theo đơn vị"
    return rate_bars(_head(session, asked, title, days), bars, NOTHING)


def _curve(session: Session, asked: CaseChartQuestion) -> Drawing:
    """This year's line, last year's, the pace to the target."""
    wanted, until = asked.wanted.without("age", "begins", "ends"), asked.wanted.period(asked.today).to_on
    year, regimes = StatisticalYear.of(until), load_regimes()
    points = completion_series(
        session,
        asked.principal,
        asked.organisation,
        StatisticalYear(year.year - 1),
        until,
        lambda day: regime_on(regimes, day),
        wanted.measure,
        wanted,
        years=2,
    )
    rates = [(point.day, point.rate) for point in points if point.rate is not None]
    shift = year.first_on - same_day_last_year(year.first_on)
    before = [(day + shift, rate) for day, rate in rates if day < year.first_on and day + shift <= year.last_on]
    target = _target(asked, _whole(asked))
    line = [] if target is None else [(year.first_on, Decimal(0)), (year.last_on, pace(target, year.last_on))]
    place = _place(asked)
    title = f"Lũy kế tỷ lệ thi hành xong {_of(wanted.measure)}, {place}"
    days = f"{year.first_on:%d/%m/%Y} – {until:%d/%m/%Y}"
    now = [(day, rate) for day, rate in rates if day >= year.first_on]
    moved = restatement(asked.organisation, StatisticalYear(year.year - 1).first_on, until)
    summed = f"trước {moved.days[-1]:%d/%m/%Y} cộng nguyên đơn vị cũ" if moved.is_crossed and wanted.unit else ""
    return rate_curve(_head(session, asked, title, days, summed), year.first_on, year.last_on, now, before, line)


def _head(session: Session, asked: CaseChartQuestion, title: str, days: str, summed: str = "") -> ChartHead:
    source = source_by_name(session, "cases")
    as_of = f"số liệu đến {moment_words(source.as_of_at)}" if source.as_of_at else "chưa có số liệu"
    areas = {area.code: area.name for area in asked.organisation.areas}
    words = asked.wanted.words(areas)
    parts = [f"Kỳ {days}, số liệu tạm tính", words, summed, "Dữ liệu mẫu" if asked.is_sample else ""]
    note = "; ".join(part for part in parts if part)
    return ChartHead(title, "% trên số có điều kiện", f"Nguồn: {source.title}, {as_of}", note)


def _place(asked: CaseChartQuestion) -> str:
    unit = asked.wanted.unit or asked.principal.unit
    here = asked.organisation.unit_on(unit, asked.wanted.period(asked.today).to_on) if unit else None
    return here.short_name if here else unit or "toàn tỉnh"


def _whole(asked: CaseChartQuestion) -> str:
    root = asked.organisation.root_on(asked.today)
    return asked.wanted.unit or asked.principal.unit or (root.code if root else "")


def _target(asked: CaseChartQuestion, unit: str) -> Decimal | None:
    """None where there is none, or the chart is of a part only."""
    if not asked.wanted.has_target(asked.today):
        return None
    until = asked.wanted.period(asked.today).to_on
    measure = asked.wanted.measure.value
    target = asked.organisation.target(unit, StatisticalYear.of(until).year, measure, until)
    return None if target is None else target.value


def _pace(asked: CaseChartQuestion, unit: str) -> Decimal | None:
    target = _target(asked, unit)
    return None if target is None else pace(target, asked.wanted.period(asked.today).to_on)


def _rate(figures: Figures, counted_in: CountedIn) -> Decimal | None:
    return (figures.cases if counted_in is CountedIn.CASES else figures.amount).completion_rate


def _of(counted_in: CountedIn) -> str:
    return "về việc" if counted_in is CountedIn.CASES else "về tiền"
