"""Rings of nodes that lead to one another."""

from __future__ import annotations

from itertools import pairwise

import networkx
from hypothesis import given
from hypothesis import strategies as st

from gate.languages.base.graph import components, reached, way

_nodes = st.sampled_from("abcdef")
_graphs = st.dictionaries(_nodes, st.lists(_nodes, max_size=3)).map(
    lambda one: {**{node: [] for node in "abcdef"}, **one}
)


@given(_graphs)
def test_components_are_those_of_networkx(graph: dict[str, list[str]]) -> None:
    found = components(graph, graph.__getitem__)

    for part in networkx.strongly_connected_components(networkx.DiGraph(graph)):
        assert {node for node in graph if found[node] == found[min(part)]} == part


@given(_graphs, _nodes, _nodes)
def test_a_way_is_as_short_as_any(graph: dict[str, list[str]], start: str, end: str) -> None:
    found = way(start, end, graph.__getitem__, graph)
    known = networkx.single_source_shortest_path(networkx.DiGraph(graph), start)

    assert len(found) == len(known.get(end, ()))
    assert all(other in graph[one] for one, other in pairwise(found))


def test_a_way_keeps_inside() -> None:
    graph = {"a": ["b", "c"], "b": ["d"], "c": ["e"], "d": [], "e": ["d"]}

    assert way("a", "d", graph.__getitem__, "abcde") == ("a", "b", "d")
    assert way("a", "d", graph.__getitem__, "acde") == ("a", "c", "e", "d")
    assert way("a", "d", graph.__getitem__, "ade") == ()


def test_what_is_reached_is_bounded_and_told_ahead() -> None:
    graph = {"a": ["b"], "b": ["a", "c"], "c": [], "d": ["a"]}
    asked: list[list[str]] = []

    assert reached("a", graph.__getitem__, 3, lambda nodes: asked.append(list(nodes))) == ("a", "b", "c")
    assert asked == [["a"], ["b"], ["c"]]
    assert reached("a", graph.__getitem__, 2, lambda _: None) is None
