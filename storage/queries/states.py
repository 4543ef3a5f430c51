"""The state of every project as of a period: what was last accepted of each field, and what was promised first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from domain.fields import DATE, LIFE, MONTH, PROJECT_FIELDS, YEAR, Field
from domain.periods import Period
from domain.scope import Record, Scope
from storage.counting import COUNTED, Params, params_of
from storage.engine import Database

PROMISED = ("planned_start", "planned_completion")
PROMISE_COLUMNS = tuple(
    column for name in PROMISED for column in (f"first_{name}_date", f"first_{name}_precision", f"{name}_changes")
)
# Facts of what the returns said of the stage: the first period that said any, and the first that said each of these.
SEEN_COLUMNS = {
    "first_stage_period": "stage IS NOT NULL",
    "in_production_period": "stage = 'in_production'",
    "at_capacity_period": "stage = 'at_capacity'",
}
# More than there are submissions: lifts the rows with a date above those without.
DATED = 10**9
FIELD_OF_COLUMN = {column: field for field in PROJECT_FIELDS for column, _ in field.columns}


@dataclass(frozen=True, slots=True)
class Asked:
    """A period asked for: its name, the last period read for it, and since when the year's and month's values count."""

    period: str
    last_read: str
    year_start: str
    month: str

    @classmethod
    def as_of(cls, period: str) -> Asked:
        """As of a period, its own returns included."""
        return cls(period, period, f"{Period.parse(period).year}-01", period)

    @classmethod
    def before(cls, period: Period) -> Asked:
        """Before a period's returns: the year is that period's, the month the one before it."""
        previous = str(period.previous())
        return cls(str(period), previous, f"{period.year}-01", previous)


def project_states(
    db: Database,
    scope: Scope,
    record: Record,
    periods: list[str] | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """One row for each period asked (default: the record's) and each project reported up to it, in that order.

    Columns: period, project_id, body, kind, first_period, last_period, submission_id, table_number, sheet, cell_row
    (of the last row), is_reported (this period's return has the project), is_body_reported (its body's return of this
    period is in force); then the fields, as long as each lasts (``Field.lasts``): the newest value of the project's
    life, of the calendar year, or of this period only. A date's text and precision are those of the row that the date
    comes from; a text without a date stands only while no date was ever read. Then, of both planned dates, the first
    accepted (``first_planned_start_date``, ``first_planned_start_precision``) and how often it moved to another month
    (``planned_start_changes``). Then the first period whose return gave a stage (``first_stage_period``), and those that
    first gave 投产 and 达产 (``in_production_period``, ``at_capacity_period``); None for none. Money in 万元, rates 0 to 1,
    as float64.

    ``columns`` narrows the fields, promises and stages to those named. Raises ValueError for a name that is not declared.
    """
    asked = [Asked.as_of(period) for period in (periods if periods is not None else [str(record.period)])]
    sql = states_sql(_known_columns(columns))
    with db.cursor() as cursor:
        return cursor.execute(sql, {**params_of(scope, record), **asked_params(asked)}).df()


def asked_params(asked: Sequence[Asked]) -> Params:
    """The parameters of ``states_sql`` beside those of the counted submissions."""
    return {
        "periods": [each.period for each in asked],
        "last_reads": [each.last_read for each in asked],
        "year_starts": [each.year_start for each in asked],
        "months": [each.month for each in asked],
    }


def states_sql(columns: Sequence[str]) -> str:
    """The query of ``project_states`` for these field and promise columns, ordered by period and project."""
    fields = [name for name in columns if name in FIELD_OF_COLUMN]
    promises = [name for name in columns if name in PROMISE_COLUMNS]
    seen = [name for name in columns if name in SEEN_COLUMNS]
    joined = "LEFT JOIN promise USING (asked_period, project_id)" if promises else ""
    return f"""
    WITH counted AS ({COUNTED}),
    asked AS (
        SELECT unnest($periods::VARCHAR[]) AS asked_period, unnest($last_reads::VARCHAR[]) AS last_read,
            unnest($year_starts::VARCHAR[]) AS year_start, unnest($months::VARCHAR[]) AS month
    ),
    state AS (
        SELECT asked_period, project_id, max(position) AS position, min(period) AS first_period,
            arg_max(table_number, position) AS table_number, arg_max(cell_row, position) AS cell_row
            {_listed([_lasting(name) for name in fields])}{_listed([_first_seen(name) for name in seen])}
        FROM ({_spoken_sql(_read_for(fields) | ({"stage"} if seen else set()))})
        GROUP BY asked_period, project_id
    ){_promise_sql() if promises else ""}
    SELECT state.asked_period AS period, state.project_id, counted.body, submission_table.kind, state.first_period,
        counted.period AS last_period, counted.submission_id, state.table_number, submission_table.sheet,
        state.cell_row, counted.period = state.asked_period AS is_reported,
        EXISTS (
            SELECT 1 FROM counted AS own
            WHERE own.kind = counted.kind AND own.body = counted.body AND own.period = state.asked_period
        ) AS is_body_reported{_listed(columns)}
    FROM state
    JOIN counted ON counted.position = state.position
    JOIN submission_table
      ON submission_table.submission_id = counted.submission_id AND submission_table.table_number = state.table_number
    {joined}
    ORDER BY state.asked_period, state.project_id
    """


def _known_columns(columns: Sequence[str] | None) -> list[str]:
    if columns is None:
        return [*FIELD_OF_COLUMN, *PROMISE_COLUMNS, *SEEN_COLUMNS]
    unknown = [name for name in columns if name not in {*FIELD_OF_COLUMN, *PROMISE_COLUMNS, *SEEN_COLUMNS}]
    if unknown:
        raise ValueError(f"not columns of a project: {', '.join(unknown)}")
    return list(dict.fromkeys(columns))


def _read_for(columns: Sequence[str]) -> set[str]:
    """The stored columns that these are made of: the text and precision of a date need the date itself."""
    dates = {FIELD_OF_COLUMN[name].name for name in columns if FIELD_OF_COLUMN[name].kind == DATE}
    return {*columns, *dates, *(f"{name}_text" for name in dates)}


def _spoken_sql(columns: Iterable[str]) -> str:
    """The rows that count for each period asked, with these of their columns."""
    return f"""
        SELECT asked.asked_period, asked.year_start, asked.month, counted.position, counted.period,
            project_row.project_id, project_row.table_number, project_row.cell_row{_listed(sorted(columns))}
        FROM project_row
        JOIN counted ON counted.submission_id = project_row.submission_id
        JOIN asked ON counted.period <= asked.last_read
        WHERE project_row.is_counted
    """


def _listed(columns: Iterable[str]) -> str:
    return "".join(f",\n            {column}" for column in columns)


def _lasting(column: str) -> str:
    """The newest value of a column while it lasts; arg_max passes over NULL, arg_max_null takes it as a value."""
    field = FIELD_OF_COLUMN[column]
    within = "" if field.lasts == LIFE else f" FILTER (WHERE {lasts_within(field)})"
    if field.kind != DATE or column == field.name:
        return f"arg_max({column}, position){within} AS {column}"
    # Beside a date: from the newest row with a date, or from the newest with a text while there was never a date.
    rank = (
        f"CASE WHEN {field.name} IS NOT NULL THEN position + {DATED} "
        f"WHEN {field.name}_text IS NOT NULL THEN position END"
    )
    return f"arg_max_null({column}, {rank}){within} AS {column}"


def _first_seen(column: str) -> str:
    return f"min(period) FILTER (WHERE {SEEN_COLUMNS[column]}) AS {column}"


def lasts_within(field: Field) -> str:
    """The condition, in SQL, on the periods from which a field's value still holds."""
    return {YEAR: "period >= year_start", MONTH: "period = month"}.get(field.lasts, "true")


def _promise_sql() -> str:
    """First promises and how often they moved; on few columns, since a window carries all that it is given."""
    read = [column for name in PROMISED for column in (f"{name}_date", f"{name}_date_precision")]
    before = [f"lag({name}_date IGNORE NULLS) OVER course AS {name}_before" for name in PROMISED]
    return f""",
    course AS (
        SELECT asked_period, project_id, position{_listed(read)}{_listed(before)}
        FROM ({_spoken_sql(read)})
        WINDOW course AS (PARTITION BY asked_period, project_id ORDER BY position)
    ),
    promise AS (
        SELECT asked_period, project_id{_listed([part for name in PROMISED for part in _promise(name)])}
        FROM course
        GROUP BY asked_period, project_id
    )"""


def _promise(name: str) -> tuple[str, str, str]:
    date, before = f"{name}_date", f"{name}_before"
    return (
        f"arg_min({date}, position) AS first_{date}",
        f"arg_min_null({date}_precision, position) FILTER (WHERE {date} IS NOT NULL) AS first_{name}_precision",
        # Not count_if, which is NULL where no comparison can be made.
        f"count(*) FILTER (WHERE date_trunc('month', {date}) <> date_trunc('month', {before})) AS {name}_changes",
    )
