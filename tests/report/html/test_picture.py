"""What is in the picture: few streams as a graph, many as a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from support.page import read

from gate.model.report import ConstraintRecord
from gate.report import render
from gate.report.html.picture import StreamLink, links, picture

if TYPE_CHECKING:
    from gate.model.report import Report


def test_links_are_pairs_findings_and_handoffs(report: Report) -> None:
    assert links(report) == [
        StreamLink("agent/greedy", "agent/tabu", ("G201",), "error", ordered=True),
        StreamLink(
            *("agent/audit", "agent/guide", ("G221", "handoff"), "note"),
            ordered=True,
            needs=("audit_service.log", "the table audits"),
        ),
    ]


def test_what_several_collide_at_ties_the_last_to_the_others(report: Report) -> None:
    (collision,) = (one for one in report.findings if one.code == "G201")
    three = ["agent/tabu", "agent/greedy", "agent/audit"]
    many = msgspec.structs.replace(collision, branches=three)
    alone = msgspec.structs.replace(report, findings=[many], pairs=[])
    met = [(one.first, one.then) for one in links(alone) if "G201" in one.codes]
    assert met == [("agent/audit", "agent/tabu"), ("agent/greedy", "agent/tabu")]


def test_who_lands_alone_is_tied_to_nobody_by_that(report: Report) -> None:
    """Lines to everybody say nothing: the batches show it."""
    (collision,) = (one for one in report.findings if one.code == "G201")
    point = msgspec.structs.replace(
        collision,
        code="G301",
        severity="note",
        branches=["agent/audit"],
        constraints=[ConstraintRecord("alone", ["agent/audit"], [])],
    )
    [pair, *_] = report.pairs
    met = ["agent/audit", "agent/tabu"]
    converging = msgspec.structs.replace(pair, branches=met, order=met, reasons=["G301"])
    more = msgspec.structs.replace(
        report, findings=[*report.findings, point], pairs=[*report.pairs, converging]
    )
    assert links(more) == links(report)


def test_held_streams_stand_apart(report: Report) -> None:
    graph, matrix, _ = picture(report)
    assert graph is not None
    assert matrix is None
    assert [column.title for column in graph.columns] == ["Batch 1", "Batch 2", "Held"]
    held = graph.columns[-1].x
    assert [node.name for node in graph.nodes if node.x == held] == ["agent/tabu"]


def test_many_streams_that_meet_are_a_matrix(large: Report) -> None:
    graph, matrix, found = picture(large)
    assert graph is None
    assert matrix is not None
    assert len(matrix.names) == 200
    assert len(matrix.cells) == len(found) == 196
    assert all(cell.column < cell.row for cell in matrix.cells)


def test_of_many_streams_only_those_that_meet_are_drawn(large: Report) -> None:
    first = [one for one in large.findings if set(one.branches) == set(large.findings[0].branches)]
    quiet = msgspec.structs.replace(large, findings=first, pairs=[])
    graph, _, _ = picture(quiet)
    assert graph is not None
    assert len(graph.nodes) == 2
    assert len(graph.nodes) + sum(column.more for column in graph.columns) == 200


def test_the_drawing_has_a_title_a_description_and_a_table(report: Report, large: Report) -> None:
    for one in (report, large):
        (section,) = [
            part for part in read(render(one, "html")).all("section") if part.attributes["id"] == "picture"
        ]
        (drawing, *_) = section.all("svg")
        named = drawing.attributes["aria-labelledby"].split()
        assert all(any(part.attributes.get("id") == name for part in drawing.all("")) for name in named)
        assert len(section.all("table")) == 1
        assert len(section.all("tr")) > 1


def test_nobody_to_meet_is_no_picture(empty: Report) -> None:
    assert picture(empty)[:2] == (None, None)
