"""A policy's own templates: what they replace, what their mistakes say, what the documentation promises."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from support.page import read

import gate
from gate.errors import UsageError
from gate.model import report as model
from gate.report import Options, markdown, render, templates
from gate.report.html import page

if TYPE_CHECKING:
    from gate.model.report import Report

DOCUMENTED = Path(gate.__file__).parents[1].joinpath("templates", "README.md").read_text(encoding="utf-8")


def made(report: Report, format: str, **own: str) -> str:
    return render(
        report, format, Options(templates={name.replace("__", "/"): text for name, text in own.items()})
    )


def test_a_template_stands_for_ours(report: Report) -> None:
    own = {"report.md.j2": "{{ report.verdict }} in {{ words.target(report) }}\n"}
    assert made(report, "markdown", **own) == "block in main\n"
    assert made(report, "html", **own) == render(report, "html")


def test_a_template_can_change_a_part_of_ours(report: Report) -> None:
    own = {
        "report.html.j2": "{% extends 'shipped/report.html.j2' %}{% block people %}<p id='ours'>x</p>{% endblock %}"
    }
    text = read(made(report, "html", **own))
    ids = {one.attributes["id"] for one in text.all("") if "id" in one.attributes}
    assert "ours" in ids
    assert "who" not in ids
    assert "findings" in ids


def test_style_of_ones_own_is_allowed_by_its_hash(report: Report) -> None:
    text = read(made(report, "html", **{"html/report.css": "h1 { color: teal }\n"}))
    (style,) = text.all("style")
    assert style.text == "h1 { color: teal }\n"
    assert (
        text.all("meta")[1].attributes["content"]
        != read(render(report, "html")).all("meta")[1].attributes["content"]
    )


def test_what_a_template_prints_is_escaped(report: Report) -> None:
    bad = msgspec.structs.replace(report, tool=model.ToolRecord("<b>*x*", "1"))
    assert made(bad, "html", **{"report.html.j2": "{{ report.tool.name }}\n"}) == "&lt;b&gt;*x*\n"
    assert made(bad, "markdown", **{"report.md.j2": "{{ report.tool.name }}\n"}) == "&#60;b&#62;&#42;x&#42;\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{% if %}", r"report\.md\.j2, line 1: ."),
        ("\n{{ reprot.verdict }}", r"report\.md\.j2, line 2: .*reprot"),
        ("{{ report.verdickt }}", r"line 1: .*verdickt"),
        ("{% include 'none.j2' %}", "there is no template none.j2"),
        ("{{ ''.__class__.__mro__ }}", r"line 1: .*__class__"),
        ("{{ ('{0.__class__}' | attr('format'))(1) }}", r"line 1: .*__class__"),
        ("{{ report.streams.append(1) }}", r"line 1: .*append"),
        ("{{ report }}", r"a template printed a Report"),
        ("{{ 1 // 0 }}", r"line 1: ZeroDivisionError"),
        ("{% for one in range(10 ** 9) %}{% endfor %}", "line 1: OverflowError"),
        ("{% extends 'report.md.j2' %}", "RecursionError"),
        ("{{ '\x1b[2J' | nofilter }}", "nofilter"),
    ],
)
def test_a_mistake_is_told_with_its_place(report: Report, text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        made(report, "markdown", **{"report.md.j2": text})
    assert caught.value.hint
    assert caught.value.exit == 2
    assert caught.value.message.isprintable()


def test_a_name_that_is_mistyped_is_told(report: Report) -> None:
    with pytest.raises(UsageError, match=r"reprot\.md\.j2 stands for none") as caught:
        made(report, "markdown", **{"reprot.md.j2": "x"})
    assert caught.value.hint == "did you mean report.md.j2?"


def test_files_of_the_demo_are_not_offered(report: Report) -> None:
    with pytest.raises(UsageError, match="stands for none") as caught:
        made(report, "markdown", zzz="x")
    assert caught.value.hint is not None
    assert "report.md.j2" in caught.value.hint
    assert "demo/" not in caught.value.hint
    with pytest.raises(UsageError, match=r"demo/history\.toml stands for none"):
        made(report, "markdown", **{"demo/history.toml": "x"})


def test_a_part_of_ones_own_may_be_included(report: Report) -> None:
    own = {"report.md.j2": "{% include 'parts/top.j2' %}\n", "parts/top.j2": "top"}
    assert made(report, "markdown", **own) == "top"


@pytest.mark.parametrize("text", ["</style>", "a <!-- b", "</SCRIPT"])
def test_style_that_would_end_early_is_refused(report: Report, text: str) -> None:
    with pytest.raises(UsageError, match="ends or hides it"):
        made(report, "html", **{"html/report.css": text})


def test_an_endless_page_is_given_up(report: Report) -> None:
    loop = "{% for a in range(9999) %}{% for b in range(9999) %}0123456789{% endfor %}{% endfor %}"
    with pytest.raises(UsageError, match="more than 5,000,000 bytes"):
        made(report, "html", **{"report.html.j2": loop})


def test_a_silent_loop_is_ended(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "SECONDS", 0.05)
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    with pytest.raises(UsageError, match="took longer than"):
        made(report, "markdown", **{"report.md.j2": loop})


def test_every_variable_is_documented(report: Report) -> None:
    parts = re.split(r"^## ", DOCUMENTED, flags=re.MULTILINE)
    both, only_markdown, only_html = (
        {
            name
            for part in parts
            if part.startswith(title)
            for name in re.findall(r"^\| `(\w+)`", part, re.MULTILINE)
        }
        for title in ("What both", "What only `report.md", "What only `report.html")
    )
    in_markdown = set(markdown._variables(report, markdown.COMPLETE, None))
    in_html = {*page.variables(report, page.ROOMS[0]), "assets"}
    assert both == in_markdown & in_html
    assert only_markdown == in_markdown - in_html
    assert only_html == in_html - in_markdown


def test_every_field_of_the_report_is_documented() -> None:
    values = [
        one
        for one in vars(model).values()
        if inspect.isclass(one) and issubclass(one, msgspec.Struct) and one.__module__ == model.__name__
    ]
    rows = []
    for one in values:
        fields = ", ".join(f"`{field.name}`" for field in msgspec.structs.fields(one))
        rows.append(f"| `{one.__name__.removesuffix('Record')}` | {fields} |")
    assert re.findall(r"^\| `[A-Z].*$", DOCUMENTED, re.MULTILINE) == rows


def test_every_block_is_documented() -> None:
    text = Path(gate.__file__).parents[1].joinpath("templates", "report.html.j2").read_text(encoding="utf-8")
    blocks = re.findall(r"{% block (\w+) %}", text)
    assert blocks
    assert all(f"`{name}`" in DOCUMENTED for name in blocks)
