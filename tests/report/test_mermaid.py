"""The graph: boxes for streams, edges for what ties them, and no graph that nobody could read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from gate.model.finding import Serial
from gate.report import render
from gate.report.mermaid import MOST_EDGES, MOST_NODES, graph

if TYPE_CHECKING:
    from report.conftest import Analysis

    from gate.model.report import Report

PAGE = """\
flowchart LR
  subgraph g1["batch 1"]
    s0["agent/greedy"]
    s1["agent/audit"]
  end
  subgraph g2["batch 2"]
    s2["agent/guide"]
  end
  subgraph g3["held"]
    s3["agent/tabu"]
  end
  s0 x--x|"G201"| s3
  s1 -->|"G221"| s2
  classDef hold stroke:#cf222e,stroke-dasharray:4
  class s3 hold
  classDef review stroke:#bf8700,stroke-width:2px
  class s1 review
"""


def test_page(report: Report) -> None:
    assert render(report, "mermaid") == PAGE


def test_a_handoff_without_an_order_is_dotted(report: Report) -> None:
    without = [finding for finding in report.findings if finding.code != "G221"]
    assert '  s1 -.->|"2 needs"| s2\n' in render(msgspec.structs.replace(report, findings=without), "mermaid")


def test_streams_only_compared_with_are_drawn_apart(report: Report) -> None:
    streams = [msgspec.structs.replace(one, judged=one.name != "agent/tabu") for one in report.streams]
    page = render(msgspec.structs.replace(report, streams=streams), "mermaid")
    assert '  subgraph g4["compared with"]\n    s3["agent/tabu"]\n' in page


def test_a_graph_nobody_can_read_is_not_drawn(large: Report) -> None:
    assert graph(large) is None
    page = render(large, "mermaid")
    assert "%% 200 streams and their collisions are too many for a graph" in page
    assert len(page) < 500


@pytest.mark.parametrize(("count", "drawn"), [(17, True), (18, False), (3_000, False)])
def test_edges_are_bounded(analysis: Analysis, count: int, drawn: bool) -> None:
    """17 streams of which any two stand in one another's way are 136 edges, 18 are 153."""
    names = tuple(f"agent/{number}" for number in range(count))
    together = replace(analysis.findings[-1], branches=names, constraints=(Serial(names),))
    report = msgspec.structs.replace(replace(analysis, findings=(together,)).publish(), streams=[])
    found = graph(report)
    assert (found is not None) is drawn
    assert (MOST_NODES, MOST_EDGES) == (60, 150)


def test_a_name_is_only_text(report: Report) -> None:
    streams = [
        msgspec.structs.replace(one, name='a"]; click s0 "javascript:x"') for one in report.streams[:1]
    ]
    page = render(msgspec.structs.replace(report, streams=streams, findings=[]), "mermaid")
    assert '["a#34;#93;#59; click s0 #34;javascript#58;x#34;"]' in page


def test_nothing_to_judge(empty: Report) -> None:
    assert render(empty, "mermaid") == "flowchart LR\n"
