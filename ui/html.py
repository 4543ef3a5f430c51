"""Small pieces of a page as escaped HTML, for st.html. Text goes through html.escape; classes are in style.css."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from storage.queries import StoredFinding
from ui.formats import cell_place, is_missing, period_name
from ui.formats import count as count_text
from ui.links import Link, Quiet, linked
from ui.locale import language, t
from ui.names import finding_level_name
from ui.theme import grade_of

Parts = Iterable[str | Link | Quiet]


@dataclass(frozen=True, slots=True)
class Change:
    """One line of 与上月相比: what changed, how many (or another figure as ``text``), and which, in words and links."""

    label: str
    count: int | None
    parts: tuple[str | Link, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class StatBar:
    """One bar: a label, its length as a share 0 to 1 (None: no data), a text, and a tone.

    A tone is a grade's code, or ``quiet`` (grey), ``middle`` or ``ink`` for bars that are no judgement.
    """

    label: str
    share: float | None
    text: str
    tone: str = "quiet"
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way to go: its name, how it stands, and a tone (``plain`` or a grade's code)."""

    name: str
    text: str
    tone: str = "plain"


def page_header(title: str, context: Sequence[str] = ()) -> str:
    """The page's title with what the figures stand on (cut-off date, who has sent, the rule) beside it."""
    return f'<div class="hx-header"><h1>{escape(title)}</h1><p>{escape(" · ".join(context))}</p></div>'


def warning_band(text: str, link: Link | None) -> str:
    """A red band across the page: what is wrong with the whole system, and where to read on for those who may."""
    way = linked(link) if link else ""
    return f'<div class="hx-band" role="alert">{escape(text)} {way}</div>'


def heading(title: str, remark: str = "") -> str:
    """A panel's title and, quieter, how to read it."""
    return f'<div class="hx-heading"><h2>{escape(title)}</h2><span>{escape(remark)}</span></div>'


def sentence(parts: Parts) -> str:
    """The finding in one sentence, its numbers linked to the projects behind them."""
    return f'<p class="hx-sentence">{"".join(linked(part, "hx-figure-link") for part in parts)}</p>'


def grade_mark(code: str | None, word: str | None = None) -> str:
    """The shape of a grade, its word for the pointer and for readers aloud."""
    grade = grade_of(code)
    spoken = escape(word or t(grade.word_key))
    return (
        f'<span class="hx-mark hx-{grade.code}" role="img" aria-label="{spoken}" title="{spoken}">{grade.mark}</span>'
    )


def graded_text(code: str | None, text: str) -> str:
    """Words in the colour of a grade, after its shape."""
    grade = grade_of(code)
    return f'<span class="hx-graded hx-{grade.code}">{grade.mark} {escape(text)}</span>'


def bar(share: float | None, tone: str, time_share: float | None = None, kind: str = "") -> str:
    """A horizontal bar of a share 0 to 1, with the mark of time passed; both are cut at the bar's ends."""
    fill = "" if is_missing(share) else f'<i class="hx-fill hx-tone-{escape(tone)}" style="width:{width(share)}"></i>'
    mark = "" if is_missing(time_share) else f'<i class="hx-time" style="left:{width(time_share)}"></i>'
    return f'<div class="hx-bar {kind}" aria-hidden="true">{fill}{mark}</div>'


def stacked_bar(parts: Iterable[tuple[float, str, str]]) -> str:
    """A bar in parts, one behind the other: (share of the whole width, tone, words for the pointer and readers aloud)."""
    drawn = "".join(
        f'<i class="hx-tone-{escape(tone)}" style="width:{width(share)}" role="img" aria-label="{escape(words)}"'
        f' title="{escape(words)}"></i>'
        for share, tone, words in parts
    )
    return f'<div class="hx-stack">{drawn}</div>'


def width(share: float | None) -> str:
    """A share as a CSS percentage between 0% and 100%."""
    return f"{min(max(float(share or 0), 0.0), 1.0) * 100:.1f}%"


def stat_bars(rows: Iterable[StatBar]) -> str:
    """Small horizontal bars under each other, label before and text behind."""
    return f'<div class="hx-stats">{"".join(_stat_row(row) for row in rows)}</div>'


def _stat_row(row: StatBar) -> str:
    label = linked(Link(row.label, row.href) if row.href else row.label)
    return f"<span>{label}</span>{bar(row.share, row.tone)}<b>{escape(row.text)}</b>"


def change_list(rows: Sequence[Change]) -> str:
    """What differs from the month before, a line for each kind of change."""
    if not rows:
        return note(t("empty.changes"))
    return f'<div class="hx-changes">{"".join(_change_row(row) for row in rows)}</div>'


def _change_row(row: Change) -> str:
    text = "".join(linked(part) for part in row.parts)
    return f"<div><span>{escape(row.label)}</span><b>{escape(row.text or count_text(row.count))}</b><p>{text}</p></div>"


def step_list(steps: Sequence[Step]) -> str:
    """The steps of a way, side by side and numbered."""
    return f'<ol class="hx-steps">{"".join(_step(number, step) for number, step in enumerate(steps, 1))}</ol>'


def _step(number: int, step: Step) -> str:
    return (
        f'<li class="hx-step-{escape(step.tone)}"><i>{number}</i><b>{escape(step.name)}</b>'
        f"<span>{escape(step.text)}</span></li>"
    )


def badge(text: str, tone: str = "plain") -> str:
    """A short word in a quiet box; the tone is ``plain`` or a grade's code."""
    return f'<span class="hx-badge hx-badge-{escape(tone)}">{escape(text)}</span>'


def finding_list(found: Sequence[StoredFinding]) -> str:
    """Findings of accepted returns, newest first: level, period, sentence, place, and the reason given."""
    if not found:
        return note(t("empty.findings"))
    return f'<div class="hx-findings">{"".join(_finding_row(each) for each in reversed(found))}</div>'


def _finding_row(stored: StoredFinding) -> str:
    message = stored.message_zh if language() == "zh" else stored.finding.message("en")
    place = cell_place(stored.finding.sheet, stored.finding.cell)
    reason = f'<p class="hx-note">{escape(t("card.reason_given", reason=stored.reason))}</p>' if stored.reason else ""
    return (
        f"<div>{badge(finding_level_name(stored.level))} <b>{escape(period_name(stored.period))}</b> "
        f"<span>{escape(place)}</span><p>{escape(message)}</p>{reason}</div>"
    )


def note(text: str) -> str:
    """A remark under a figure or table."""
    return f'<p class="hx-note">{escape(text)}</p>'


def empty_state(title: str, text: str, action: Link | None = None, other: Link | None = None) -> str:
    """What stands where data is missing: what, who owes it, one thing to do next, and another one beside it."""
    buttons = "" if action is None else linked(action, "hx-button")
    if other is not None:
        buttons += " " + linked(other, "hx-button hx-plain" if buttons else "hx-button")
    return f'<div class="hx-empty"><h2>{escape(title)}</h2><p>{escape(text)}</p>{buttons}</div>'


def sidebar_title(name: str, remark: str) -> str:
    """The system's name at the top of the sidebar, and what the reader must know of its data."""
    ribbon = f"<p>{escape(remark)}</p>" if remark else ""
    return f'<div class="hx-brand"><h2>{escape(name)}</h2>{ribbon}</div>'
