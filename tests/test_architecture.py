"""The rules of design that a reader would otherwise have to remember: who may import whom, and who may hold what."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Which of our packages a part may import besides itself. The longest path that fits a file counts.
ALLOWED = {
    "domain": set(),
    "loaders": {"domain"},
    "loaders/__main__.py": {"domain", "storage"},
    "loaders/placing.py": {"domain", "storage"},
    "loaders/watching.py": {"domain", "storage"},
    "storage": {"domain"},
    "storage/__main__.py": {"domain", "loaders"},
    "reports": {"storage", "domain"},
    "ui": {"storage", "domain"},
    "pages": {"ui", "reports", "storage", "domain"},
    "pages/upload.py": {"ui", "reports", "storage", "domain", "loaders"},
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


@pytest.mark.parametrize("path", CODE)
def test_imports_run_one_way(path: str) -> None:
    """Pages -> ui -> storage -> domain, loaders -> domain, reports -> storage -> domain."""
    ours = imports(parse(path), path) & OUR_PACKAGES
    assert ours <= allowed(path)


@pytest.mark.parametrize("path", [path for path in CODE if is_below(path, "domain")])
def test_domain_does_no_input_or_output(path: str) -> None:
    """The rules are pure: whatever they are given, they were given."""
    assert not imports(parse(path), path) & INPUT_OUTPUT
    assert [name for name in names_used(parse(path)) if FILE_ACCESS.fullmatch(name)] == []


@pytest.mark.parametrize("path", CODE)
def test_streamlit_stays_in_the_screens(path: str) -> None:
    """What reads, stores and judges runs without a browser."""
    assert "streamlit" not in imports(parse(path), path) or any(is_below(path, part) for part in SCREENS)


@pytest.mark.parametrize("path", [path for path in CODE if not is_below(path, "storage")])
def test_sql_stays_in_storage(path: str) -> None:
    """One place holds the SQL."""
    assert [text for text in texts_of(parse(path)) if SQL.search(text)] == []


# A child process with limits, which marks the cells of a workbook that the gate has passed.
MARKS_WORKBOOKS = "reports/annotating.py"


@pytest.mark.parametrize("path", [path for path in CODE if path != MARKS_WORKBOOKS])
def test_openpyxl_reads_no_upload(path: str) -> None:
    """It writes; workbooks that come in go through the gate and calamine, in a process of its own."""
    assert "load_workbook" not in names_used(parse(path))


@pytest.mark.parametrize("path", TEXTS)
def test_no_machine_in_the_files(path: str) -> None:
    """No folder of a developer's machine and no package registry; the code calls no plain-HTTP address."""
    text = (ROOT / path).read_text(encoding="utf-8")
    assert MACHINE.findall(text) == []
    if path.endswith((".py", ".js", ".sh", ".css", ".toml", "Makefile")) and not path.startswith("tests/"):
        assert PLAIN_HTTP.findall(XML_NAMESPACE.sub("", text)) == []
