"""The page of answers: what is asked in the address, how many of each kind answer, and the answers themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape

from domain.finding import Answers, Entry
from domain.finding_tokens import spans
from ui import reads
from ui.filters import asked_text, asked_value
from ui.findable import KINDS, finding_index
from ui.formats import count, period_name
from ui.html import empty_state, heading, note
from ui.links import Link, anchor, anchor_around, page_href
from ui.locale import language, t
from ui.session import scope
from ui.view import View, asked_view, bodies_of

ALL = "all"
# Of each kind while all are shown, and of the one that is chosen.
MOST_OF_EACH, MOST_OF_ONE = 6, 100
MOST_CHARACTERS = 80  # of the query, where it is said again


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    text: str
    kind: str


def asked_query() -> Asked:
    """The query and the kind chosen."""
    return Asked(asked_text("q").strip(), asked_value("kind", [ALL, *KINDS], ALL))


def everywhere() -> View:
    """The view of all that the reader may see, whatever district the address names."""
    return replace(asked_view(), body=bodies_of(scope())[0])


def found(view: View, asked: Asked) -> list[Answers]:
    """What answers, by kind."""
    index = finding_index(view.scope, view.record, language())
    return index.find(asked.text, MOST_OF_EACH if asked.kind == ALL else MOST_OF_ONE)


def kinds_html(view: View, asked: Asked, answers: Sequence[Answers]) -> str:
    """How many of each kind answer, each number leading to them."""
    counts = {each.kind: each.count for each in answers}
    rows = [(ALL, t("find.all"), sum(counts.values()))]
    rows += [(code, t(f"find.kind_{code}"), counts.get(code, 0)) for code in KINDS]
    lines = "".join(_kind_row(view, asked, code, name, number) for code, name, number in rows)
    return heading(t("find.kinds")) + f'<div class="hx-find-kinds">{lines}</div>' + note(t("find.hint"))


def _kind_row(view: View, asked: Asked, code: str, name: str, number: int) -> str:
    label = anchor(name, _href(view, asked.text, code), "hx-link") if number else escape(name)
    css_class = ' class="hx-find-chosen"' if code == asked.kind else ""
    return f"<p{css_class}><span>{label}</span><b>{count(number)}</b></p>"


def _href(view: View, text: str, kind: str) -> str:
    return view.href("find", q=text, kind=None if kind == ALL else kind)


def answers_html(view: View, asked: Asked, answers: Sequence[Answers]) -> str:
    """The answers by kind, the matched part of each marked; what to try where nothing answers."""
    shown = [each for each in answers if asked.kind in (ALL, each.kind)]
    if not asked.text:
        return empty_state(t("find.ask"), t("find.ask_text"))
    return "".join(_group(view, asked, each) for each in shown) or _nothing(view, asked)


def _nothing(view: View, asked: Asked) -> str:
    """What was looked for, as of when, and what else may help."""
    text = asked.text[:MOST_CHARACTERS] + "…" * (len(asked.text) > MOST_CHARACTERS)
    newest = reads.periods(view.scope)[-1]
    if newest != str(view.period):
        link = Link(t("find.in_newest", month=period_name(newest)), page_href("find", q=asked.text, period=newest))
    else:
        link = Link(t("page.projects"), view.href("projects"))
    tried = t("find.nothing_text", day=view.period.last_day.isoformat())
    return empty_state(t("find.nothing", text=text), tried + t("find.nothing_hint"), link)


def _group(view: View, asked: Asked, answers: Answers) -> str:
    rows = "".join(_row(view, asked.text, entry) for entry in answers.entries)
    left = answers.count - len(answers.entries)
    more = ""
    if left and asked.kind == ALL:
        link = anchor(t("find.more", count=count(answers.count)), _href(view, asked.text, answers.kind), "hx-link")
        more = f'<p class="hx-note">{link}</p>'
    elif left:
        more = note(t("find.left_out", count=count(left)))
    title = heading(t(f"find.kind_{answers.kind}"), t("word.rows", count=count(answers.count)))
    return f'{title}<table class="hx-table hx-compact hx-find"><tbody>{rows}</tbody></table>{more}'


def _row(view: View, query: str, entry: Entry) -> str:
    title = anchor_around(marked(entry.title, query), KINDS[entry.kind].href(view, entry), "hx-link")
    beside = (marked(entry.detail, query), marked(entry.code, query), escape(entry.remark))
    return f"<tr><td>{title}</td>{''.join(f'<td>{cell}</td>' for cell in beside)}</tr>"


def marked(text: str, query: str) -> str:
    """A text as HTML, the part that answers the query marked."""
    html, at = "", 0
    for first, behind in spans(text, query):
        html += f'{escape(text[at:first])}<mark class="hx-found">{escape(text[first:behind])}</mark>'
        at = behind
    return html + escape(text[at:])
