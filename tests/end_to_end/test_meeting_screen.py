"""The meeting's screen in a real browser: what six metres need, measured on every page, at both sizes and on both grounds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import ConsoleErrors, OutsideRequests, Server, wait_until_idle
from playwright.sync_api import Page, expect
from sample_year import accept_samples, copy_database

pytestmark = pytest.mark.browser

# The month's pages; the ledgers of promotion and parks are of December.
PAGES = {"2024-12": 8, "2024-01": 7}
LEDGERS = Path(__file__).resolve().parents[2] / "data" / "samples" / "ledgers"
PROMOTION = ("招商活动", "园区入驻", "企业走访", "产业链")
LEAST_PIXELS = 32  # on the stage of 1080 lines: B.2 of the brief on screens
SECONDS = 20
LEAST_CONTRAST = 3.0  # WCAG for text of 24 px and more
# Every text of the stage: its size, colour and place on the stage, and whether something of it is cut.
MEASURED = """
() => {
  const stage = document.querySelector('.st-key-stage');
  const scale = stage.getBoundingClientRect().width / 1920;
  const found = [];
  const chart = document.querySelector('.st-key-stage_chart');
  for (const root of [stage, chart].filter(Boolean)) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.data.trim() || element.closest('.st-key-stage_keys, style, script, .st-key-stage_form')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect(), style = getComputedStyle(element);
    if (!box.width) continue;
    let ground = element;
    while (ground && /rgba\\(.*, 0\\)|transparent/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement;
    const isDrawn = element instanceof SVGElement;
    const clamp = element.closest('.hs-long div, .hs-text div');
    found.push({
      text: node.data.trim().slice(0, 40), pixels: parseFloat(style.fontSize), isDrawn,
      colour: isDrawn ? style.fill : style.color, ground: isDrawn ? getComputedStyle(stage).backgroundColor : getComputedStyle(ground).backgroundColor,
      left: box.left / scale, top: box.top / scale, right: box.right / scale, bottom: box.bottom / scale, isClamped: Boolean(clamp),
    });
  } }
  return { texts: found, scale, scrolls: document.documentElement.scrollHeight > innerHeight + 1,
           stage: [stage.getBoundingClientRect().width, stage.getBoundingClientRect().height] };
}
"""


@pytest.fixture(scope="module")
def server(sample_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    database = copy_database(sample_year, tmp_path_factory.mktemp("stage"))
    accept_samples(database, [path for path in sorted(LEDGERS.iterdir()) if any(word in path.name for word in PROMOTION)])
    with Server(database) as running:
        yield running


def show(page: Page, server: Server, path: str) -> None:
    """Open the screen and wait until its first page stands."""
    page.set_default_timeout(SECONDS * 1000)
    page.goto(server.url + path)
    page.locator(".hs-page").wait_for()
    wait_until_idle(page)


def luminance(colour: str) -> float:
    """Relative luminance of rgb(r, g, b), as WCAG has it."""
    channels = [int(part) / 255 for part in colour[colour.index("(") + 1 :].rstrip(")").split(",")[:3]]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def overlapping(texts: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Pairs of texts of which one lies over the other; a text's box is higher than its signs by a fifth of its size at either end."""
    pairs = []
    for at, one in enumerate(texts):
        for other in texts[at + 1 :]:
            across = min(one["right"], other["right"]) - max(one["left"], other["left"])
            down = min(bottom(one), bottom(other)) - max(top(one), top(other))
            if across > 4 and down > 2:
                pairs.append((one["text"], other["text"]))
    return pairs


def top(text: dict[str, Any]) -> float:
    return text["top"] + text["pixels"] / 5


def bottom(text: dict[str, Any]) -> float:
    return text["bottom"] - text["pixels"] / 5


def measured(page: Page) -> dict[str, Any]:
    """What the screen shows, once charts are drawn too."""
    wait_until_idle(page)
    if page.locator(".st-key-stage_chart").count():
        expect(page.locator(".st-key-stage_chart .main-svg").first).to_be_visible()
    return page.evaluate(MEASURED)


@pytest.mark.parametrize("ground", ["dark", "light"])
@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (3840, 2160), (1366, 768)])
@pytest.mark.parametrize("month", list(PAGES))
def test_every_page_is_read_from_six_metres(page: Page, server: Server, width: int, height: int, ground: str, month: str) -> None:
    """No text below 32 px of the stage or fainter than 3 to 1, none cut at the edges, none over another, nothing to scroll."""
    page.set_viewport_size({"width": width, "height": height})
    outside, errors = OutsideRequests(page, server), ConsoleErrors(page)
    show(page, server, f"/screen?period={month}&ground={ground}")
    for number in range(1, PAGES[month] + 1):
        page.keyboard.press(str(number))
        expect(page.locator(".hs-foot")).to_contain_text(f"{number} / {PAGES[month]}", timeout=SECONDS * 1000)
        found = measured(page)
        where = f"page {number}"
        texts = found["texts"]
        assert len(texts) >= 4, where
        assert found["stage"] == pytest.approx([width, height], abs=1), where
        assert not found["scrolls"], where
        assert [each["text"] for each in texts if each["pixels"] < LEAST_PIXELS] == [], where
        assert [each["text"] for each in texts if contrast(each["colour"], each["ground"]) < LEAST_CONTRAST] == [], where
        assert [
            each["text"] for each in texts
            if each["left"] < 0 or each["right"] > 1921 or (each["bottom"] > 1080 and not each["isClamped"])
        ] == [], where  # fmt: skip
        assert overlapping([each for each in texts if not each["isClamped"]]) == [], where
    assert outside.urls == [] and errors.texts == []


@pytest.mark.parametrize("size", ["0.8", "1.3", "1.8"])
def test_larger_type_stays_on_the_screen(page: Page, server: Server, size: str) -> None:
    """At other sizes of type the lists are shorter, and still nothing lies over another or beyond the edge."""
    show(page, server, f"/screen?period=2024-12&size={size}&page=4")
    for number in (4, 5, 6, 7, 8):
        page.keyboard.press(str(number))
        expect(page.locator(".hs-foot")).to_contain_text(f"{number} / 8", timeout=SECONDS * 1000)
        texts = measured(page)["texts"]
        assert overlapping([each for each in texts if not each["isClamped"]]) == [], (size, number)
        assert max(each["bottom"] for each in texts if not each["isClamped"]) <= 1080


def test_keys_turn_pages_and_a_card_leads_back(page: Page, server: Server) -> None:
    """As a chair and a presenter's remote turn them; a line chosen by keys or by a click opens its card, Escape closes it."""
    errors = ConsoleErrors(page)
    show(page, server, "/screen?period=2024-12")
    foot = page.locator(".hs-foot")
    for key, number in (("ArrowRight", 2), ("PageDown", 3), ("Space", 4), ("PageUp", 3), ("ArrowLeft", 2), ("Home", 1), ("4", 4)):
        page.keyboard.press(key)
        expect(foot).to_contain_text(f"{number} / 8", timeout=SECONDS * 1000)
        wait_until_idle(page)
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hs-chosen")).to_have_count(1)
    wait_until_idle(page)
    name = page.locator(".hs-chosen .hs-name").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".hs-card")).to_be_visible()
    expect(page.locator(".hs-page h1")).to_contain_text(name)
    wait_until_idle(page)
    page.keyboard.press("Escape")
    expect(page.locator(".hs-card")).to_have_count(0)
    expect(foot).to_contain_text("4 / 8")
    wait_until_idle(page)
    page.locator(".hs-table tbody tr").nth(2).click()
    expect(page.locator(".hs-card")).to_be_visible()
    wait_until_idle(page)
    page.keyboard.press("Escape")
    expect(foot).to_contain_text("4 / 8")
    wait_until_idle(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="月度例会")).to_be_visible()
    assert errors.texts == []


def test_a_screen_keeps_its_size_of_type(page: Page, server: Server) -> None:
    """The line chosen on the page of calibration is this browser's from then on."""
    show(page, server, "/calibration?period=2024-12")
    page.locator(".hs-sizes a").nth(3).click()
    wait_until_idle(page)
    show(page, server, "/screen?period=2024-12&page=4")
    assert page.locator(".hs-page").evaluate("e => e.style.getPropertyValue('--hs-k')") == "1.5"
