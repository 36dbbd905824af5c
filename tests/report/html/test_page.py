"""The integration report as one page."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import TYPE_CHECKING

from support.page import read

from gate.report import render
from gate.report.html import LIMIT

if TYPE_CHECKING:
    from gate.model.report import Report


def test_it_begins_with_the_verdict_and_what_to_do(report: Report) -> None:
    page = read(render(report, "html"))
    (title,) = page.all("h1")
    assert title.line == "block 1 of 4 streams cannot land as it is"
    (actions,) = page.all("ol", "actions")
    assert [one.line for one in actions.all("p")] == [
        "review COORD_RESILIENCE must look at agent/audit",
        "land batch 1: agent/greedy",
    ]


def test_both_versions_stand_side_by_side(report: Report) -> None:
    page = read(render(report, "html"))
    (sides,) = page.all("div", "two")
    left, right = sides.all("figure")
    assert "agent/greedy" in left.all("figcaption")[0].text
    assert "    best = greedy(slots)\n    return best" in left.text
    assert "tabu(slots, tenure=7)" in right.text


def test_every_part_is_there(report: Report) -> None:
    page = read(render(report, "html"))
    parts = [one.attributes["id"] for one in page.all("section")]
    assert [one for one in parts if one != "picture"] == [
        *("now", "who", "hot", "findings", "plan", "streams", "coverage")
    ]


def test_an_empty_report_is_a_page(empty: Report) -> None:
    page = read(render(empty, "html"))
    assert "there is no stream to judge" in page.text
    assert "Nothing was found." in page.text


def test_every_link_leads_somewhere_on_the_page(report: Report, large: Report) -> None:
    for one in (report, large):
        page = read(render(one, "html"))
        links = {link.attributes["href"] for link in page.all("a")}
        assert all(link.startswith("#") for link in links)
        ids = [element.attributes["id"] for element in page.all("") if "id" in element.attributes]
        assert links <= {f"#{name}" for name in ids}
        assert len(ids) == len(set(ids))


def test_style_and_script_are_allowed_by_their_hashes_and_nothing_else_is(report: Report) -> None:
    page = read(render(report, "html"))
    (policy,) = (one.attributes["content"] for one in page.all("meta") if one.attributes.get("http-equiv"))
    ((style,), (script,)) = (page.all(tag) for tag in ("style", "script"))
    assert policy == (
        f"default-src 'none'; style-src '{_hash(style.text)}'; script-src '{_hash(script.text)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert not any(
        name.startswith("on") or name == "style" for one in page.all("") for name in one.attributes
    )


def test_two_hundred_streams_fit_in_time(large: Report) -> None:
    begun = time.process_time()
    page = render(large, "html")
    assert time.process_time() - begun < 10  # about one second
    assert len(page.encode()) <= LIMIT
    assert len(read(page).all("article")) == 2000


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
