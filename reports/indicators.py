"""docs/indicators.md, written from the catalogue: `python -m reports.indicators`. A test holds the file to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from domain.indicators import CATALOGUE, LETTERS
from domain.other_indicators import COMPARED_NAMES, OTHER_INDICATORS

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "indicators.md"
HEAD = """# Danh mục chỉ tiêu

Generated from `domain/indicators.py` and `domain/other_indicators.py` by `python -m reports.indicators`: do not edit.
Every screen, form and file computes a number by the one definition that stands here; `/indicators/ID` explains it with
its actual values, and how it changed since yesterday: "So với" says which moment of yesterday a figure beside the form
is held against, by the same answer, of what is known now; where what it was is written over, no number is given.
"""


def indicators_text() -> str:
    """The document as Markdown."""
    parts = [HEAD, "\n## Chỉ tiêu của biểu thống kê\n", _letters(), _form(), "\n## Chỉ tiêu khác\n", _others()]
    return "\n".join(parts) + "\n"


def _letters() -> str:
    names = {letter: CATALOGUE[f"{field}_cases"].name.removesuffix(" về việc") for letter, field in LETTERS.items()}
    return f"Ký hiệu: {'; '.join(f'{letter} = {name}' for letter, name in names.items())}.\n"


def _form() -> str:
    rows = [
        (f"`{one.id}`", one.name, one.unit, one.symbols, one.formula, one.excludes or "-", one.legal_basis)
        for one in CATALOGUE.values()
    ]
    return _table(("Mã", "Chỉ tiêu", "Đơn vị", "Ký hiệu", "Cách tính", "Không gồm", "Căn cứ"), rows)


def _others() -> str:
    rows = [
        (
            f"`{one.id}`",
            one.name,
            one.unit,
            one.formula,
            one.excludes,
            f"`{one.source}`",
            one.legal_basis,
            COMPARED_NAMES[one.compared],
        )
        for one in OTHER_INDICATORS.values()
    ]
    heads = ("Mã", "Chỉ tiêu", "Đơn vị", "Cách tính", "Không gồm", "Nguồn", "Căn cứ", "So với")
    return _table(heads, rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    DOCUMENT.write_text(indicators_text(), encoding="utf-8")
