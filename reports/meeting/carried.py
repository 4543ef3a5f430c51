"""The whole meeting as one page to carry along for when the network is down: no outside reference, dark, with keys.

It stands alone: style and the few lines of script lie within. Without script, and on paper, all pages stand one below
the other. Every text goes through html.escape.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

from domain.meeting import Meeting, MeetingPage
from reports.meeting.carried_blocks import block_html
from reports.meeting.words import MONTH_NAMES, say

STYLE_FILE = Path(__file__).with_name("carried.css")
HTML_LANGUAGES = {"zh": "zh-CN", "en": "en"}
# Right, PageDown and space go on, Left and PageUp back, Home to the first, a digit to its page, F fills the screen.
SCRIPT = """
const pages = [...document.querySelectorAll("section")];
let shown = 0;
function show(next) {
  shown = Math.min(Math.max(next, 0), pages.length - 1);
  pages.forEach((page, place) => page.classList.toggle("shown", place === shown));
}
document.documentElement.classList.add("keyed");
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (["ArrowRight", "PageDown", " "].includes(event.key)) show(shown + 1);
  else if (["ArrowLeft", "PageUp"].includes(event.key)) show(shown - 1);
  else if (event.key === "Home") show(0);
  else if (/^[1-9]$/.test(event.key)) show(Number(event.key) - 1);
  else if (event.key.toLowerCase() === "f") document.documentElement.requestFullscreen();
  else return;
  event.preventDefault();
});
show(0);
"""


def carried_page(meeting: Meeting, language: str = "zh") -> str:
    """The HTML page of a meeting whose pages are in this language."""
    period = meeting.period
    month = say(language, "carried.month", year=period.year, month=period.month, name=MONTH_NAMES[period.month])
    title = say(language, "carried.title", month=month)
    foot = foot_line(meeting, language)
    sections = "".join(
        _section(page, number, len(meeting.pages), foot, language) for number, page in enumerate(meeting.pages, 1)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{HTML_LANGUAGES[language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>\n{STYLE_FILE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n{sections}\n"
        f"<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )


def carried_name(meeting: Meeting) -> str:
    """The file's name."""
    return f"例会_{meeting.period}.html"


def foot_line(meeting: Meeting, language: str) -> str:
    """What every page and paper says it stands on: the cut-off date, the seal, the rule of the grades."""
    seal = meeting.seal
    sealed = say(language, "carried.not_sealed")
    if seal is not None:
        sealed = say(
            language, "carried.seal", period=str(seal.period), sealed_at=f"{seal.sealed_at:%Y-%m-%d %H:%M}"
        )  # fmt: skip
    as_of = say(language, "carried.as_of", day=meeting.period.last_day.isoformat())
    sample = [say(language, "carried.sample")] if meeting.is_sample else []
    return " · ".join((*sample, as_of, sealed, say(language, "carried.rule", name=meeting.rule_name)))


def _section(page: MeetingPage, number: int, total: int, foot: str, language: str) -> str:
    blocks = "".join(block_html(block, language) for block in page.blocks)
    return (
        f'<section id="{escape(page.code)}"><h1>{escape(page.title)}</h1>{blocks}'
        f"<footer><span>{escape(foot)}</span><span>{number} / {total}</span></footer></section>"
    )
