"""Cross-examination: what asks, what must not, since when a question stands, and what answers it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from frames import states_of

from domain.cross_checks import answered_questions, cross_examine, places_of, standing_questions
from domain.cross_questions import CROSS_CHECKS, GROUPS, spoken
from domain.cross_rows import MONTHS_BACK, READ_COLUMNS, periods_examined
from domain.fields import PROJECT_FIELD
from domain.findings import KINDS
from domain.periods import Period

AUGUST = Period(2024, 8)
Row = dict[str, Any]

# An orderly project of each phase, as its district reports it in August 2024.
SIGNED: Row = {"stage": "signed", "signed_date": "2024-03-10", "signed_date_precision": "day", "total_investment_wan": 20_000.0,
               "investment_cum_wan": 0.0, "investment_ytd_wan": 0.0, "planned_start_date": "2024-10-31",
               "planned_start_date_precision": "month", "progress_text": "办理用地手续"}  # fmt: skip
BUILDING: Row = {"stage": "building", "signed_date": "2023-03-10", "signed_date_precision": "day", "start_date": "2024-01-15",
                 "start_date_precision": "day", "planned_completion_date": "2025-03-31", "planned_completion_date_precision": "month",
                 "total_investment_wan": 20_000.0, "annual_plan_wan": 9_000.0, "investment_cum_wan": 6_000.0,
                 "investment_ytd_wan": 6_000.0, "investment_month_wan": 500.0, "progress_rate": 0.32, "progress_text": "主体施工"}  # fmt: skip
DONE: Row = BUILDING | {"stage": "completed", "completion_date": "2024-08-20", "completion_date_precision": "day",
                        "investment_cum_wan": 20_000.0, "investment_ytd_wan": 8_000.0, "progress_rate": 1.0, "progress_text": "已竣工"}  # fmt: skip

# what stands in the row, the row, the questions that it raises
TABLE: list[tuple[str, Row, set[str]]] = [
    ("an orderly signed project", SIGNED, set()),
    ("an orderly project under construction", BUILDING, set()),
    ("an orderly completed project", DONE, set()),
    ("a project of which nothing is known", {}, set()),
    # Words against the stage.
    ("completed in words, building by its stage", BUILDING | {"progress_text": "竣工验收"}, {"text_completed"}),
    ("completed in words with a date of it", BUILDING | {"progress_text": "竣工验收", "completion_date": "2024-08-20"},
     {"stage_behind_completion"}),
    ("to be completed", BUILDING | {"progress_text": "预计9月竣工验收"}, set()),
    ("not begun in words, building by its stage", BUILDING | {"progress_text": "尚未开工"}, {"text_not_started"}),
    ("not begun in words, signed", SIGNED | {"progress_text": "尚未开工"}, set()),
    ("only its second phase not begun", BUILDING | {"progress_text": "一期主体施工，二期未开工"}, set()),
    ("piles in words, signed by its stage", SIGNED | {"progress_text": "桩基施工"}, {"text_started"}),
    ("piles in words, signed, with a start", SIGNED | {"progress_text": "桩基施工", "start_date": "2024-08-01"}, {"stage_behind_start"}),
    ("piles promised", SIGNED | {"progress_text": "准备桩基施工"}, set()),
    ("stopped in words, building by its stage", BUILDING | {"progress_text": "因资金问题停工"}, {"text_stopped"}),
    ("stopped by both", BUILDING | {"progress_text": "因资金问题停工", "stage": "suspended"}, set()),
    ("stopped and resumed", BUILDING | {"progress_text": "6月停工，8月复工"}, set()),
    # Numbers in words.
    ("40 % in words, 32 % in the column", BUILDING | {"progress_text": "完成总工程量40%"}, {"text_rate"}),
    ("rounded to a whole per cent", BUILDING | {"progress_text": "完成总工程量32%", "progress_rate": 0.3249}, set()),
    ("a share in words, no column", BUILDING | {"progress_text": "完成总工程量40%", "progress_rate": None}, set()),
    ("an amount that is none of the columns", BUILDING | {"progress_text": "累计完成投资1.2亿元"}, {"text_amount"}),
    ("the amount of the year in words", BUILDING | {"progress_text": "累计完成投资0.6亿元"}, set()),
    ("the amount of the month in words", BUILDING | {"progress_text": "本月完成投资500万元"}, set()),
    ("another amount of the month", BUILDING | {"progress_text": "本月完成投资900万元"}, {"text_amount"}),
    ("an amount in words, no columns", {"stage": "building", "progress_text": "累计完成投资1.2亿元"}, set()),
    # Dates.
    ("a completion that has come, still building", BUILDING | {"completion_date": "2024-08-20"}, {"stage_behind_completion"}),
    ("a completion that has not come", BUILDING | {"completion_date": "2024-09-20"}, set()),
    ("a start that has come, still signed", SIGNED | {"start_date": "2024-08-20"}, {"stage_behind_start"}),
    ("completed before it started", DONE | {"completion_date": "2024-01-10"}, {"completed_before_start"}),
    ("completed in the month in which it started", DONE | {"start_date": "2024-08-01", "start_date_precision": "month"}, set()),
    ("started after its planned completion", BUILDING | {"planned_completion_date": "2023-12-31"}, {"plan_before_start"}),
    ("planned to be completed in the month of its start", BUILDING | {"planned_completion_date": "2024-01-31"}, set()),
    ("planned to start before it was signed", SIGNED | {"planned_start_date": "2024-02-29"}, {"plan_before_signing"}),
    ("planned to start in the month of signing", SIGNED | {"planned_start_date": "2024-03-31"}, set()),
    ("start overdue, no issue said", SIGNED | {"planned_start_date": "2024-07-31", "issue_text": "无"}, {"start_overdue_none"}),
    ("start overdue, an issue named", SIGNED | {"planned_start_date": "2024-07-31", "issue_text": "土地未批"}, set()),
    ("start overdue, nothing in the cell", SIGNED | {"planned_start_date": "2024-07-31"}, set()),
    ("start due in the month itself, no issue said", SIGNED | {"planned_start_date": "2024-08-05", "issue_text": "无"}, set()),
    ("start not due, no issue said", SIGNED | {"issue_text": "无"}, set()),
    ("completion overdue, no issue said", BUILDING | {"planned_completion_date": "2024-07-31", "issue_text": "无需协调"},
     {"completion_overdue_none"}),
    ("completion overdue, an issue named", BUILDING | {"planned_completion_date": "2024-07-31", "issue_text": "资金紧张"}, set()),
    ("signed more than a year ago, no issue named", SIGNED | {"signed_date": "2023-08-30"}, {"signed_long_ago"}),
    ("signed long ago, overdue, no issue said: asked once",
     SIGNED | {"signed_date": "2022-08-30", "planned_start_date": "2024-07-31", "issue_text": "无"}, {"start_overdue_none"}),
    ("signed a year ago to the day", SIGNED | {"signed_date": "2023-09-01"}, set()),
    ("signed in some month of last year", SIGNED | {"signed_date": "2023-08-01", "signed_date_precision": "month"}, set()),
    ("signed long ago, an issue named", SIGNED | {"signed_date": "2022-08-30", "issue_text": "土地指标不足"}, set()),
    # Money.
    ("more than the total", BUILDING | {"investment_cum_wan": 20_100.0, "progress_rate": 0.95}, {"above_total"}),
    ("more than the total by a rounding", BUILDING | {"investment_cum_wan": 20_000.5, "progress_rate": 0.95}, set()),
    ("more this year than ever", BUILDING | {"investment_ytd_wan": 6_100.0}, {"year_above_whole"}),
    ("completed with half of the total", DONE | {"investment_cum_wan": 10_900.0}, {"completed_with_little"}),
    ("completed with 55 % of the total", DONE | {"investment_cum_wan": 11_000.0}, set()),
    ("over 120 % of the plan", BUILDING | {"annual_plan_wan": 4_999.0}, {"above_plan"}),
    ("120 % of the plan", BUILDING | {"annual_plan_wan": 5_000.0}, set()),
    ("a plan of zero is none", BUILDING | {"annual_plan_wan": 0.0}, set()),
    ("money 31 points above the work", BUILDING | {"progress_rate": 0.61}, {"money_against_progress"}),
    ("money 30 points below the work", BUILDING | {"progress_rate": 0.6}, set()),
    ("half a year on, 14.9 % invested", BUILDING | {"investment_cum_wan": 2_980.0, "investment_ytd_wan": 2_980.0, "progress_rate": 0.14},
     {"little_money"}),
    ("half a year on, 15 % invested", BUILDING | {"investment_cum_wan": 3_000.0, "investment_ytd_wan": 3_000.0, "progress_rate": 0.14}, set()),
    ("little invested, an issue named", BUILDING | {"investment_cum_wan": 100.0, "investment_ytd_wan": 100.0, "progress_rate": 0.1,
                                                    "issue_text": "资金紧张"}, set()),
    ("little invested in five months", BUILDING | {"start_date": "2024-03-15", "investment_cum_wan": 100.0, "investment_ytd_wan": 100.0,
                                                   "progress_rate": 0.1}, set()),
    ("15 % invested before the start", SIGNED | {"investment_cum_wan": 3_000.0}, {"money_before_start"}),
    ("14 % invested before the start", SIGNED | {"investment_cum_wan": 2_800.0}, set()),
    ("more than the total before the start is one slip", SIGNED | {"investment_cum_wan": 30_000.0}, {"above_total"}),
    ("to last year-end and of this year together", BUILDING | {"investment_cum_wan": None, "investment_previous_wan": 14_500.0,
                                                               "progress_rate": 0.9}, {"above_total"}),
    # Permits.
    ("begun without a permit", BUILDING | {"permit_text": "备案√ 环评√ 施工许可×"}, {"permit_missing"}),
    ("begun with all permits", BUILDING | {"permit_text": "备案√ 环评√ 施工许可√"}, set()),
    ("signed without a permit", SIGNED | {"permit_text": "施工许可×"}, set()),
    ("a granted permit is the issue", SIGNED | {"permit_text": "备案√ 环评√", "issue_text": "环评批复进度较慢"}, {"issue_of_granted"}),
    ("an open permit is the issue", SIGNED | {"permit_text": "备案√ 环评办理中", "issue_text": "环评批复进度较慢"}, set()),
    ("another thing is the issue", SIGNED | {"permit_text": "备案√ 环评√", "issue_text": "供电接入方案未批复"}, set()),
]  # fmt: skip


def month(row: Row, period: Period = AUGUST, project_id: str = "p1") -> Row:
    """A row as the project's district reports it in a month; dates are typed as they are stored."""
    typed = {f"{name}_text": row[name] for name in ("signed_date", "start_date", "completion_date") if row.get(name)}
    return {"is_reported": True, "is_body_reported": True, "project_id": project_id, "period": str(period), **typed, **row}


def course(*rows: Row | None, last: Period = AUGUST, project_id: str = "p1") -> pd.DataFrame:
    """The states of one project in consecutive months up to the last; None for a month that leaves it out."""
    first, made = last.shifted(1 - len(rows)), []
    kept: Row = {}
    for number, row in enumerate(rows):
        only_month = {"progress_text": None, "issue_text": None, "investment_month_wan": None, "is_reported": False}
        kept = month(row if row is not None else kept | only_month, first.shifted(number), project_id) | (
            {} if row is not None else {"is_reported": False}
        )
        kept["period"] = str(first.shifted(number))
        made.append(kept)
    return states_of(made)


def asked_in(frame: pd.DataFrame, period: Period = AUGUST) -> set[str]:
    return set(standing_questions(cross_examine(frame), period)["code"])


@pytest.mark.parametrize(("name", "row", "codes"), TABLE, ids=[name for name, *_ in TABLE])
def test_what_is_asked_of_a_row(name: str, row: Row, codes: set[str]) -> None:
    """Exactly these questions, and none beside them."""
    assert asked_in(course(row)) == codes


def test_every_rule_has_a_case() -> None:
    """No rule is without a case that asks it: of one row above, of several months below."""
    of_months = {"fallen", "no_money", "money_without_words"}
    assert set().union(*(codes for *_, codes in TABLE)) | of_months == set(CROSS_CHECKS)


# what happens, the months up to August, the questions that stand in August
MONTHS: list[tuple[str, list[Row | None], set[str]]] = [
    ("less than the month before", [BUILDING, BUILDING | {"investment_cum_wan": 5_900.0, "investment_ytd_wan": 5_900.0}], {"fallen"}),
    ("less by a rounding", [BUILDING, BUILDING | {"investment_cum_wan": 5_999.5, "investment_ytd_wan": 5_999.5}], set()),
    ("still less two months later", [BUILDING, BUILDING | {"investment_cum_wan": 5_000.0, "investment_ytd_wan": 5_000.0},
                                     BUILDING | {"investment_cum_wan": 5_900.0, "investment_ytd_wan": 5_900.0, "progress_text": "封顶"}],
     {"fallen"}),
    ("reached again", [BUILDING, BUILDING | {"investment_cum_wan": 5_000.0, "investment_ytd_wan": 5_000.0},
                       BUILDING | {"investment_cum_wan": 6_100.0, "investment_ytd_wan": 6_100.0, "progress_text": "封顶"}], set()),
    ("an impossible amount, then less than before it", [BUILDING, BUILDING | {"investment_cum_wan": 60_000.0, "progress_text": "甲"},
                                                       BUILDING | {"investment_cum_wan": 5_000.0, "investment_ytd_wan": 5_000.0}], {"fallen"}),
    ("an impossible amount taken back", [BUILDING | {"investment_cum_wan": 60_000.0}, BUILDING], set()),
    ("nothing in three months", [BUILDING | {"start_date": "2023-12-01", "progress_text": text} for text in "甲乙丙丁"], {"no_money"}),
    ("nothing in two months", [BUILDING | {"start_date": "2023-12-01", "progress_text": text} for text in "甲乙丙"], set()),
    ("nothing in three months, and why", [BUILDING | {"progress_text": text, "issue_text": "资金紧张"} for text in "甲乙丙丁"], set()),
    ("nothing in three months, one not reported", [BUILDING, BUILDING | {"progress_text": "甲"}, None, BUILDING], set()),
    ("nothing more to invest", [BUILDING | {"progress_text": text, "investment_cum_wan": 20_000.0, "progress_rate": 0.9}
                                for text in "甲乙丙丁"], set()),
    ("money without words", [BUILDING, BUILDING | {"investment_cum_wan": 6_300.0, "investment_ytd_wan": 6_300.0}], {"money_without_words"}),
    ("hardly any money", [BUILDING, BUILDING | {"investment_cum_wan": 6_200.0, "investment_ytd_wan": 6_200.0}], set()),
    ("money of the year without words", [BUILDING | {"investment_cum_wan": None},
                                         BUILDING | {"investment_cum_wan": None, "investment_ytd_wan": 6_300.0}], {"money_without_words"}),
    ("money with words", [BUILDING, BUILDING | {"investment_cum_wan": 6_300.0, "investment_ytd_wan": 6_300.0, "progress_text": "封顶"}],
     set()),
    # Words stand until others replace them.
    ("the words are left empty", [BUILDING | {"progress_text": "已竣工"}, BUILDING | {"progress_text": None}], {"text_completed"}),
    ("the project is left out", [BUILDING | {"progress_text": "已竣工"}, None], {"text_completed"}),
    ("other words", [BUILDING | {"progress_text": "已竣工"}, BUILDING | {"progress_text": "设备安装"}], set()),
    ("the stage follows, the words are left empty", [BUILDING | {"progress_text": "已竣工"}, DONE | {"progress_text": None}], set()),
    ("a share stands for its month only", [BUILDING | {"progress_text": "完成总工程量40%"},
                                           BUILDING | {"progress_text": None, "progress_rate": 0.6}], set()),
    ("无 was said before it was overdue", [SIGNED | {"planned_start_date": "2024-08-31", "issue_text": "无"},
                                           SIGNED | {"planned_start_date": "2024-08-31"}], set()),
    ("无 was said when it was overdue", [SIGNED | {"planned_start_date": "2024-06-30", "issue_text": "无"},
                                         SIGNED | {"planned_start_date": "2024-06-30"}], {"start_overdue_none"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rows", "codes"), MONTHS, ids=[name for name, *_ in MONTHS])
def test_what_is_asked_of_several_months(name: str, rows: list[Row | None], codes: set[str]) -> None:
    """Falls, standstills, copies, and words that stand."""
    assert asked_in(course(*rows)) == codes


def test_works_are_not_examined() -> None:
    """Infrastructure works have neither dates nor permits in their form, and are not asked."""
    assert cross_examine(course(BUILDING | {"progress_text": "尚未开工", "kind": "infrastructure"})).empty


def test_without_states_nothing_is_asked() -> None:
    """A frame without rows gives one without rows."""
    asked = cross_examine(course(BUILDING).iloc[:0])
    assert asked.empty
    assert standing_questions(asked, AUGUST).empty


def test_since_when_a_question_stands() -> None:
    """Months in a row make a run; after a gap it begins anew."""
    odd, orderly = BUILDING | {"progress_text": "停工"}, BUILDING | {"progress_text": "设备安装"}
    asked = cross_examine(course(odd, orderly, odd, odd))
    stopped = asked[asked["code"] == "text_stopped"]
    assert dict(zip(stopped["period"], stopped["first_asked"], strict=True)) == {
        "2024-05": "2024-05",
        "2024-07": "2024-07",
        "2024-08": "2024-07",
    }


def test_what_answers_a_question() -> None:
    """A return in which the contradiction is gone; a return that leaves the project out answers nothing."""
    odd, orderly = BUILDING | {"progress_text": "停工"}, BUILDING | {"progress_text": "设备安装"}
    frame = pd.concat([
        course(odd, orderly, project_id="answered"),
        course(odd, odd | {"progress_text": "仍停工"}, project_id="stands"),
        course(odd, None, project_id="left out"),
    ], ignore_index=True)  # fmt: skip
    asked = cross_examine(frame)
    assert list(answered_questions(asked, frame, AUGUST)["project_id"]) == ["answered"]
    assert list(standing_questions(asked, AUGUST)["project_id"]) == ["left out", "stands"]


def test_an_unreported_month_cannot_answer() -> None:
    """The money that fell short of a rule by time alone is no answer while the return says nothing."""
    frame = course(BUILDING | {"annual_plan_wan": 4_000.0}, BUILDING | {"annual_plan_wan": 9_000.0})
    frame["is_reported"] = [True, False]
    assert answered_questions(cross_examine(frame), frame, AUGUST).empty


def test_the_sentence_quotes_what_was_read() -> None:
    """Chinese and English, with the month of the words, the stage by its name, and a dash for no value."""
    rows = standing_questions(cross_examine(course(BUILDING | {"progress_text": "竣工验收"})), AUGUST)
    check, details = CROSS_CHECKS[rows.at[0, "code"]], rows.at[0, "details"]
    assert spoken(check, details) == (
        "2024年8月报表形象进度写“竣工验收”，项目阶段为“在建”，没有实际竣工时间：是否已竣工？如已竣工，请改项目阶段并填实际竣工时间。"
    )
    assert spoken(check, details, "en").startswith("The return of 2024-08 says '竣工验收', the stage is 'building'")
    unknown = dict.fromkeys(places_of(CROSS_CHECKS["text_rate"]))
    assert "—" in spoken(CROSS_CHECKS["text_rate"], unknown)


def test_amounts_shares_and_long_words_in_a_sentence() -> None:
    """Thousands commas, per cents without idle zeros, words cut where they run on."""
    rows = standing_questions(cross_examine(course(DONE | {"investment_cum_wan": 10_000.5})), AUGUST)
    assert "10,000.5 万元" in spoken(CROSS_CHECKS["completed_with_little"], rows.at[0, "details"])
    assert "的 50%" in spoken(CROSS_CHECKS["completed_with_little"], rows.at[0, "details"])
    long = standing_questions(cross_examine(course(BUILDING | {"progress_text": "尚未开工，" + "长" * 60})), AUGUST)
    assert "长…”" in spoken(CROSS_CHECKS["text_not_started"], long.at[0, "details"])


@pytest.mark.parametrize("check", CROSS_CHECKS.values(), ids=list(CROSS_CHECKS))
def test_every_rule_is_declared_whole(check: Any) -> None:
    """Known fields, a group, a source, the same places in both sentences, and an importer's code that exists."""
    assert set(check.fields) <= set(PROJECT_FIELD)
    assert check.heading == PROJECT_FIELD[check.fields[0]].heading
    assert check.group in GROUPS
    assert check.source
    assert check.finding in {"", *KINDS}
    english = check.question_en.replace("{", "\0{").split("\0")
    assert {part[1 : part.index("}")] for part in english[1:]} == set(places_of(check))
    assert check.question.endswith(("？", "。"))


def test_the_months_that_are_read() -> None:
    """The period and the twelve before it; every column that the rules need is declared."""
    periods = periods_examined(AUGUST)
    assert (len(periods), periods[0], periods[-1]) == (MONTHS_BACK + 1, "2023-08", "2024-08")
    assert set(READ_COLUMNS) <= set(states_of([{}]).columns)
