"""The page in a real browser: it asks for nothing, logs nothing, and filters, searches, folds and obeys keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from report.test_hostile import CORPUS
from support import browser

from gate.report import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from gate.model.report import Report

pytestmark = pytest.mark.skipif(browser.PROGRAM is None, reason=browser.MISSING)

VISIBLE = (
    "[...document.querySelectorAll('article.finding')]"
    ".filter(one => one.checkVisibility()).map(one => one.dataset.code)"
)
FOCUSED = "document.activeElement.dataset.code"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Page]:
    with browser.browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def file(report: Report, tmp_path: Path) -> Path:
    return written(report, tmp_path)


def written(report: Report, folder: Path) -> Path:
    made = folder / "report.html"
    made.write_text(render(report, "html"), encoding="utf-8")
    return made


def test_it_asks_for_nothing_and_says_nothing(page: browser.Page, file: Path) -> None:
    page.open(file)
    assert page.ask("document.documentElement.className") == "scripted"
    assert page.requests() == [file.as_uri()]
    assert page.messages() == []


def test_what_is_put_into_it_can_neither_run_nor_fetch(page: browser.Page, file: Path) -> None:
    page.open(file)
    page.ask(
        "document.body.insertAdjacentHTML('beforeend', "
        '\'<img src="https://example.org/a.png" onerror="window.ran = 1"><style>h1 {color: rgb(1, 2, 3)}</style>\')'
    )
    page.ask("fetch('https://example.org/').catch(() => 0)")
    assert page.ask("window.ran") is None
    assert page.ask("getComputedStyle(document.querySelector('h1')).color") != "rgb(1, 2, 3)"
    assert len(page.messages()) >= 3  # each was refused
    assert all("Content Security Policy" in one for one in page.messages())


def test_hostile_text_neither_runs_nor_fetches(
    page: browser.Page, hostile: Callable[[str], Report], tmp_path: Path
) -> None:
    for text in CORPUS.values():
        file = written(hostile(text), tmp_path)
        page.open(file)
        assert page.requests() == [file.as_uri()]
        assert page.messages() == []


def test_the_filter_keeps_what_was_asked_for(page: browser.Page, file: Path) -> None:
    page.open(file)
    page.click("#unfold")
    assert page.ask(VISIBLE) == ["G201", "G221", "G102"]
    page.click("[name=severity][value=error]")
    assert page.ask(VISIBLE) == ["G221", "G102"]
    assert page.ask("document.getElementById('found').textContent") == "2 of 3 findings"
    page.ask(
        "(() => { const one = document.getElementById('code'); one.value = 'G102';"
        "one.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )
    assert page.ask(VISIBLE) == ["G102"]


def test_the_filter_by_stream(page: browser.Page, file: Path) -> None:
    page.open(file)
    page.ask(
        "(() => { const one = document.getElementById('stream');"
        "one.value = [...one.options].find(option => option.text === 'agent/tabu').value;"
        "one.dispatchEvent(new Event('change', {bubbles: true})); })()"
    )
    assert page.ask(VISIBLE) == ["G201"]


def test_the_search_and_escape(page: browser.Page, file: Path) -> None:
    page.open(file)
    page.press("/")
    assert page.ask("document.activeElement.id") == "search"
    for letter in "Guide Stacked":
        page.press(letter)
    page.wait("document.getElementById('found').textContent === '1 of 3 findings'")
    assert page.ask(VISIBLE) == ["G221"]
    page.press("Escape")
    assert page.ask("document.getElementById('search').value") == ""
    assert page.ask("document.getElementById('found').textContent") == ""


def test_keys_go_from_finding_to_finding(page: browser.Page, file: Path) -> None:
    page.open(file)
    seen = []
    for key in ("j", "j", "ArrowDown", "k", "ArrowUp"):
        page.press(key)
        seen.append(page.ask(FOCUSED))
    assert seen == ["G201", "G221", "G102", "G221", "G201"]
    page.press("Enter")
    assert page.ask("document.activeElement.tagName") == "SUMMARY"
    assert "G201" not in page.ask(VISIBLE)


@pytest.mark.parametrize("script", [True, False])
def test_groups_fold(page: browser.Page, file: Path, script: bool) -> None:
    page.open(file, script=script)
    first = "document.querySelector('#findings details').open"
    assert page.ask(first) is True
    page.click("#findings details summary")
    page.wait(f"{first} === false")


def test_without_script_everything_is_there_but_the_filter(page: browser.Page, file: Path) -> None:
    page.open(file, script=False)
    assert page.ask("document.querySelector('.filter').checkVisibility()") is False
    assert page.ask("document.getElementById('theme').checkVisibility()") is False
    assert "G201" in page.ask(VISIBLE)


def test_the_theme_can_be_chosen(page: browser.Page, file: Path) -> None:
    page.open(file)
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.ask(ground)
    page.click("#theme")
    assert page.ask(ground) != before
    page.click("#theme")
    assert page.ask(ground) == before


def test_a_link_opens_what_is_folded(page: browser.Page, file: Path) -> None:
    page.open(file, anchor="#s-2")
    assert page.ask("document.getElementById('s-2').open") is True


def test_text_has_contrast_in_both_themes(page: browser.Page, file: Path) -> None:
    for theme in ("light", "dark"):
        page.open(file)
        page.ask(f"document.documentElement.dataset.theme = '{theme}'")
        assert page.ask(POOR) == []


def test_a_phone_scrolls_no_page_sideways(page: browser.Page, file: Path) -> None:
    page.call("Emulation.setDeviceMetricsOverride", width=390, height=800, deviceScaleFactor=1, mobile=True)
    page.open(file)
    assert page.ask("document.documentElement.scrollWidth") <= 390
    page.call("Emulation.clearDeviceMetricsOverride")


def test_two_hundred_streams_are_laid_out_within_a_second(
    page: browser.Page, large: Report, tmp_path: Path
) -> None:
    page.open(written(large, tmp_path))
    assert page.ask("document.querySelectorAll('article.finding').length") == 2000
    assert page.metric("LayoutDuration") < 1
    assert page.messages() == []


# Texts whose colour has less than 4.5:1 to the ground they stand on (WCAG 2.2, 1.4.3).
POOR = """
(() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = parts(color).slice(0, 3).map((one) => one / 255)
      .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    for (; one; one = one.parentElement) {
      const color = getComputedStyle(one).backgroundColor;
      if (parts(color)[3] !== 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const found = [];
  for (const one of document.querySelectorAll("body *:not(svg *):not(script)")) {
    if (![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const [a, b] = [light(getComputedStyle(one).color), light(ground(one))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) found.push(`${one.tagName}.${one.className}: ${one.textContent.slice(0, 20)}`);
  }
  return [...new Set(found)];
})()
"""
