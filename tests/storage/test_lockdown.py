"""What SQL reaches: its own file and the folder of backups; and that no text of a person becomes SQL."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from builders import NOON, accept, as_of, monthly, row

from domain.scope import OFFICE
from storage import backups, engine, lockdown
from storage.backups import make_backup, verify_copy
from storage.engine import Database, open_database, open_to_read
from storage.integrity import check_integrity
from storage.lockdown import SETTINGS, backup_folder, connect
from storage.queries import project_states

ROOT = Path(engine.__file__).parents[1]
# {here}: the database's folder, in which there is a secret.csv and a folder backups with a link out of it.
REFUSED = (
    "SELECT * FROM read_csv('{here}/secret.csv')",
    "SELECT * FROM '{here}/secret.csv'",
    "SELECT * FROM read_text('{here}/secret.csv')",
    "SELECT * FROM read_blob('{here}/secret.csv')",
    "SELECT * FROM read_json('{here}/secret.csv')",
    "SELECT * FROM read_parquet('{here}/secret.csv')",
    "SELECT * FROM sniff_csv('{here}/secret.csv')",
    "SELECT * FROM query('SELECT * FROM read_text(''{here}/secret.csv'')')",
    "SELECT * FROM glob('{here}/*')",
    "COPY submission TO '{here}/out.csv'",
    "COPY submission FROM '{here}/secret.csv'",
    "EXPORT DATABASE '{here}/out'",
    "IMPORT DATABASE '{here}/out'",
    "ATTACH '{here}/other.duckdb'",
    "ATTACH '{here}/backups/../other.duckdb'",
    "ATTACH '{here}/backups_2/other.duckdb'",
    "ATTACH '{here}/backups/link/other.duckdb'",
    "SELECT * FROM 'http://127.0.0.1:1/x.csv'",
    "SELECT * FROM read_csv('https://127.0.0.1:1/x.csv')",
    "INSTALL httpfs",
    "FORCE INSTALL httpfs FROM community",
    "LOAD httpfs",
    "LOAD '{here}/evil.duckdb_extension'",
    "UPDATE EXTENSIONS",
    "CREATE PERSISTENT SECRET s (TYPE s3)",
    "SELECT * FROM duckdb_secrets()",
    "SELECT * FROM frame",
    "SET threads = 8",
    "SET memory_limit = '100GB'",
    "SET temp_directory = '{here}'",
    "SET allowed_directories = ['/']",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "SET python_enable_replacements = true",
    "SET profiling_output = '{here}/out.json'",
    "RESET enable_external_access",
)


@pytest.fixture(scope="module", params=["to write", "to read"])
def locked(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Database]:
    """An open database in each of the two ways in which a file is opened; its folder holds what must not be reached."""
    here = tmp_path_factory.mktemp("locked")
    db = open_database(here / "invest.duckdb")
    (here / "secret.csv").write_text("a\n1\n")
    for folder in ("backups", "backups_2"):
        (here / folder).mkdir()
    (here / "backups" / "link").symlink_to(here)
    if request.param == "to read":
        db.close()
        db = open_to_read(db.path)
    yield db
    db.close()


@pytest.mark.parametrize("sql", REFUSED)
def test_sql_reaches_no_files_and_no_settings(locked: Database, sql: str) -> None:
    """Whatever a statement says, nothing outside the database is read, written, loaded or set."""
    frame = pd.DataFrame({"a": [1]})
    here = locked.path.parent
    before = sorted(path.name for path in here.iterdir())
    with locked.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(sql.format(here=here)).fetchall()
    assert (sorted(path.name for path in here.iterdir()), len(frame)) == (before, 1)


def test_the_settings_are_those_asked_for(db: Database) -> None:
    """Two threads, a bounded memory, nothing loaded by itself; from the first statement on."""
    with db.cursor() as cursor:
        said = {name: cursor.execute("SELECT current_setting($1)", [name]).fetchall()[0][0] for name in SETTINGS}
        locked = cursor.execute("SELECT current_setting('lock_configuration')").fetchall()
        outside = cursor.execute("SELECT current_setting('enable_external_access')").fetchall()
    assert (said.pop("threads"), said.pop("memory_limit")) == (2, "953.6 MiB")
    assert (set(said.values()), locked, outside) == ({False}, [(True,)], [(False,)])


def test_a_further_connection_finds_it_done(tmp_path: Path) -> None:
    """In one process the settings are those of the file."""
    with connect(tmp_path / "a.duckdb"), connect(tmp_path / "a.duckdb") as second, pytest.raises(duckdb.Error):
        second.execute("SET threads = 1")


def test_a_file_that_cannot_be_locked_down_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing holds it afterwards."""

    def fail(path: Path) -> Path:
        raise RuntimeError("fault")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError, match="fault"):
        patch.setattr(lockdown, "backup_folder", fail)
        connect(tmp_path / "a.duckdb")
    with duckdb.connect(str(tmp_path / "a.duckdb"), config={"threads": 1}):
        pass


def test_all_of_ours_still_works(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows through Arrow, a frame out, a checkpoint, a copy in the folder of backups, opening again."""
    monkeypatch.setattr(backups, "verify_elsewhere", verify_copy)
    accept(db, monthly("2024-08", row("甲", total_investment_wan=7)))
    assert list(project_states(db, OFFICE, as_of("2024-08")).total_investment_wan) == [7]
    made = make_backup(db, made_at=NOON)
    assert (made.faults, made.folder.parent) == ((), backup_folder(db.path))
    with db.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    db.close()
    again = open_database(db.path)
    assert (again.version(), again.faults, check_integrity(again)) == (1, (), [])
    again.close()


# --- No text becomes SQL ----------------------------------------------------------------------------------------------

SQL = re.compile(
    r"\b(SELECT|INSERT INTO|FROM|WHERE|ATTACH|COPY|CREATE|DROP|ALTER|UPDATE|DELETE|VALUES|QUALIFY|FILTER)\b"
)
RUNS = {"execute", "executemany", "sql", "query", "from_query"}
# What is put into SQL beside constants (names in capitals): where -> the expressions, and what they are made of.
PUT_IN = {
    # a name in our own code, at each call
    "appending": {"table"},
    # the path of the backup, its quotes doubled; the name by which DuckDB knows the open file
    "backups": {"quoted", "name"},
    # milestones and columns of domain/indicators.py and domain/evidence.py
    "evidence": {"milestone", "', '.join(values)", "places"},
    # tables that the database itself lists
    "fingerprints": {"table", "name"},
    # the table of checks, and the places of its lines
    "integrity": {"place", "sql"},
    "integrity_checks": {"table", "STEPS", "', '.join((f\"'{key}'\" for key in BUILT_IN))",
                         "', '.join((f\"'{key}'\" for key in BUILT_IN_SCHEMES))",
                         "' UNION ALL '.join((f'SELECT sequence FROM {table}' for table in EVENT_TABLES))"},
    # as many places as a row has values
    "assessments": {"places"},
    # one of the two tables of choices, named in the module
    "version_choices": {"table"},
    # names and types of a ledger's declared fields
    "ledgers": {"columns", "name", "ledger_view(ledger)", "sql_type"},
    # columns of domain/fields.py
    "known": {"fields", "states_sql(COLUMNS)"},
    "promises": {"milestone", "name", "', '.join(EXPLAINING_FIELDS)",
                 "' UNION ALL '.join((_planned(milestone) for milestone in MILESTONES))"},
    "sources": {"column", "lasts_within(field)", "', '.join(['counted.position', 'reported_row.period', *PLACE, *read])",
                "', '.join((f'{_position_of(field)} AS {field.name}_at' for field in fields))"},
    "states": {"_listed([_lasting(name) for name in fields])", "_listed([_first_seen(name) for name in seen])",
               "_spoken_sql(_read_for(fields) | ({'stage'} if seen else set()))", "_promise_sql() if promises else ''",
               "_listed(columns)", "joined", "_listed(sorted(columns))", "SEEN_COLUMNS[column]", "column", "_listed(read)",
               "_listed(before)", "_spoken_sql(read)", "_listed([part for name in PROMISED for part in _promise(name)])",
               "lasts_within(field)", "date", "name", "before"},
    # tables of the module's own lists, columns that the database itself lists
    "rebuilding": {"table", "', '.join(kept)", "places"},
    "recording": {"names", "places"},
    # files of ours, columns of domain/fields.py, views that the database itself lists
    "shaping": {"name", "sql_type", "file.stem", "file.read_text(encoding='utf-8')", "SCHEMA.read_text(encoding='utf-8')"},
    # a part of a query, named in the module
    "known_tasks": {"OF_TASKS"},
    "known_issues": {"condition"},
    "known_rulings": {"condition"},
    "findings": {"sql + ORDER"},
}  # fmt: skip


def put_in(tree: ast.Module) -> set[str]:
    """The expressions that a module puts into SQL: of f-strings, of ``format``, and of what it runs as it stands."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            words = "".join(each.value for each in node.values if isinstance(each, ast.Constant))
            if SQL.search(words):
                found |= {ast.unparse(each.value) for each in node.values if isinstance(each, ast.FormattedValue)}
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "format" and ast.unparse(node.func.value).isupper():
                found |= {each.arg or "" for each in node.keywords} | {ast.unparse(each) for each in node.args}
            elif (
                node.func.attr in RUNS
                and node.args
                and not isinstance(node.args[0], ast.Constant | ast.JoinedStr | ast.Name)
            ):
                found |= {ast.unparse(node.args[0])} - {
                    ast.unparse(each) for each in ast.walk(tree) if is_filled_in(each)
                }
    return {each for each in found if not each.isupper()}


def is_filled_in(node: ast.AST) -> bool:
    """``NAME.format(...)``, whose arguments are looked at by themselves, or a call of a function that makes SQL."""
    return isinstance(node, ast.Call) and (
        (isinstance(node.func, ast.Attribute) and node.func.attr == "format")
        or (isinstance(node.func, ast.Name) and node.func.id.endswith("_sql"))
    )


@pytest.mark.parametrize("path", sorted((ROOT / "storage").rglob("*.py")), ids=lambda path: path.stem)
def test_only_names_of_our_own_become_sql(path: Path) -> None:
    """Values are parameters. What else is put into a statement stands in the table above, with where it is from."""
    assert put_in(ast.parse(path.read_text(encoding="utf-8"))) <= PUT_IN.get(path.stem, set())


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("cursor.execute(f\"SELECT * FROM project WHERE name = '{name}'\")", {"name"}),
        ('sql = f"DELETE FROM {table} WHERE id = $1"', {"table"}),
        ('cursor.execute("SELECT \'" + name + "\'")', {'"SELECT \'" + name + "\'"'}),
        ("cursor.execute(\"SELECT '%s'\" % name)", {"\"SELECT '%s'\" % name"}),
        ("cursor.execute(ASKED.format(name=name))", {"name"}),
        ('cursor.execute(f"SELECT * FROM ({COUNTED})", params)', set()),
        ('cursor.execute("SELECT $1", [name])', set()),
        ('note = f"{name} is late"', set()),
    ],
)
def test_what_the_rule_finds(code: str, found: set[str]) -> None:
    """A rule that finds nothing would hold for everything."""
    assert put_in(ast.parse(code)) == found


def test_a_text_that_looks_like_sql_is_a_text(db: Database) -> None:
    """It is stored and read as it stands, and does nothing."""
    evil = "'; DROP TABLE submission; --"
    accept(db, monthly("2024-08", row(evil)), actor=evil, accepted_at=datetime(2024, 9, 1))
    states = project_states(db, OFFICE, as_of("2024-08"))
    assert (list(states.project_name), check_integrity(db)) == ([evil], [])
