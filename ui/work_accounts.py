"""Beside the list of works: what accounts differ in; or one work with all that is said of it, by whom, when, in which cell."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd

from domain.ledgers import LEDGERS
from domain.number_texts import is_missing
from domain.work_accounts import LAND, said_matters
from domain.work_register import RETURN, WHOLE
from domain.works import steps_since
from ui import reads
from ui.formats import DASH, cell_place, count, money, points
from ui.html import heading, note
from ui.html_tables import Column, MadeUp, Row, plain_table
from ui.ledgers import ledger_name
from ui.links import Link, linked, page_href, receipt_link
from ui.locale import t
from ui.names import field_name, heading_of
from ui.samples import made_up_mark
from ui.sentences import short_name
from ui.view import View
from ui.work_marks import (
    all_said,
    day_of,
    differing,
    matter_name,
    part_name,
    said_text,
    source_of,
    sources_in_full,
    state_word,
    work_step_name,
)
from ui.works import WORKS, AskedWorks, WorkBook, is_wait_made_up, waits_text, whom_of, work_book

# What of a monthly return speaks of a work, in the order in which one reads it.
OF_RETURNS = ("stage", "progress_rate", "progress_text", "issue_text", "next_step_text", "permit_text", "land_mu",
              "total_investment_wan", "annual_plan_wan", "investment_ytd_wan")  # fmt: skip
LAND_STEP = "land"
CELLS = (Column("field", "", "short"), Column("text", ""), Column("cell", "", "short"))


def works_panel(view: View, asked: AskedWorks) -> str:
    """The card of the work that is open, else what accounts differ in."""
    own = view.remember(work_book)
    if asked.work in set(own.accounts["work_name"]):
        return work_card(view, asked)
    return _differences(view, asked, own) + _hands(own) + _ledger_words(view)


def _differences(view: View, asked: AskedWorks, book: WorkBook) -> str:
    """Every matter whose accounts differ, each with what each of them says."""
    found = differing(book.judged)
    head = heading(t("works.differ"), t("works.differ_remark", count=count(len(found))))
    if found.empty:
        return head + note(t("works.none_differ"))
    parts = [
        f"<p><b>{linked(Link(short_name(row.work_name), asked.href(view, work=row.work_name, at='')))}</b></p>"
        + _difference(book, row)
        for row in found.itertuples()
    ]
    return head + "".join(parts)


def _difference(book: WorkBook, row: Any) -> str:
    """One matter with every account of it side by side: the value, whose it is and of which day."""
    said = said_matters(book.accounts)
    own = said[(said["work_name"] == row.work_name) & (said["work_part"] == row.work_part) & (said["matter"] == row.matter)]
    rows: list[Row] = [
        {"said": said_text(row.matter, each.state, each.number), "source": _source_cell(account), "day": day_of(account)}
        for each in own.itertuples()
        for account in book.accounts.loc[[each.account]].itertuples()
    ]
    columns = [Column("said", matter_name(row.matter), "name", width="36%"), Column("source", t("works.source")),
               Column("day", t("works.said_on"), "short", width="98px")]  # fmt: skip
    return plain_table(columns, rows, is_compact=True)


def _source_cell(account: Any) -> Any:
    """Whose an account is, marked where it is made up."""
    return MadeUp(source_of(account)) if account.made_up else source_of(account)


def _hands(book: WorkBook) -> str:
    """On whom works wait, and which; those of which nobody says on whom last."""
    waiting = book.lines[book.lines["waits_for"].notna()]
    by_whom: dict[str, list[str]] = {}
    for line in waiting.itertuples():
        words = short_name(str(line.work_name))
        made_up = t("works.by_sample", words=words) if is_wait_made_up(book, line) else words
        by_whom.setdefault(whom_of(line), []).append(made_up)
    order = sorted(by_whom, key=lambda whom: (not whom, -len(by_whom[whom])))
    rows: list[Row] = [
        {"whom": whom or t("works.whom_untold"), "works": t("word.comma").join(dict.fromkeys(by_whom[whom]))}
        for whom in order
    ]
    columns = [Column("whom", t("works.whom"), "name", width="96px"), Column("works", t("works.work"))]
    return heading(t("works.hands")) + plain_table(columns, rows, is_compact=True, empty=t("works.none_waits"))


def _ledger_words(view: View) -> str:
    """Which ledger stands, and how to send another."""
    frame = reads.ledger(view.scope, view.record, WORKS)
    if frame.empty:
        said = note(t("works.no_ledger"))
    else:
        receipt = linked(receipt_link(frame["receipt_number"].iloc[0]))
        said = note(t("works.ledger_rows", count=count(len(frame)))) + f'<p class="hx-note">{receipt}</p>'
    ways = [Link(t("works.all_rows"), view.href("ledgers", ledger=WORKS)), Link(t("works.send"), page_href("upload"))]
    links = " · ".join(linked(each) for each in ways)
    named = sources_in_full(frame)
    said += note(t("ledgers.published_in", source=named)) if named else ""
    return heading(ledger_name(LEDGERS[WORKS])) + said + f'<p class="hx-note">{links}</p>'


def work_card(view: View, asked: AskedWorks) -> str:
    """One work: its facts, what accounts differ in, its parts, every account."""
    book = view.remember(work_book)
    accounts = book.accounts[book.accounts["work_name"] == asked.work]
    return _head(view, asked, accounts) + _facts(view, book, accounts) + _disputes(book, asked.work) + _accounts(view, asked, accounts)


def _head(view: View, asked: AskedWorks, accounts: pd.DataFrame) -> str:
    """Its name, which opens its page where the returns have it, and the way back."""
    ids = accounts["project_id"].dropna()
    name = Link(asked.work, view.project(ids.iloc[0])) if len(ids) else asked.work
    back = linked(Link(t("works.back"), asked.href(view, work="", at="")))
    return f'<div class="hx-heading"><h2>{linked(name)}</h2><span>{back}</span></div>'


def _facts(view: View, book: WorkBook, accounts: pd.DataFrame) -> str:
    """Parts, land, builder, state firm, what it waits for, and the return's figures; what nobody says has no line."""
    lines = book.lines[book.lines["work_name"] == accounts["work_name"].iloc[0]]
    facts = [
        (t("works.parts"), t("word.comma").join(part_name(each) for each in lines["work_part"] if each != WHOLE)),
        (t("works.land"), t("word.comma").join(_land(book, line) for line in lines.itertuples() if not is_missing(line.land))),
        *((field_name(name), _distinct(accounts[name])) for name in ("work_builder", "state_firm")),
        (t("works.waits"), t("word.semicolon").join(_waits(book, line) for line in lines.itertuples() if not is_missing(line.waits_for))),
        (t("works.money"), _money(view, accounts)),
    ]
    rows: list[Row] = [{"name": name, "value": value} for name, value in facts if value]
    return plain_table([Column("name", "", "short", width="76px"), Column("value", "")], rows, is_compact=True) if rows else ""


def _distinct(values: pd.Series) -> str:
    return t("word.comma").join(dict.fromkeys(map(str, values.dropna())))


def _of_part(line: Any, text: str) -> str:
    return text if line.work_part == WHOLE else f"{part_name(line.work_part)} {text}"


def _land(book: WorkBook, line: Any) -> str:
    """The area, and how far it is granted where that is said: an area alone may be wanted only (facts.md, row 11)."""
    area, chain = said_text(LAND, None, line.land), book.chain
    own = chain[(chain["work_name"] == line.work_name) & (chain["work_part"] == line.work_part) & (chain["matter"] == LAND_STEP)]
    if own.empty:
        return _of_part(line, area)
    state = own.iloc[0]["state"]
    words = t("works.differ") if is_missing(state) else state_word(state)
    return _of_part(line, t("works.land_at", area=area, step=work_step_name(LAND_STEP), state=words))


def _waits(book: WorkBook, line: Any) -> str:
    words = _of_part(line, waits_text(line))
    return t("works.by_sample", words=words) if is_wait_made_up(book, line) else words


def _money(view: View, accounts: pd.DataFrame) -> str:
    """The return's total and the year's investment, and how far the work came in the month."""
    states = reads.states(view.scope, view.record)
    own = states[states["project_id"].isin(accounts["project_id"].dropna())]
    if own.empty:
        return ""
    step = steps_since(own, reads.states_before(view.scope, view.record)).iloc[0]
    row = own.iloc[0]
    gained = DASH if is_missing(step) else points(step * 100)
    return t("works.money_text", total=money(row["total_investment_wan"]), done=money(row["investment_ytd_wan"]), step=gained)


def _disputes(book: WorkBook, work: str) -> str:
    found = differing(book.judged)
    found = found[found["work_name"] == work]
    if found.empty:
        return ""
    tables = "".join(_difference(book, row) for row in found.itertuples())
    return heading(t("works.differ"), t("works.side_by_side")) + tables


def _accounts(view: View, asked: AskedWorks, accounts: pd.DataFrame) -> str:
    """Every account, the newest first; the one that is asked for with its cells."""
    order = accounts.assign(number=range(1, len(accounts) + 1)).sort_values("said_date", ascending=False, kind="stable")
    shown = "".join(_account(view, asked, account) for account in order.itertuples())
    return heading(t("works.accounts", count=count(len(accounts))), t("works.accounts_remark")) + shown


def _account(view: View, asked: AskedWorks, account: Any) -> str:
    is_open = asked.at == str(account.number)
    place = cell_place(account.sheet, t("delayed.row", row=int(account.cell_row)))
    way = Link(place, asked.href(view, at="" if is_open else str(account.number)))
    part = "" if account.work_part == WHOLE else f"<span>{escape(part_name(account.work_part))}</span>"
    words = "" if is_missing(account.said_text) else f"<p>{escape(str(account.said_text))}</p>"
    said = all_said(account)
    values = f"<p>{escape(said)}</p>" if said else ""
    cells = account_cells(view, account) if is_open else ""
    mark = made_up_mark() if account.made_up else ""
    return (
        f'<div class="hx-word"><b>{escape(source_of(account))}{mark}</b><span>{escape(day_of(account))}</span>{part}'
        f"<span>{linked(way)}</span>{words}{values}</div>{cells}"
    )


def account_cells(view: View, account: Any) -> str:
    """Each value of an account as typed, with its cell, and the receipt that it came in."""
    rows = _return_cells(view, account) if account.work_source == RETURN else _ledger_cells(view, account)
    receipt = linked(receipt_link(str(account.receipt_number)))
    return plain_table(CELLS, rows, is_compact=True) + f'<p class="hx-note">{receipt}</p>'


def _ledger_cells(view: View, account: Any) -> list[Row]:
    cells = reads.ledger_cells(view.scope, view.record, WORKS, account.body, account.period, account.row_key)
    by_field = cells.drop_duplicates("field").set_index("field")
    return [
        {"field": heading_of(field), "text": by_field.loc[field.name, "text"],
         "cell": cell_place(by_field.loc[field.name, "sheet"], by_field.loc[field.name, "cell"])}
        for field in LEDGERS[WORKS].fields
        if field.name in by_field.index
    ]  # fmt: skip


def _return_cells(view: View, account: Any) -> list[Row]:
    """What counts as of the period and stands in this month's return."""
    sources = reads.value_sources(view.scope, view.record, account.project_id)
    found = [(name, sources[name]) for name in OF_RETURNS if name in sources]
    return [
        {"field": field_name(name), "text": source.text, "cell": cell_place(source.sheet, source.cell)}
        for name, source in found
        if source.receipt_number == account.receipt_number
    ]
