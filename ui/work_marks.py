"""How the steps of works look: a shape, a colour and a word for each state; what accounts say, in words, and whose they are."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from domain.number_texts import is_missing
from domain.publications import quoted, shortened
from domain.work_accounts import ACCEPTANCE, LAND, SHARE
from domain.work_register import RETURN, WHOLE
from domain.work_steps import DONE, GOING, NOT_NEEDED, OPEN, WORK_STEP, WORK_STEPS
from ui.formats import day_text, number, percent, period_name
from ui.locale import language, t
from ui.names import capital
from ui.permit_marks import StepMark
from ui.samples import made_up_mark

MARKS = {
    DONE: StepMark("●", "on_track"),
    GOING: StepMark("◐"),
    OPEN: StepMark("□"),
    NOT_NEEDED: StepMark("–", "unknown"),
}
UNTOLD, DIFFERS = StepMark("·", "unknown"), StepMark("≠")


def work_step_name(code: str) -> str:
    """Name of a step of the works' chain: 预验收."""
    step = WORK_STEP[code]
    return step.name if language() == "zh" else capital(step.english)


def matter_name(matter: str) -> str:
    """What accounts are compared in: a step, the acceptance, the share of work, the land."""
    return work_step_name(matter) if matter in WORK_STEP else t(f"works.matter_{matter}")


def state_word(state: str) -> str:
    """Word of a step's state: 进行中."""
    return t(f"works.state_{state}")


def said_text(matter: str, state: Any, number_said: Any) -> str:
    """What an account says of a matter: 进行中, 预验收 完成, 97%, 19.2 亩."""
    if matter == SHARE:
        return percent(number_said)
    if matter == LAND:
        return t("works.mu", mu=number(number_said, 0 if float(number_said).is_integer() else 1))
    step, _, at = str(state).rpartition(":")
    return f"{work_step_name(step)} {state_word(at)}" if matter == ACCEPTANCE else state_word(at)


def all_said(account: Any) -> str:
    """All that an account says of steps, share and land, in one line."""
    steps = [(step.code, getattr(account, step.field)) for step in WORK_STEPS]
    said = [f"{work_step_name(code)} {state_word(state)}" for code, state in steps if not is_missing(state)]
    for matter in (SHARE, LAND):
        value = getattr(account, matter)
        said += [] if is_missing(value) else [f"{matter_name(matter)} {said_text(matter, None, value)}"]
    return " · ".join(said)


def source_of(account: Any) -> str:
    """Whose an account is: a document by its short name, or the return of a month."""
    return t("works.return") if account.work_source == RETURN else shortened(str(account.work_source), language())


def sources_in_full(accounts: pd.DataFrame) -> str:
    """The documents whose short names stand in the lists, in full."""
    found = dict.fromkeys(each for text in accounts["work_source"].dropna().unique() for each in quoted(text))
    return t("word.semicolon").join(each.title_in(language()) for each in found)


def day_of(account: Any) -> str:
    """The day of a document; of a return its month."""
    return period_name(f"{account.said_date:%Y-%m}") if account.work_source == RETURN else day_text(account.said_date)


def part_name(part: str) -> str:
    """Name of a part of a work; the whole in the language in force."""
    return t("works.whole") if part == WHOLE else part


def works_legend(*, has_made_up: bool = False) -> str:
    """Every mark with its word in a line, that of what is made up where it is drawn."""
    marks = [(mark, state_word(state)) for state, mark in MARKS.items()]
    entries = [*marks, (UNTOLD, t("works.untold"))]
    shown = [f'<span class="{mark.css_class}">{mark.sign} {escape(word)}</span>' for mark, word in entries]
    shown.append(f'<span class="hx-differs">{DIFFERS.sign} {escape(t("works.differ"))}</span>')
    shown += [f"<span>{made_up_mark()}{escape(t('works.made_up_meaning'))}</span>"] if has_made_up else []
    return f'<p class="hx-legend">{"".join(shown)}</p>'


def differing(judged: pd.DataFrame) -> pd.DataFrame:
    """The matters whose accounts differ."""
    return judged[judged["dispute"] != ""]
