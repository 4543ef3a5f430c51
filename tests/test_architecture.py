"""The rules of design that a reader would otherwise have to remember: who may import whom, and who may hold what."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Which of our packages a part may import besides itself. The longest path that fits a file counts.
ALLOWED = {
    "domain": set(),
    "loaders": {"domain"},
    "loaders/__main__.py": {"domain", "storage"},
    "loaders/choosing.py": {"domain", "storage"},
    "loaders/placing.py": {"domain", "storage"},
    "loaders/rectifying.py": {"domain", "storage"},
    "loaders/watching.py": {"domain", "storage"},
    "storage": {"domain"},
    "storage/__main__.py": {"domain", "loaders"},
    "reports": {"storage", "domain"},
    "ui": {"storage", "domain"},
    "ui/downloads.py": {"ui", "reports", "storage", "domain"},
    "pages": {"ui", "reports", "storage", "domain"},
    "pages/upload.py": {"ui", "reports", "storage", "domain", "loaders"},
    "pages/tasks.py": {"ui", "reports", "storage", "domain", "loaders"},
    "app.py": {"ui", "storage", "domain"},
    "server.py": {"ui", "storage", "domain"},
    "benchmarks": {"ui", "reports", "storage", "loaders", "domain", "tests"},
}
MADE = {".git", ".venv", ".hypothesis", ".pytest_cache", ".ruff_cache", "__pycache__", "build", "data", "htmlcov"}
TEXT_SUFFIXES = {".conf", ".css", ".csv", ".example", ".html", ".in", ".js", ".json", ".md", ".py", ".service", ".sh", ".sql", ".svg", ".toml", ".txt", ".yml"}
OUR_PACKAGES = {"domain", "loaders", "storage", "reports", "ui", "pages", "app", "server", "benchmarks", "tests"}
INPUT_OUTPUT = {
    "calamine", "duckdb", "openpyxl", "plotly", "pyarrow", "python_calamine", "requests", "socket",
    "sqlite3", "starlette", "streamlit", "subprocess", "urllib", "xlrd", "xlsxwriter",
}  # fmt: skip
# pandas is in the rules for its columns; what it can read and write is not. `open` as a builtin, read_text of a path.
FILE_ACCESS = re.compile(r"open|read_(csv|excel|json|parquet|sql\w*|pickle|text|bytes)|to_(csv|excel|parquet|sql|pickle)|write_\w+")
SCREENS = ("ui", "pages", "app.py", "server.py", "benchmarks")
SQL = re.compile(r"\b(SELECT\s|INSERT INTO\b|CREATE (OR REPLACE )?(TABLE|VIEW)\b)")
# Held together from parts, so that this file does not find itself.
MACHINE = re.compile("|".join((r"/wor" r"k/\w", r"/hom" r"e/\w+/", r"/Use" r"rs/\w+/", r"\bpypi" r"\.org", r"/opt/pyp" r"i")))
PLAIN_HTTP = re.compile(r"http:/" r"/(?!127\.0\.0\.1|localhost|\{)[\w.]+")
# Names of XML vocabularies and of addresses that a file must not reach look like addresses and are none of ours.
XML_NAMESPACE = re.compile(r"http:/" r"/(schemas\.openxmlformats\.org|www\.w3\.org|purl\.o" r"clc\.org)")


def project_files() -> list[str]:
    """The paths, from the root, of the project's files; what tools and installations make is left out."""
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in MADE]
        found += [(Path(folder) / name).relative_to(ROOT).as_posix() for name in names]
    return sorted(found)


def is_below(path: str, part: str) -> bool:
    return path == part or path.startswith(f"{part}/")


FILES = project_files()
CODE = [path for path in FILES if path.endswith(".py") and any(is_below(path, part) for part in ALLOWED)]
TEXTS = [path for path in FILES if Path(path).suffix in TEXT_SUFFIXES or Path(path).name in ("Makefile", "run")]


@cache
def parse(path: str) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), path)


def imports(tree: ast.Module, path: str) -> set[str]:
    """The first parts of the names of all imported modules, wherever in the file, for type checking too."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(path if node.level else node.module or "")
    return {re.split(r"[./]", name)[0] for name in names}


def allowed(path: str) -> set[str]:
    part = max((part for part in ALLOWED if is_below(path, part)), key=len)
    return ALLOWED[part] | {Path(path).parts[0].removesuffix(".py")}


def names_used(tree: ast.Module) -> set[str]:
    """Every name that a module reads, calls or imports from another."""
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return names | {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}


def texts_of(tree: ast.Module) -> list[str]:
    """The strings of a module, f-strings' fixed parts included, docstrings left out."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings)
    return [node.value for node in constants if isinstance(node.value, str)]


def test_there_is_code_to_look_at() -> None:
    """A rule over no files holds for nothing: every part that stands is among the files, with its imports."""
    for part in ("domain", "loaders", "storage", "ui", "server.py"):
        assert any(is_below(path, part) for path in CODE), part
    assert {"Makefile", "server.py", "static/zh.js", "storage/schema.sql"} <= set(TEXTS)
    found = {name for path in CODE for name in imports(parse(path), path)}
    assert {"domain", "storage", "streamlit", "duckdb"} <= found
    assert any(SQL.search(text) for path in CODE if is_below(path, "storage") for text in texts_of(parse(path)))


def faults(found: Callable[[str], Iterable[str]], paths: list[str]) -> dict[str, list[str]]:
    """What a rule finds in each of the files in which it finds something."""
    assert paths
    return {path: told for path in paths if (told := sorted(found(path)))}


def test_imports_run_one_way() -> None:
    """Pages -> ui -> storage -> domain, loaders -> domain, reports -> storage -> domain."""
    assert faults(lambda path: imports(parse(path), path) & OUR_PACKAGES - allowed(path), CODE) == {}


def test_domain_does_no_input_or_output() -> None:
    """The rules are pure: whatever they are given, they were given."""
    paths = [path for path in CODE if is_below(path, "domain")]
    assert faults(lambda path: imports(parse(path), path) & INPUT_OUTPUT, paths) == {}
    assert faults(lambda path: filter(FILE_ACCESS.fullmatch, names_used(parse(path))), paths) == {}


def test_streamlit_stays_in_the_screens() -> None:
    """What reads, stores and judges runs without a browser."""
    paths = [path for path in CODE if not any(is_below(path, part) for part in SCREENS)]
    assert faults(lambda path: imports(parse(path), path) & {"streamlit"}, paths) == {}


def test_sql_stays_in_storage() -> None:
    """One place holds the SQL."""
    paths = [path for path in CODE if not is_below(path, "storage")]
    assert faults(lambda path: filter(SQL.search, texts_of(parse(path))), paths) == {}


# A child process with limits, which marks the cells of a workbook that the gate has passed.
MARKS_WORKBOOKS = "reports/annotating.py"


def test_openpyxl_reads_no_upload() -> None:
    """It writes; workbooks that come in go through the gate and calamine, in a process of its own."""
    paths = [path for path in CODE if path != MARKS_WORKBOOKS]
    assert faults(lambda path: names_used(parse(path)) & {"load_workbook"}, paths) == {}


def test_no_machine_in_the_files() -> None:
    """No folder of a developer's machine and no package registry; the code calls no plain-HTTP address."""
    code = [path for path in TEXTS if path.endswith((".py", ".js", ".sh", ".css", ".toml", "Makefile")) and not path.startswith("tests/")]
    assert faults(lambda path: MACHINE.findall(text_of(path)), TEXTS) == {}
    assert faults(lambda path: PLAIN_HTTP.findall(XML_NAMESPACE.sub("", text_of(path))), code) == {}


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
