"""House rules that a linter does not know: sizes, names, unfinished work, and what a screen must never contain."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = {".venv", "var", ".git"}
# The house says about 300 and about 40; this is where "about" ends.
FILE_LINES = 360
TEST_FILE_LINES = 480
FUNCTION_LINES = 50

RESERVED_MODULES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
RESERVED_PREFIXES = ("get_", "handle_", "process_")
# Names that a framework calls, not we.
CALLED_BY_FRAMEWORKS = {"get_id", "process_bind_param", "process_result_value"}

# The outline of the province on the sign-in page: drawn by us from our own shapes.
OUR_OWN_MARKUP = {"outline_svg"}

# Values computed from data (a bar's length) may be set inline; anything else belongs to a stylesheet.
INLINE_STYLES: dict[str, int] = {}


def python_files(below: str = "") -> list[Path]:
    return sorted(path for path in (ROOT / below).rglob("*.py") if not LEFT_OUT & set(path.relative_to(ROOT).parts))


PRODUCT = [path for path in python_files() if path.relative_to(ROOT).parts[0] not in {"tests", "migrations"}]
EVERYTHING = [path for path in python_files() if "versions" not in path.parts]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield node


def own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, less its docstring and the functions inside it, which are measured by themselves."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    inner = [node for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return lines_of(body[0], body[-1]) - sum(lines_of(node, node) for node in inner)


def lines_of(first: ast.stmt, last: ast.stmt) -> int:
    return (last.end_lineno or last.lineno) - first.lineno + 1


def test_a_file_can_be_read_in_one_sitting() -> None:
    too_long = {}
    for path in EVERYTHING:
        limit = TEST_FILE_LINES if path.relative_to(ROOT).parts[0] == "tests" else FILE_LINES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > limit:
            too_long[name_of(path)] = lines
    assert not too_long


def test_a_function_can_be_seen_at_once() -> None:
    too_long = {
        f"{name_of(path)}: {function.name}": lines
        for path in PRODUCT
        for function in functions(path)
        if (lines := own_lines(function)) > FUNCTION_LINES
    }
    assert not too_long


def test_a_module_says_what_is_in_it() -> None:
    assert not [name_of(path) for path in PRODUCT if not ast.get_docstring(tree_of(path))]


def test_names_say_what_is_done_and_to_what() -> None:
    for path in PRODUCT:
        assert not RESERVED_MODULES & set(path.relative_to(ROOT).with_suffix("").parts), name_of(path)
        named = {function.name for function in functions(path)} - CALLED_BY_FRAMEWORKS
        assert not [name for name in named if name.startswith(RESERVED_PREFIXES)], name_of(path)


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(" + "TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
    texts = [
        *EVERYTHING,
        *ROOT.glob("assets/*.css"),
        *ROOT.glob("assets/*.js"),
        *ROOT.glob("*.md"),
        *ROOT.glob("docs/**/*.md"),
    ]
    assert not [name_of(path) for path in texts if marks.search(path.read_text(encoding="utf-8"))]


def test_inline_style_is_only_for_values_computed_from_data() -> None:
    found = {
        name_of(path): count
        for path in PRODUCT
        if (count := sum(keyword.arg == "style" for call in calls(path) for keyword in call.keywords))
    }
    assert found == INLINE_STYLES


def test_no_screen_can_run_foreign_text() -> None:
    forbidden = {"dangerously_allow_html", "srcDoc", "DangerouslySetInnerHTML"}
    for path in PRODUCT:
        for call in calls(path):
            assert not forbidden & {keyword.arg for keyword in call.keywords}, name_of(path)
        assert "|safe" not in path.read_text(encoding="utf-8").replace(" ", ""), name_of(path)
    for template in ROOT.glob("server/**/*.html"):
        unescaped = re.findall(r"(\w+)\s*\|\s*safe", template.read_text(encoding="utf-8"))
        assert set(unescaped) <= OUR_OWN_MARKUP, name_of(template)


def test_nothing_is_unpickled_and_nothing_polls_by_interval() -> None:
    for path in PRODUCT:
        imported = {
            alias.name.split(".")[0]
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in (node.names if isinstance(node, ast.Import) else [ast.alias(node.module or "")])
        }
        assert not {"pickle", "shelve", "marshal", "dill"} & imported, name_of(path)
        called = {call.func.attr if isinstance(call.func, ast.Attribute) else "" for call in calls(path)}
        assert "Interval" not in called, f"{name_of(path)}: there is one heartbeat, the stream"


def test_only_the_worker_and_a_failed_panel_catch_everything() -> None:
    # The worker's loop, and the one place that turns whatever a panel raised into its failed face.
    allowed = {"worker.py", "scenes/drawing.py"}
    for path in PRODUCT:
        broad = [
            node
            for node in ast.walk(tree_of(path))
            if isinstance(node, ast.ExceptHandler)
            and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
            )
        ]
        assert not broad or name_of(path) in allowed, f"{name_of(path)}:{[node.lineno for node in broad]}"


def test_the_browser_is_never_sent_elsewhere() -> None:
    """Stylesheets and scripts name no other host; the SVG namespace is a name, not an address."""
    foreign = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[a-z0-9-]+\.[a-z]{2,}", re.IGNORECASE)
    for path in [*ROOT.glob("assets/**/*.css"), *ROOT.glob("assets/**/*.js"), *ROOT.glob("server/**/*.html")]:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not foreign.search(text), name_of(path)
