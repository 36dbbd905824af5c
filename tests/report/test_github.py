"""Annotations: commands a runner reads back as they were meant, no more of them than it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
import pytest

from gate.report import render

if TYPE_CHECKING:
    from gate.model.report import Report

COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")


def read(line: str) -> tuple[str, dict[str, str], str]:
    """A line as the runner reads it."""
    found = COMMAND.fullmatch(line)
    assert found is not None, line
    properties = dict(part.split("=", 1) for part in found[2].split(","))
    back = {"%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%"}

    def unescaped(text: str) -> str:
        return re.sub("|".join(back), lambda match: back[match[0]], text)

    return found[1], {key: unescaped(value) for key, value in properties.items()}, unescaped(found[3])


def test_page(report: Report) -> None:
    error, warning, note, verdict = (read(line) for line in render(report, "github").splitlines())
    assert error[0] == "error"
    assert error[1] == {
        "file": "backend/app/scheduling/solver.py",
        "line": "12",
        "endLine": "14",
        "title": "G201 file-collision (content): agent/tabu and agent/greedy",
    }
    assert error[2].startswith("agent/tabu and agent/greedy both change")
    assert warning[0] == "warning"
    assert note == (
        "notice",
        {"title": "G221 stacked, likely: agent/guide and agent/audit"},
        "agent/guide is built on a commit of agent/audit.",
    )
    assert verdict[1] == {"title": "git-gate: block"}
    assert verdict[2].startswith(
        "1 of 4 streams cannot land as it is. 1 error, 1 warning and 1 note (1 waived)."
    )


def test_no_more_of_a_level_than_are_shown(large: Report) -> None:
    lines = render(large, "github").splitlines()
    for name in ("error", "warning", "notice"):
        assert sum(line.startswith(f"::{name} ") for line in lines) == 10
    assert len(lines) == 30
    rest = "657 more errors, 657 more warnings and 657 more notes"
    assert rest in lines[-1]


@pytest.mark.parametrize("text", ["100%0A::error::x", "a,line=9", "a::b", "%", "a\r\n::set-output name=x::y"])
def test_text_stays_in_its_place(report: Report, text: str) -> None:
    first = report.findings[0]
    place = msgspec.structs.replace(first.locations[0], path=text)
    finding = msgspec.structs.replace(first, message=text, name=text, locations=[place], hint="")
    lines = render(msgspec.structs.replace(report, findings=[finding]), "github").splitlines()
    assert len(lines) == 2
    _, properties, _ = read(lines[0])
    assert set(properties) == {"file", "line", "endLine", "title"}
    assert properties["line"] == "12"


def test_nothing_to_judge(empty: Report) -> None:
    assert render(empty, "github") == (
        "::notice title=git-gate%3A pass::there is no stream to judge. no findings.\n"
    )


def test_the_place_on_a_judged_stream_is_shown(report: Report) -> None:
    streams = [msgspec.structs.replace(one, judged=one.name != "agent/tabu") for one in report.streams]
    line = render(msgspec.structs.replace(report, streams=streams), "github").splitlines()[0]
    assert read(line)[1]["endLine"] == "13"  # agent/greedy's
