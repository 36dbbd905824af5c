"""Names, paths, messages and contents that mean harm, in every format."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import jsonschema  # type: ignore[import-untyped]
import pytest
from markdown_it import MarkdownIt
from report.test_github import read as command
from report.test_gitlab import entries
from report.test_junit import page
from report.test_sarif import run
from report.test_summary import summary
from support.page import read

from gate.report import FORMATS, Options, Verbosity, render
from gate.report.stored import load, schema
from gate.report.text import LONGEST, block, shown, valid

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token
    from support.page import Element

    from gate.model.report import Report

CORPUS = {
    "script": "<script>alert(1)</script>",
    "closing tags": "</code></summary></details></td></table>-->",
    "comment": "<!-- -->",
    "attribute": "\" onload='x' <img src=x onerror=alert(1)>",
    "entity": "&lt;b&gt; &#64;team",
    "link": "[a](https://example.org) [b]: https://example.org",
    "image": "![a](https://example.org/pixel.png)",
    "bare link": "https://example.org www.example.org me@example.org",
    "reference": "fixes #1, GH-2, !3, org/repo#4",
    "mention": "@octocat @org/team",
    "emphasis": "**a** __b__ ~~c~~ *d* _e_ $f$",
    "backtick": "`",
    "backticks": "````` ```",
    "fence": "```\n</details>\n```\n~~~\n",
    "pipe": "| a | b |",
    "escaped pipe": "\\|",
    "backslash": "\\",
    "heading": "# a\n## b\n===\n---\n",
    "list": "- a",
    "number": "1. a",
    "quote": "> a",
    "code": "        a",
    "line break": "a  \nb\\\nc\r\nd\ve\ff\x85g\u2028h",
    "escape": "\x1b[2J\x1b]8;;https://example.org\x07a\x1b]8;;\x07\x9b31m",
    "carriage return": "safe\rBLOCK",
    "backspace": "a\b\b\b",
    "right to left": "\u202eab\u2066c\u2069\u200f",
    "invisible": "a\u200bb\u00adc\ufeffd\u2060e\u3164f\U000e0041",
    "template": "{{ 7 * 7 }} {% raw %} {# c #} ${{ github.token }}",
    "workflow command": "::error file=a,line=1::b",
    "runner command": "##[add-mask]a ##vso[task.complete]",
    "mermaid": 'graph TD; A-->B; click A "javascript:alert(1)"',
    "invalid": valid(b"caf\xe9\xff".decode("utf-8", "surrogateescape")),
    "long": "x" * 10_000,
    "long and special": "|" * 10_000,
    "quick action": "/close",
    "option": "--output=/etc/passwd",
    "blank": "   ",
}

UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\U000e0000-\U000e0fff]"
)
PARSER = MarkdownIt().enable(["table", "strikethrough"])
SUMMARY = r"<b>[^<>]*</b>[^<>]*|Graph of the plan|(Findings|Pairs)[\w -]+: \d+"
OURS = re.compile(rf"<details( open)?>\n<summary>({SUMMARY})</summary>\n|</details>\n")


@pytest.fixture(params=list(CORPUS.values()), ids=list(CORPUS))
def bad(request: pytest.FixtureRequest, hostile: Callable[[str], Report]) -> Report:
    return hostile(request.param)


@pytest.mark.parametrize("verbosity", list(Verbosity))
def test_text_stays_on_its_lines(bad: Report, verbosity: Verbosity) -> None:
    text = render(bad, "text", Options(verbosity=verbosity))
    assert not UNSEEN.search(text)
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())
    assert "##[" not in text
    assert len(text) < 100_000


def test_concise_has_a_line_a_finding(bad: Report) -> None:
    text = render(bad, "concise")
    assert not UNSEEN.search(text)
    assert len(text.splitlines()) == 1 + sum(finding.waived is None for finding in bad.findings)
    assert not any(line.lstrip().startswith("::") for line in text.splitlines())


def test_json_comes_back(bad: Report) -> None:
    text = render(bad, "json")
    assert load(text.encode("utf-8")) == bad
    jsonschema.validate(json.loads(text), schema())
    assert not UNSEEN.search(text)
    assert "##[" not in text


def test_markdown_keeps_its_structure(bad: Report, hostile: Callable[[str], Report]) -> None:
    page, plain = _page(bad), _page(hostile("harmless"))
    assert not UNSEEN.search(page)
    assert [token.type for token in PARSER.parse(page)] == [token.type for token in PARSER.parse(plain)]


def test_markdown_has_no_link_image_html_or_emphasis_of_theirs(bad: Report) -> None:
    inline = [child for token in PARSER.parse(_page(bad)) for child in token.children or ()]
    allowed = {
        "text",
        "text_special",
        "code_inline",
        "html_inline",
        "strong_open",
        "strong_close",
        "softbreak",
    }
    assert {child.type for child in inline} <= allowed
    assert {child.content for child in inline if child.type == "html_inline"} <= {"<code>", "</code>"}
    strong = [child for child in inline if child.type == "strong_open"]
    assert len(strong) == sum(finding.waived is None for finding in bad.findings)


def test_markdown_has_no_html_of_theirs(bad: Report) -> None:
    blocks = [token.content for token in PARSER.parse(_page(bad)) if token.type == "html_block"]
    assert all(OURS.fullmatch(block) for block in blocks)
    assert len(blocks) == 2 * (len(bad.streams) + 4)


def test_markdown_mentions_nobody_and_links_nothing(bad: Report) -> None:
    texts = "\n".join(_texts(PARSER.parse(_page(bad))))
    assert not re.search(r"@\w|https?://|www\.|#\d|!\d|GH-\d", texts)


def test_markdown_fences_hold_the_evidence(bad: Report) -> None:
    fences = [token.content for token in PARSER.parse(_page(bad)) if token.type == "fence"]
    texts = [block(piece.text) for finding in bad.findings for piece in finding.evidence]
    assert fences[0] == render(bad, "mermaid")
    assert fences[1:] == [text.removesuffix("\n") + "\n" for text in texts]


def test_markdown_tables_have_no_pipe_of_theirs(bad: Report) -> None:
    page = _page(bad)
    for token in PARSER.parse(page):
        if token.type == "fence":
            page = page.replace(token.content, "")
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert {row.count("|") for row in rows} <= {4, 5, 6}
    assert not any(r"\|" in row for row in rows)


def test_markdown_fits(bad: Report) -> None:
    assert len(render(bad, "markdown").encode()) <= 65_000


@pytest.mark.parametrize("text", list(CORPUS.values()), ids=list(CORPUS))
def test_html_keeps_its_structure(text: str, hostile: Callable[[str], Report]) -> None:
    harmless = "y" * len(text) if len(text) > LONGEST else "harmless"  # names that are cut may be alike
    page, plain = (read(render(hostile(one), "html")) for one in (text, harmless))
    assert not UNSEEN.search(page.text)
    assert _shape(page) == _shape(plain)


def test_html_has_nothing_of_theirs_in_style_and_script(bad: Report, report: Report) -> None:
    page, plain = read(render(bad, "html")), read(render(report, "html"))
    for tag in ("style", "script"):
        assert [one.text for one in page.all(tag)] == [one.text for one in plain.all(tag)]


def test_html_links_only_within_itself(bad: Report) -> None:
    page = read(render(bad, "html"))
    links = [
        one.attributes[name] for one in page.all("") for name in ("href", "src") if name in one.attributes
    ]
    assert all(link.startswith("#") or link == "data:," for link in links)
    assert all(re.fullmatch(r"#[a-z0-9-]+", link) for link in links if link != "data:,")


def test_no_format_steers_a_terminal_or_a_build_server(bad: Report) -> None:
    for format in FORMATS:
        text = render(bad, format)
        assert not UNSEEN.search(text), format
        assert "##[" not in text, format
        if format != "github":
            assert not any(line.lstrip().startswith("::") for line in text.splitlines()), format


def test_sarif_is_valid_and_has_no_link(bad: Report) -> None:
    found = run(bad)
    texts = [one["message"]["text"] for one in found["results"]]
    texts += [
        place["message"]["text"] for one in found["results"] for place in one.get("relatedLocations", ())
    ]
    assert not any(re.search(r"(?<!\\)(\\\\)*[\[\]]", text) for text in texts)
    uris = [
        place["physicalLocation"]["artifactLocation"]["uri"]
        for one in found["results"]
        for place in (*one["locations"], *one.get("relatedLocations", ()))
    ]
    assert all(re.fullmatch(r"[\w.~/%-]+", uri, re.ASCII) for uri in uris)


def test_junit_is_valid_and_has_the_same_tests(bad: Report, hostile: Callable[[str], Report]) -> None:
    tags = [element.tag for element in page(bad).iter()]
    assert tags == [element.tag for element in page(hostile("harmless")).iter()]


def test_github_has_the_same_commands(bad: Report, hostile: Callable[[str], Report]) -> None:
    lines, plain = (render(one, "github").splitlines() for one in (bad, hostile("harmless")))
    assert len(lines) == len(plain)
    for line, other in zip(map(command, lines), map(command, plain), strict=True):
        assert (line[0], line[1].keys()) == (other[0], other[1].keys())
        assert {key: line[1][key] for key in line[1].keys() & {"line", "endLine"}} == {
            key: other[1][key] for key in other[1].keys() & {"line", "endLine"}
        }


def test_gitlab_is_valid(bad: Report) -> None:
    assert len(entries(bad)) == sum(finding.waived is None for finding in bad.findings)


def test_mermaid_keeps_its_structure(bad: Report, hostile: Callable[[str], Report]) -> None:
    def bones(text: str) -> list[str]:
        return re.sub(r'"[\w #;/]*"', '""', text).splitlines()

    assert bones(render(bad, "mermaid")) == bones(render(hostile("harmless"), "mermaid"))


def test_summary_is_yaml_with_the_same_fields(bad: Report, hostile: Callable[[str], Report]) -> None:
    assert summary(bad).keys() == summary(hostile("harmless")).keys()
    assert summary(bad)["tasks_total"] == len(bad.streams)


@pytest.mark.parametrize("format", [name for name in FORMATS if name not in ("json", "sarif", "gitlab")])
def test_a_long_name_is_shortened_and_counted(hostile: Callable[[str], Report], format: str) -> None:
    text = render(hostile("x" * 10_000), format)
    assert "x" * 400 not in text
    text = re.sub(r"#(\d+);", lambda match: chr(int(match[1])), text) if format == "mermaid" else text
    assert re.search(r"(\[|&#91;)[\d,]+ more(\]|&#93;)", text)


def test_what_is_shown_is_stable(bad: Report) -> None:
    assert shown(shown(bad)) == shown(bad)


def _page(report: Report) -> str:
    return render(report, "markdown", Options(limit=None))


def _shape(element: Element) -> list[object]:
    """The elements and the names of their attributes, without the values."""
    return [(one.tag, sorted(one.attributes)) for one in element.all("")]


def _texts(tokens: list[Token]) -> list[str]:
    """What a forge searches for mentions and links: text outside code, its character references resolved."""
    found, within = [], False
    for child in (child for token in tokens for child in token.children or ()):
        if child.type == "html_inline":
            within = child.content == "<code>"
        elif child.type in ("text", "text_special") and not within:
            found.append(child.content)
        elif child.type == "softbreak":
            found.append("\n")
    return found
