"""The infrastructure works: what the address asks for, the sentence, and the list with each work's chain as a row of marks."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from html import escape
from typing import Any

import pandas as pd

from domain.ledgers.made_up import MADE_UP
from domain.progress import Progress
from domain.work_accounts import SHARE, judge_matters, said_matters
from domain.work_made_up import Matter, accounts_with_made_up, matters_made_up, waits_made_up
from domain.work_register import RETURN, WHOLE, chain_steps, work_lines, works_of_body
from domain.work_steps import WORK_STEPS
from ui import reads
from ui.filters import asked_text, select_segment
from ui.formats import count, is_missing, percent, points, yi
from ui.html import bar, heading, note, sentence
from ui.links import Link, anchor
from ui.locale import t
from ui.samples import made_up_mark
from ui.sentences import Part, filled, short_name
from ui.view import View
from ui.work_marks import (
    DIFFERS,
    MARKS,
    UNTOLD,
    day_of,
    part_name,
    said_text,
    source_of,
    state_word,
    work_step_name,
    works_legend,
)

ALL, DIFFERING, WAITING = SHOWN = ("all", "differing", "waiting")
WORKS = "works"  # code of the ledger


@dataclass(frozen=True, slots=True)
class AskedWorks:
    """What the address asks for: which works, the work that is open, and the number of its account whose cells are."""

    show: str = ALL
    work: str = ""
    at: str = ""

    def href(self, view: View, **changed: str) -> str:
        """Address of the page with what is asked for, some of it changed."""
        return view.href("infrastructure", **asdict(replace(self, **changed)))


@dataclass(frozen=True, slots=True)
class WorkBook:
    """All that is said of the body's works: the accounts, each matter as they tell it together, the lines, the chain.

    And what of it made-up accounts alone say: matters, and what is waited for.
    """

    accounts: pd.DataFrame
    judged: pd.DataFrame
    lines: pd.DataFrame
    chain: pd.DataFrame
    made_up: frozenset[Matter]
    made_up_waits: frozenset[Matter]


def ask_works() -> AskedWorks:
    """Draw the filter and return what is asked."""
    show = select_segment("show", t("issues.show"), SHOWN, ALL, lambda code: t(f"works.show_{code}"))
    return AskedWorks(show, asked_text("work"), asked_text("at"))


def work_book(view: View) -> WorkBook:
    """The works of the body, from the ledger and the returns of the period."""
    accounts = reads.accounts_of_works(view.scope, view.record)
    accounts = accounts_with_made_up(accounts, reads.sample_receipts(view.scope, view.record))
    accounts = accounts[works_of_body(accounts, view.body)]
    judged = judge_matters(accounts)
    lines, chain = work_lines(accounts, judged), chain_steps(accounts, judged)
    return WorkBook(accounts, judged, lines, chain, matters_made_up(accounts), waits_made_up(accounts))


def works_sentence(view: View) -> str:
    """The page's sentence as HTML."""
    return sentence(works_summary(view))


def works_summary(view: View) -> list[Part]:
    """How many works, how many in the returns, how many wait, of how many accounts differ; investment against its target."""
    book, asked = view.remember(work_book), AskedWorks()
    returned = book.accounts[book.accounts["work_source"] == RETURN]
    number = count(book.lines["work_name"].nunique())

    def link(mask: pd.Series, show: str) -> Part:
        found = book.lines.loc[mask, "work_name"].nunique()
        return Link(count(found), asked.href(view, show=show)) if found else count(found)

    parts = filled(
        "works.summary", count=Link(number, asked.href(view)) if len(book.lines) else number,
        returned=view.linked_projects(count(returned["work_name"].nunique()), returned["project_id"].dropna()),
        waiting=link(book.lines["waits_for"].notna(), WAITING), differing=link(book.lines["disputes"] > 0, DIFFERING),
    )  # fmt: skip
    progress = reads.progress(view.scope, view.record)["infrastructure_investment_ytd_wan", view.body]
    return parts + _against_target(view, progress)


def _against_target(view: View, progress: Progress) -> list[Part]:
    if progress.done is None:
        return []
    link = Link(yi(progress.done), view.href("projects", figure=progress.indicator.code))
    if progress.share is None:
        return filled("works.invested", done=link, unit=t("unit.yi"))
    return filled(
        "works.against_target", done=link, target=yi(progress.target), unit=t("unit.yi"),
        share=percent(progress.share), gap=points(progress.gap_points),
    )  # fmt: skip


def chosen_lines(view: View, asked: AskedWorks) -> pd.DataFrame:
    """The lines of the works that are asked for, each with all its parts."""
    lines = view.remember(work_book).lines
    masks = {DIFFERING: lines["disputes"] > 0, WAITING: lines["waits_for"].notna()}
    if asked.show not in masks:
        return lines
    return lines[lines["work_name"].isin(lines.loc[masks[asked.show], "work_name"])]


def works_table(view: View, asked: AskedWorks) -> str:
    """The list as HTML: a line a work or part, a mark for each step, the share of work, what it waits for."""
    lines = chosen_lines(view, asked)
    title = heading(t("works.list_title", count=count(lines["work_name"].nunique())), t("works.list_remark"))
    if lines.empty:
        return title + note(t("empty.works"))
    rows = "".join(_line(view, asked, line) for line in lines.itertuples())
    heads = "".join(_step_head(step.code) for step in WORK_STEPS)
    head = (
        f'<tr><th scope="col" class="hx-left">{escape(t("works.work"))}</th>{heads}'
        f'<th scope="col" class="hx-share">{escape(t("works.share"))}</th>'
        f'<th scope="col" class="hx-waits">{escape(t("works.waits"))}</th></tr>'
    )
    table = f'<table class="hx-table hx-matrix hx-works"><thead>{head}</thead><tbody>{rows}</tbody></table>'
    book = view.remember(work_book)
    return title + works_legend(has_made_up=bool(book.made_up)) + f'<div class="hx-scroll">{table}</div>'


def _step_head(code: str) -> str:
    return f'<th scope="col" title="{escape(work_step_name(code))}">{escape(t(f"works.short_{code}"))}</th>'


def _line(view: View, asked: AskedWorks, line: Any) -> str:
    is_open = ' class="hx-chosen"' if line.work_name == asked.work else ""
    book = view.remember(work_book)
    chain = book.chain
    own = chain[(chain["work_name"] == line.work_name) & (chain["work_part"] == line.work_part)].set_index("matter")
    made_up = {matter for work, part, matter in book.made_up if (work, part) == (line.work_name, line.work_part)}
    cells = "".join(_step_cell(own, step.code, step.code in made_up) for step in WORK_STEPS)
    return f"<tr{is_open}>{_name_cell(view, asked, line)}{cells}{_share_cell(book, line)}{_waits_cell(book, line)}</tr>"


def _name_cell(view: View, asked: AskedWorks, line: Any) -> str:
    """The work, which opens its card, marked where accounts differ; of a part its name, set in."""
    is_part = line.work_part != WHOLE
    text = part_name(line.work_part) if is_part else short_name(line.work_name)
    link = anchor(text, asked.href(view, work=line.work_name, at=""), "hx-link")
    mark = f'<i class="hx-differs" title="{escape(t("works.differ"))}">{DIFFERS.sign}</i>' if line.disputes else ""
    css_class = ' class="hx-part"' if is_part else ""
    return f'<td role="rowheader"{css_class} title="{escape(f"{line.work_name} {part_name(line.work_part)}")}">{link}{mark}</td>'


def _step_cell(own: pd.DataFrame, code: str, is_made_up: bool) -> str:
    """One step: its mark, set off where accounts differ; its words for the pointer and readers aloud."""
    if code not in own.index:
        words = f"{work_step_name(code)}：{t('works.untold')}"
        return f'<td class="{UNTOLD.css_class}" title="{escape(words)}">{UNTOLD.sign}</td>'
    state, is_disputed = own.loc[code, "state"], bool(own.loc[code, "is_disputed"])
    mark = DIFFERS if is_missing(state) else MARKS[state]
    said = [] if is_missing(state) else [state_word(state)]
    words = f"{work_step_name(code)}：{' · '.join([*said, *([t('works.differ')] if is_disputed else [])])}"
    css_class = f"{mark.css_class}{' hx-differs' if is_disputed else ''}"
    return f'<td class="{css_class}" title="{escape(words)}">{mark.sign}{made_up_mark() if is_made_up else ""}</td>'


def _share_cell(book: WorkBook, line: Any) -> str:
    """The share done with whose figure it is; where accounts differ every figure."""
    if isinstance(line.share_dispute, str) and line.share_dispute:
        return f'<td class="hx-share hx-differs">{escape(shares_said(book, line))}</td>'
    if is_missing(line.share):
        return f'<td class="hx-share hx-unknown">{UNTOLD.sign}</td>'
    account = share_account(book, line)
    short = t("works.return") if account.work_source == RETURN else t("works.document")
    mark = made_up_mark() if (line.work_name, line.work_part, SHARE) in book.made_up else ""
    return (
        f'<td class="hx-share" title="{escape(f"{source_of(account)} {day_of(account)}")}"><div class="hx-cell-bar">'
        f"{bar(line.share, 'middle')}<b>{escape(percent(line.share, 0))}</b><i>{escape(short)}{mark}</i></div></td>"
    )


def share_account(book: WorkBook, line: Any) -> Any:
    """Whose figure the share in force is: of accounts that agree one that is not made up, where there is one."""
    newest, said = book.accounts.loc[int(line.share_account)], _shares(book, line)
    agreeing = book.accounts.loc[said.loc[said["number"] == newest[SHARE], "account"]]
    real = agreeing[~agreeing[MADE_UP].map(bool)]
    return newest if real.empty else real.iloc[-1]


def _shares(book: WorkBook, line: Any) -> pd.DataFrame:
    said = said_matters(book.accounts)
    return said[(said["work_name"] == line.work_name) & (said["work_part"] == line.work_part) & (said["matter"] == SHARE)]


def shares_said(book: WorkBook, line: Any) -> str:
    """All shares that accounts give: ≠ 90% / 97%."""
    own = _shares(book, line)
    return f"{DIFFERS.sign} " + " / ".join(said_text(SHARE, None, each) for each in own["number"].unique())


def _waits_cell(book: WorkBook, line: Any) -> str:
    """What it waits for and on whom; empty where nobody says."""
    words, mark = waits_text(line), made_up_mark() if is_wait_made_up(book, line) else ""
    return f'<td class="hx-waits" title="{escape(words)}">{mark}{escape(words)}</td>'


def is_wait_made_up(book: WorkBook, line: Any) -> bool:
    """Whether made-up accounts alone say what a work waits for."""
    return (line.work_name, line.work_part, line.waits_for) in book.made_up_waits



def waits_text(line: Any) -> str:
    """What a work waits for and on whom."""
    if is_missing(line.waits_for):
        return ""
    whom = whom_of(line)
    return t("works.waits_on", what=line.waits_for, whom=whom) if whom else str(line.waits_for)


def whom_of(line: Any) -> str:
    """On whom a work waits: whom the ledger names, else the level of the return; empty where nobody says."""
    if not is_missing(line.waits_on):
        return str(line.waits_on)
    return "" if is_missing(line.waits_level) else t(f"level.{line.waits_level}")
