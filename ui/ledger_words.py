"""Beside a ledger's rows: what it is, whose list of which month stands, where its rows are from, what is published."""

from __future__ import annotations

import pandas as pd

from domain.bodies import body_name
from domain.ledgers import LEDGERS, Ledger
from domain.ledgers.declaration import SOURCE
from ui import reads
from ui.formats import count, period_name
from ui.html import heading, note
from ui.html_tables import Column, Row, plain_table
from ui.ledgers import ledger_name, rows_of
from ui.links import receipt_link
from ui.locale import language, t
from ui.names import capital, heading_of
from ui.view import View

MOST_SENT, MOST_SOURCES = 8, 6


def ledger_words(view: View, code: str) -> str:
    """What the ledger is, and whose list of which month stands."""
    ledger = LEDGERS[code]
    frame = reads.ledger(view.scope, view.record, code)
    sent = frame.groupby(["period", "body"], sort=True).agg(rows=("number", "size"), receipt=("receipt_number", "first"))
    rows: list[Row] = [
        {"body": body_name(body, language()), "month": period_name(month), "rows": count(each["rows"]),
         "receipt": receipt_link(each["receipt"])}
        for (month, body), each in sent[::-1].head(MOST_SENT).iterrows()
    ]  # fmt: skip
    columns = [Column("body", t("column.body"), "short"), Column("month", t("word.period"), "short"),
               Column("rows", t("upload.rows"), "number"), Column("receipt", t("receipt.number"))]  # fmt: skip
    said = ledger.definition if language() == "zh" else ledger.definition_en
    table = plain_table(columns, rows, is_compact=True, empty=t("ledgers.none_sent"))
    return heading(ledger_name(ledger)) + note(said) + table + _sources(rows_of(view, code)) + _public_facts(ledger)


def _sources(frame: pd.DataFrame) -> str:
    """Where the rows say that they are from, the most frequent first; nothing where they say nothing."""
    if SOURCE.name not in frame or frame[SOURCE.name].dropna().empty:
        return ""
    counts = frame[SOURCE.name].value_counts()
    rows: list[Row] = [{"source": text, "rows": count(number)} for text, number in counts.head(MOST_SOURCES).items()]
    columns = [Column("source", heading_of(SOURCE)), Column("rows", t("upload.rows"), "number", width="64px")]
    more = note(t("ledgers.more_sources", count=count(len(counts) - MOST_SOURCES))) if len(counts) > MOST_SOURCES else ""
    return heading(t("ledgers.sources")) + plain_table(columns, rows, is_compact=True) + more


def _public_facts(ledger: Ledger) -> str:
    """What is published of the ledger's matter as a whole, what that leaves open, and the document; nothing for none."""
    if not ledger.public_facts:
        return ""
    zh = language() == "zh"
    rows: list[Row] = [
        {"name": each.name if zh else capital(each.english), "said": each.said if zh else each.said_en,
         "open": each.open_point if zh else each.open_point_en}
        for each in ledger.public_facts
    ]  # fmt: skip
    columns = [Column("name", t("ledgers.matter"), width="38%"), Column("said", t("ledgers.published")),
               Column("open", t("ledgers.not_published"), width="24%")]  # fmt: skip
    sources = dict.fromkeys(each.source.title_in(language()) for each in ledger.public_facts)
    words = "".join(note(t("ledgers.published_in", source=each)) for each in sources)
    return heading(t("ledgers.public_facts")) + plain_table(columns, rows, is_compact=True) + words
