"""What is written about the code and for its readers, held to the code: documents, and the words of the screens."""

from __future__ import annotations

import argparse
import ast
import importlib.util
import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from test_architecture import is_below, parse, project_files, texts_of

from domain import roles
from ui.locale import LANGUAGES, texts
from ui.navigation import PageEntry

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
INSTALLING = ("deploy/README.md", "deploy/README.zh-CN.md")
DOCUMENTS = (*READMES, *INSTALLING, "DECISIONS.md", "CHANGELOG.md")
REQUIREMENTS = ("requirements.in", "requirements-dev.in")
LARGEST_PICTURE = 300 * 1024

# A path in backticks: a folder or a file, not a name of code (domain.fields), a placeholder (pages/x.py) or an option.
PATH = re.compile(r"[\w.*-]+(/[\w.*-]+)*/?")
PATH_SUFFIXES = {".py", ".csv", ".toml", ".md", ".in", ".txt", ".sql", ".js", ".json", ".css", ".sh", ".png"}
# What an installation makes, and what a reader is told to make.
MADE_PATHS = re.compile(r"data/(?!samples)|build/|monitor\.|\.venv|pages/x\.py|domain/ledgers/x\.py|storage/migrations/0")
PYTHON_MODULE = re.compile(r"python(?:\.exe)? -m (\S+)")
OUR_COMMANDS = ("loaders", "reports", "storage", "benchmarks")

# A key of texts.csv, as the code writes it.
KEY = re.compile(r"[a-z]+(\.[a-z0-9_]+)+")
TEXT_CALLS = {"t", "text_in", "filled"}
SCREENS = ("ui", "pages", "app.py")

# Held together from parts, so that this file does not find itself.
ELSEWHERE = re.compile("|".join((
    r"/wor" r"k/", r"/hom" r"e/\w", r"/Use" r"rs/", r"C:\\Us" r"ers", r"pypi" r"\.", r"\.\./sha" r"red", r"/opt/",
    r"\bissue" r" #?\d", r"(?<![\w&])#\d", r"\bhel" r"per\b", r"\bsub" r"agent", r"\bprom" r"pt\b",
)), re.IGNORECASE)  # fmt: skip


@cache
def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_blocks(name: str) -> list[str]:
    return re.findall(r"^```\w*\n(.*?)^```", document(name), re.MULTILINE | re.DOTALL)


def commands(name: str) -> list[str]:
    """The command lines of a document's code blocks, without their comments; a map of folders is none."""
    lines = [re.split(r"\s{2,}#|^#", line)[0].strip() for block in code_blocks(name) for line in block.splitlines()]
    return [line for line in lines if re.match(r"make |py |\$env:|\.venv|\S*python|\S*streamlit|MONITOR_|sudo ", line)]


def backticks(name: str) -> list[str]:
    """What a document sets in backticks within its lines."""
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", document(name))


def folder_map(name: str) -> list[str]:
    """The entries of the map of the code: the first column of the table whose rows begin with a path in backticks."""
    section = re.search(r"^## (?:Map of the code|代码地图)\n(.*?)(?=^## )", document(name), re.MULTILINE | re.DOTALL)
    assert section, f"{name} has no map"
    return re.findall(r"^\| `([^`]+)` \|", section[1], re.MULTILINE)


def named_paths(name: str) -> list[str]:
    """The paths that a document names in backticks."""
    words = [word for text in backticks(name) for word in text.split()]
    paths = [word for word in words if PATH.fullmatch(word) and (Path(word).suffix in PATH_SUFFIXES or "/" in word)]
    return [path for path in paths if not MADE_PATHS.match(path)]


def page_entries() -> list[PageEntry]:
    """The table of pages as app.py declares it; importing it would draw the pages."""
    table = next(
        node.value
        for node in parse("app.py").body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "PAGES"
    )
    return eval(compile(ast.Expression(table), "app.py", "eval"), {**vars(roles), "PageEntry": PageEntry})


def requirements(name: str) -> list[tuple[str, str]]:
    return re.findall(r"^([\w-]+)==([\w.]+)", document(name), re.MULTILINE)


def options(parser: argparse.ArgumentParser, command: list[str]) -> set[str]:
    """The options that a parser knows, with those of the first word of the command that names a command below it."""
    found = set(parser._option_string_actions)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            below = next((word for word in command if word in action.choices), None)
            found |= options(action.choices[below], command) if below else set()
    return found


def text_arguments() -> list[ast.expr]:
    """What the screens hand to t(), text_in() and filled() as the key."""
    found = []
    for path in screen_files():
        for node in ast.walk(parse(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TEXT_CALLS:
                found += node.args[1:2] if node.func.id == "text_in" else node.args[:1]
    return found


def screen_files() -> list[str]:
    return [path for path in project_files() if path.endswith(".py") and any(is_below(path, part) for part in SCREENS)]


def family(node: ast.JoinedStr) -> str:
    """An f-string as a pattern; one without a section before its dot could mean any key and counts for none."""
    parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"([a-z0-9_]+)" for part in node.values]
    return "".join(parts) if re.match(r"[a-z]+\\\.", parts[0]) else ""


@cache
def codes() -> frozenset[str]:
    """Every text that the code of screens and rules writes out: what may fill the open part of a family."""
    files = [path for path in project_files() if path.endswith(".py") and not is_below(path, "tests")]
    return frozenset(text for path in files for text in texts_of(parse(path)))


def is_member(key: str, pattern: str) -> bool:
    """True for a key that the pattern makes of a code; a number counts as one."""
    found = re.fullmatch(pattern, key)
    return bool(found) and all(part in codes() or part.isdecimal() for part in found.groups())


def written_keys(tree: ast.AST) -> set[str]:
    """The strings that have the form of a key; the fixed parts of f-strings are none."""
    parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    whole = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in parts)
    return {value for value in whole if isinstance(value, str) and KEY.fullmatch(value)}


@cache
def used_keys() -> tuple[frozenset[str], frozenset[str]]:
    """The keys that the screens write out, and the patterns of those that they put together."""
    files = [parse(path) for path in screen_files()]
    written = frozenset().union(*map(written_keys, files))
    joined = [node for tree in files for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    return written, frozenset(filter(None, map(family, joined)))


# --- The documents -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", READMES)
def test_the_map_is_the_code(name: str) -> None:
    """Every entry of the map stands, and every top-level folder of the project is in the map."""
    named = folder_map(name)
    assert [path for path in named if not (ROOT / path).exists()] == []
    folders = {Path(path).parts[0] for path in project_files() if "/" in path and not path.startswith(".")}
    packages = {f"{folder}/" for folder in folders - {"docs"}}
    assert packages - set(named) == set()
    assert {"app.py", "server.py"} <= set(named)


@pytest.mark.parametrize("name", READMES)
def test_commands_are_targets(name: str) -> None:
    """A reader who types `make ...` as written finds a target."""
    targets = set(re.findall(r"^([a-z-]+):", document("Makefile"), re.MULTILINE))
    named = [word for line in commands(name) if line.startswith("make ") for word in line.split()[1:2]]
    assert {"run", "test"} <= set(named)
    assert set(named) <= targets


def test_installing_is_said_alike() -> None:
    """Both languages give the same commands, word for word; a target of make is one, and no index is asked on the server."""
    english, chinese = (["".join(re.split(r"\s{2,}#.*", line)) for block in code_blocks(name) for line in block.splitlines()] for name in INSTALLING)
    assert english == chinese
    assert len(english) > 30
    targets = set(re.findall(r"^([a-z-]+):", document("Makefile"), re.MULTILINE))
    assert {line.split()[1] for line in english if line.startswith("make ")} <= targets
    assert all("--no-index" in line and "--require-hashes" in line for line in english if "pip install" in line)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_modules_and_their_options_exist(name: str) -> None:
    """Every `python -m` names a module, every option of ours stands in its parser."""
    for line in [*commands(name), *backticks(name)]:
        module = PYTHON_MODULE.search(line)
        if not module:
            continue
        assert importlib.util.find_spec(module[1]), line
        if module[1] in OUR_COMMANDS:
            words = shlex.split(line[module.end() :].replace("\\", "/"))
            known = options(importlib.import_module(f"{module[1]}.__main__")._parser(), words)
            assert {word for word in words if word.startswith("--")} <= known, line


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_paths_exist(name: str) -> None:
    """A file or folder in backticks is there; a name without a folder may be of any folder."""
    files = project_files()
    names = {Path(path).name for path in files} | {part for path in files for part in Path(path).parts}
    found = named_paths(name)
    assert [path for path in found if not any(ROOT.glob(path.rstrip("/"))) and path.rstrip("/") not in names] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_named_names_exist(name: str) -> None:
    """A function, class or constant in backticks stands somewhere in the code."""
    code = "\n".join(document(path) for path in project_files() if Path(path).suffix in (".py", ".sql", ".toml"))
    words = {word for text in backticks(name) for word in re.findall(r"^_?[A-Za-z]\w*$", text)}
    named = {word for word in words if "_" in word or not word.islower()}
    assert [word for word in sorted(named) if not re.search(rf"\b{word}\b", code)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_linked_files_exist(name: str) -> None:
    """Links and pictures lead somewhere, and a picture is small."""
    linked = [target for target in re.findall(r"\]\(([^)\s]+)\)", document(name)) if "://" not in target]
    linked = [target for target in linked if not target.startswith("#")]
    assert [target for target in linked if not ((ROOT / name).parent / target).is_file()] == []
    pictures = [target for target in linked if target.endswith(".png")]
    assert [target for target in pictures if (ROOT / target).stat().st_size > LARGEST_PICTURE] == []


def test_both_readmes_say_the_same() -> None:
    """Same commands, same pictures, same map; every page is named in each language."""
    english, chinese = READMES
    assert commands(english) == commands(chinese)
    assert folder_map(english) == folder_map(chinese)
    pictures = [re.findall(r"\]\((docs/[^)]+)\)", document(name)) for name in READMES]
    assert pictures[0] == pictures[1]
    for name, language in ((english, "en"), (chinese, "zh")):
        titles = [texts()[f"page.{entry.code}"][language] for entry in page_entries()]
        assert [title for title in titles if f"**{title}**" not in document(name)] == [], name


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_dependency_has_its_reason(name: str) -> None:
    """What is installed is decided: a line of DECISIONS.md names it with the version pinned."""
    assert requirements(name)
    decided = document("DECISIONS.md")
    assert [name for name, pin in requirements(name) if f"`{name}` {pin}" not in decided] == []


def test_decisions_are_numbered_and_whole() -> None:
    """Numbers run from 1 without a gap; each entry has its date, its reason, and what else was weighed."""
    entries = re.split(r"^### ", document("DECISIONS.md"), flags=re.MULTILINE)[1:]
    assert [int(entry.split(".")[0]) for entry in entries] == list(range(1, len(entries) + 1))
    for entry in entries:
        assert re.search(r"\d{4}-\d\d-\d\d", entry.splitlines()[0]), entry.splitlines()[0]
        assert "**Why:**" in entry and "**Weighed:**" in entry, entry.splitlines()[0]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_speak_of_the_project_alone(name: str) -> None:
    """No machine, registry or tool of a workplace, and no numbers of anybody's tracker."""
    assert [found[0] for found in ELSEWHERE.finditer(document(name))] == []


# --- The words of the screens --------------------------------------------------------------------------------------


def test_pages_have_files_and_words() -> None:
    """Every page of the table has its file, its name and its section; every file is in the table."""
    entries = page_entries()
    assert [entry.file for entry in entries if not (ROOT / entry.file).is_file()] == []
    keys = [key for entry in entries for key in (f"page.{entry.code}", f"section.{entry.section}")]
    assert [key for key in keys if key not in texts()] == []
    files = {path for path in project_files() if is_below(path, "pages") and path.endswith(".py")}
    assert files == {entry.file for entry in entries}


def test_every_key_asked_for_is_declared() -> None:
    """A key that the screens write out, or a family that they put together, stands in texts.csv."""
    asked = text_arguments()
    assert len(asked) > 100
    keys = set().union(*map(written_keys, asked))
    patterns = {family(node) for arg in asked for node in ast.walk(arg) if isinstance(node, ast.JoinedStr)} - {""}
    assert sorted(keys - set(texts())) == []
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, key) for key in texts())] == []


def test_every_declared_key_is_used() -> None:
    """A word that no screen says has been left behind."""
    written, patterns = used_keys()
    assert [key for key in texts() if key not in written and not any(is_member(key, each) for each in patterns)] == []


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_both_languages_are_filled_alike() -> None:
    """Each text stands in both languages and has the same places to fill; dates alone are put together differently."""
    assert [key for key, said in texts().items() if not all(said[language].strip() for language in LANGUAGES)] == []
    alike = {key: said for key, said in texts().items() if not key.startswith(("format.", "chart.month"))}
    assert [key for key, said in alike.items() if places(said["zh"]) != places(said["en"])] == []
