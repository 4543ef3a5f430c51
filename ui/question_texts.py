"""Questions to send back: a text to copy and a list as a workbook for each district, Chinese for those who answer."""

from __future__ import annotations

from functools import partial
from itertools import groupby

import pandas as pd

from domain.bodies import body_name
from domain.cross_questions import CROSS_CHECKS, spoken
from domain.progress import districts_of
from ui.formats import count, period_name
from ui.locale import text_in
from ui.question_cells import places_text
from ui.questions import AskedQuestions, chosen_questions
from ui.view import View

say = partial(text_in, "zh")


def texts_to_send(view: View, asked: AskedQuestions) -> dict[str, str]:
    """District -> its questions as a text; a district without any has none."""
    found = chosen_questions(view, asked)
    texts = {body: found[found["body"] == body] for body in districts_of(view.body)}
    return {body: _text(view, body, rows) for body, rows in texts.items() if len(rows)}


def _text(view: View, body: str, rows: pd.DataFrame) -> str:
    head = say(
        "questions.text_head",
        body=body_name(body),
        month=period_name(view.period, "zh"),
        count=count(len(rows)),
        projects=count(rows["project_id"].nunique()),
    )
    by_project = groupby((row for _, row in rows.iterrows()), key=lambda row: (row["project_id"], row["project_name"]))
    blocks = [_block(view, number, name, list(group)) for number, ((_, name), group) in enumerate(by_project, 1)]
    return "\n".join([head, *blocks, say("questions.text_end")])


def _block(view: View, number: int, name: str, rows: list[pd.Series]) -> str:
    """A project and its questions, each with the cells and since when it was asked."""
    lines = [f"{number}. {name}"]
    for mark, row in enumerate(rows, 1):
        since = row["first_asked"]
        again = "" if since == row["period"] else say("questions.text_since", month=period_name(since, "zh"))
        lines.append(f"  （{mark}）{spoken(CROSS_CHECKS[row['code']], row['details'])}{_cells(view, row)}{again}")
    return "\n".join(lines)


def _cells(view: View, row: pd.Series) -> str:
    places = places_text(view, row)
    return say("questions.text_cells", cells=places) if places else ""


def question_frames(view: View, asked: AskedQuestions) -> list[tuple[str, pd.DataFrame]]:
    """(name of the sheet, rows) for each district, with an empty column to answer in."""
    found = chosen_questions(view, asked)
    return [(body_name(body), _frame(view, found[found["body"] == body])) for body in districts_of(view.body)]


def _frame(view: View, rows: pd.DataFrame) -> pd.DataFrame:
    keys = ("word.project", "questions.rule", "questions.question", "card.cell", "questions.since", "questions.answer")
    return pd.DataFrame([_values(view, row) for _, row in rows.iterrows()], columns=[say(key) for key in keys])


def _values(view: View, row: pd.Series) -> list[str]:
    check = CROSS_CHECKS[row["code"]]
    places = places_text(view, row)
    since = period_name(row["first_asked"], "zh")
    return [row["project_name"], check.name, spoken(check, row["details"]), places, since, ""]


def workbook_title(view: View) -> str:
    """Title and file name of the workbook."""
    return f"{body_name(view.body)}{period_name(view.period, 'zh')}{say('questions.workbook')}"
