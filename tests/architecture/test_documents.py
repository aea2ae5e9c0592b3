"""Documents are held true: what they list is what there is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from manage_commands.commands import build_parser
from settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
NEEDED = [
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/architecture.md",
    "docs/operations.md",
    "docs/glossary.md",
]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_document_that_a_newcomer_needs_is_there() -> None:
    assert all(len(text_of(name)) > 400 for name in NEEDED)


def test_every_setting_is_documented_with_its_default() -> None:
    text = text_of("docs/operations.md")
    for name, field in Settings.model_fields.items():
        row = next((line for line in text.splitlines() if line.startswith(f"| `{name.upper()}` |")), None)
        assert row, name
        if isinstance(field.default, str | int | float) and not isinstance(field.default, bool) and field.default != "":
            assert f"`{field.default}`" in row, row


def test_no_setting_is_documented_that_does_not_exist() -> None:
    documented = re.findall(r"^\| `([A-Z_]+)` \|", text_of("docs/operations.md"), flags=re.MULTILINE)
    assert sorted(documented) == sorted(name.upper() for name in Settings.model_fields)


def test_every_command_is_documented() -> None:
    text = text_of("docs/operations.md")
    actions = build_parser()._subparsers
    assert actions is not None
    commands = next(action.choices for action in actions._group_actions)
    assert commands
    for command in commands:
        assert f"manage.py {command}" in text, command


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), flags=re.MULTILINE))
    asked = set(
        re.findall(
            r"\bmake ([a-z]+)\b", "".join(re.findall(r"```.*?```|`[^`]+`", text_of("README.md"), flags=re.DOTALL))
        )
    )
    assert asked <= targets
    assert {"run", "test"} <= asked


def test_every_room_is_described() -> None:
    text = text_of("docs/architecture.md")
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    files = {path.name for path in ROOT.glob("*.py")}
    missing = [name for name in sorted(rooms | files) if f"`{name}" not in text]
    assert not missing


def test_every_decision_is_listed() -> None:
    text = text_of("docs/architecture.md")
    assert not [path.name for path in ROOT.glob("docs/decisions/*.md") if f"(decisions/{path.name})" not in text]


def test_the_changelog_says_who_notices_and_what_is_new() -> None:
    lines = [line for line in text_of("CHANGELOG.md").splitlines() if line.startswith("- ")]
    assert lines
    assert all(re.match(r"- \([A-Z][^)]+\) [A-Z]", line) for line in lines)


def test_links_lead_somewhere() -> None:
    for path in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            if not target.startswith(("http://", "https://", "mailto:")):
                assert (path.parent / target).exists(), f"{path}: {target}"


def glossary_rows() -> list[list[str]]:
    rows = [line for line in text_of("docs/glossary.md").splitlines() if re.match(r"\| \d+ \|", line)]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def test_the_glossary_has_the_108_terms_of_the_trade() -> None:
    rows = glossary_rows()
    assert [int(row[0]) for row in rows] == list(range(1, 109))
    assert all(row[1] and row[2] for row in rows)


def domain_classes() -> set[str]:
    """Public classes of domain/ by name; a Protocol only describes them."""
    return {
        node.name
        for path in (ROOT / "domain").rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
        and not node.name.startswith("_")
        and not any(isinstance(base, ast.Name) and base.id == "Protocol" for base in node.bases)
    }


def classes_and_members() -> set[str]:
    """'Principal', 'CaseKind.EX_OFFICIO', 'Measure.completed': classes of the product with their fields and members."""
    found = set()
    for path in ROOT.glob("*/**/*.py"):
        if path.relative_to(ROOT).parts[0] in {".venv", "tests", "var"}:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                found.add(node.name)
                for item in node.body:
                    targets = item.targets if isinstance(item, ast.Assign) else [getattr(item, "target", None)]
                    found |= {f"{node.name}.{target.id}" for target in targets if isinstance(target, ast.Name)}
                    if isinstance(item, ast.FunctionDef):
                        found.add(f"{node.name}.{item.name}")
    return found


def test_every_class_of_the_domain_has_its_word_in_the_glossary() -> None:
    text = text_of("docs/glossary.md")
    missing = sorted(name for name in domain_classes() if f"`{name}`" not in text and f"`{name}." not in text)
    assert not missing


def test_every_name_the_glossary_gives_is_in_the_code() -> None:
    known = classes_and_members()
    given = set(re.findall(r"`([A-Z][A-Za-z]+(?:\.[A-Za-z_]+)?)`", text_of("docs/glossary.md")))
    assert given
    assert not sorted(given - known)


def test_the_document_of_indicators_is_the_catalogue() -> None:
    from reports.indicators import DOCUMENT, indicators_text

    assert DOCUMENT.read_text(encoding="utf-8") == indicators_text(), "run: python -m reports.indicators"
