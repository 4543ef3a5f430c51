"""The page of cross-examination on the sample year: what it finds, quotes, counts and hands out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pandas as pd
import pytest
from hostile_texts import HOSTILE_TEXTS, Reader
from sample_views import id_of, view_of

from domain.cross_questions import CROSS_CHECKS
from domain.progress import districts_of
from reports.workbooks import lists_workbook
from storage.engine import Database
from ui import reads
from ui.project_list import Asked, listed
from ui.question_cells import cell_rows, disputed_cells, evidence, places_text
from ui.question_texts import question_frames, texts_to_send, workbook_title
from ui.questions import (
    AskedQuestions,
    answered_of,
    chosen_questions,
    key_of,
    list_rows,
    question_list,
    question_text,
    questions_of,
    rules_panel,
    summary,
)

ALL = AskedQuestions()
# Mistakes put into the sample returns on purpose that the record contradicts: month, district, project, rule.
PLANTED = [
    (8, "binhai", "中化学绿色甲醇项目", "fallen"),
    (8, "binhai", "中化学绿色甲醇项目", "year_above_whole"),
    (8, "xiangshui", "年产8千吨电子级异丙醇项目", "completed_before_start"),
    (10, "xiangshui", "年产20千吨功能性助剂技改项目", "above_total"),
]
# Every question that the sample year raises, counted once for each time it begins to stand.
RAISED = {
    "above_plan": 8,
    "above_total": 1,
    "completed_before_start": 1,
    "fallen": 16,
    "issue_of_granted": 1,
    "money_without_words": 12,
    "no_money": 1,
    "plan_before_signing": 1,
    "plan_before_start": 3,
    "signed_long_ago": 14,
    "start_overdue_none": 11,
    "year_above_whole": 1,
}


@pytest.mark.parametrize(("month", "body", "name", "code"), PLANTED)
def test_planted_contradictions_are_asked(year: Database, month: int, body: str, name: str, code: str) -> None:
    """Each stands in the month of its return, for the first time, and in its district alone."""
    view = view_of(month, body)
    found = questions_of(view)
    row = found[(found["project_name"] == name) & (found["code"] == code)].iloc[0]
    assert row["first_asked"] == f"2024-{month:02d}"
    other = questions_of(view_of(month, "xiangshui" if body == "binhai" else "binhai"))
    assert name not in set(other["project_name"])


def test_what_is_corrected_is_answered(year: Database) -> None:
    """September gives 中化学 its money back, and 异丙醇 a start before its completion."""
    for name, codes in (("中化学绿色甲醇项目", {"fallen", "year_above_whole"}), ("年产8千吨电子级异丙醇项目", {"completed_before_start"})):
        answered = answered_of(view_of(9))
        assert codes <= set(answered.loc[answered["project_name"] == name, "code"])


def test_the_questions_of_the_year(year: Database) -> None:
    """How many of each rule begin to stand in the sample year: what a change of a rule changes shows here."""
    asked = reads.questions(view_of().scope, view_of().record)
    begun = asked.drop_duplicates(["project_id", "code", "first_asked"])
    assert Counter(begun["code"]) == RAISED


@pytest.mark.parametrize("body", ["zone", "binhai", "xiangshui"])
@pytest.mark.parametrize("month", [1, 8, 12])
def test_the_sentence_counts_what_is_listed(year: Database, month: int, body: str) -> None:
    """Questions, projects and districts; the first figure opens as many projects, the others their district's questions."""
    view = view_of(month, body)
    found = questions_of(view)
    html = summary(view)
    said = Reader(html).text
    assert f"有 {len(found)} 个待核实问题" in said
    href, *others = re.findall(r'href="([^"]+)"', html)
    own = {parse_qs(urlsplit(unescape(other)).query)["body"][0] for other in others}
    assert own == set(districts_of(body))
    only = parse_qs(urlsplit(unescape(href)).query)["only"]
    assert len(listed(view, Asked(only=tuple(only)))) == found["project_id"].nunique()


def test_a_month_without_questions(year: Database) -> None:
    """Before the first return there is nothing to ask, nothing to send, and a sheet without rows to hand out."""
    view = view_of(12, year=2022)
    assert questions_of(view).empty
    assert "没有待核实的问题" in question_list(view, ALL)
    assert "没有待核实的问题" in rules_panel(view)
    assert "有 0 个待核实问题" in Reader(summary(view)).text
    assert texts_to_send(view, ALL) == {}
    assert [len(rows) for _, rows in question_frames(view, ALL)] == [0, 0]


def test_a_project_is_named_once_in_the_list(year: Database) -> None:
    """Its further questions stand under it; each opens its cells."""
    view = view_of()
    found = questions_of(view)
    rows = list_rows(view, found, ALL)
    assert sum(row["project"] != " " for row in rows) == found["project_id"].nunique() < len(rows)
    assert [row["question"].text for row in rows] == [question_text(row) for _, row in found.iterrows()]


def test_a_rule_lists_its_questions(year: Database) -> None:
    """The bar of a rule leads to the list of its questions."""
    view = view_of()
    asked = AskedQuestions(rules=("fallen",))
    assert set(chosen_questions(view, asked)["code"]) == {"fallen"}
    assert "rule=fallen" in rules_panel(view)
    assert question_list(view, asked).count("<tr>") == 1 + len(chosen_questions(view, asked))


@pytest.mark.parametrize("month", [8, 12])
def test_every_question_has_its_cells(year: Database, month: int) -> None:
    """Each shows at least one cell in dispute; the words it quotes are those of the cell."""
    view = view_of(month)
    for _, row in questions_of(view).iterrows():
        cells = disputed_cells(view, row)
        assert cells, row["code"]
        assert all(source.cell and source.sheet and source.file_name for _, source in cells)
        typed = {name: source.text for name, source in cells}
        for name in ("said", "issue"):
            field = {"said": "progress_text", "issue": "issue_text"}[name]
            if name in row["details"] and field in typed:
                assert typed[field] == row["details"][name]


def test_words_of_an_earlier_return_are_shown_where_they_stand(year: Database) -> None:
    """无 that was said in November stands in November's file, and the text to send says so."""
    view = view_of()
    found = questions_of(view)
    row = found[(found["code"] == "start_overdue_none") & (found["issue_in"] < "2024-12")].iloc[0]
    source = dict(disputed_cells(view, row))["issue_text"]
    assert source.period == row["issue_in"]
    assert f"月报表 {source.sheet}!{source.cell}" in places_text(view, row)


def test_what_fell_shows_both_months(year: Database) -> None:
    """The amount now and the one reported before, with the unit, and the reason given at the upload."""
    view = view_of(8)
    found = questions_of(view)
    row = found[(found["code"] == "fallen") & (found["project_name"] == "中化学绿色甲醇项目")].iloc[0]
    texts = [each["text"] for each in cell_rows(view, row)]
    assert texts == ["5.845 亿元", "5.995 亿元"]
    shown = Reader(evidence(view, replace(ALL, question=key_of(row)))).text
    assert "2024年8月报送时的说明：示例" in shown
    assert "58,450 万元，2024年7月报过 59,950 万元" in shown


def test_an_unknown_question_shows_none(year: Database) -> None:
    """A link to a question that was answered shows the counts instead."""
    view = view_of()
    assert evidence(view, replace(ALL, question=f"{id_of(view, '金光高档纸产业基地项目')}.text_stopped")) == ""


def test_the_text_to_send_holds_every_question(year: Database) -> None:
    """District by district, each question with its cells and since when it was asked."""
    view = view_of()
    texts = texts_to_send(view, ALL)
    assert list(texts) == ["binhai", "xiangshui"]
    for body, text in texts.items():
        found = questions_of(view_of(12, body))
        assert all(question_text(row) in text for _, row in found.iterrows())
        assert text.count("（见 ") == len(found)
        assert text.count("起已提出】") == (found["first_asked"] != "2024-12").sum()
        assert f"{found['project_id'].nunique()} 个项目的 {len(found)} 处" in text


def test_the_workbook_has_a_sheet_for_each_district(year: Database) -> None:
    """Real rows with an empty column to answer in, and words that are no formulas."""
    view = view_of()
    frames = question_frames(view, ALL)
    book = openpyxl.load_workbook(BytesIO(lists_workbook(frames, workbook_title(view), ["说明"])))
    assert book.sheetnames == ["滨海片区", "响水片区"]
    for body, sheet in zip(("binhai", "xiangshui"), book, strict=True):
        found = questions_of(view_of(12, body))
        rows = list(sheet.iter_rows(min_row=4, values_only=True))
        assert [(row[0], row[2]) for row in rows] == [(each["project_name"], question_text(each)) for _, each in found.iterrows()]
        assert {row[5] for row in rows} <= {None, ""}
    assert workbook_title(view) == "全区2024年12月待核实问题清单"


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_hostile_words_are_shown_as_words(year: Database, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """A name and words that look like markup stay text on every part of the page."""
    view = view_of()
    asked = reads.questions(view.scope, view.record)
    details = [each | {name: text for name in ("said", "issue", "permit_text") if name in each} for each in asked["details"]]
    hostile = asked.assign(project_name=text, details=pd.Series(details, asked.index, dtype=object))
    monkeypatch.setattr(reads, "questions", lambda *_: hostile)
    Reader(question_list(view, ALL))
    row = questions_of(view).iloc[0]
    Reader(evidence(view, replace(ALL, question=key_of(row))))
    assert set(CROSS_CHECKS) >= set(hostile["code"])
