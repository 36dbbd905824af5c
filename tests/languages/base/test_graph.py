"""Reachable nodes, cycles and shortest paths."""

from __future__ import annotations

from itertools import pairwise

import networkx
from hypothesis import given
from hypothesis import strategies as st

from gate.languages.base.graph import component_numbers, leading_to, reachable, shortest_path

_nodes = st.sampled_from("abcdef")
_graphs = st.dictionaries(_nodes, st.lists(_nodes, max_size=3)).map(
    lambda edges: {**{node: [] for node in "abcdef"}, **edges}
)


@given(_graphs)
def test_nodes_have_one_number_where_each_leads_to_the_other(graph: dict[str, list[str]]) -> None:
    numbers = component_numbers(graph, graph.__getitem__)

    for node in graph:
        mutual = networkx.descendants(networkx.DiGraph(graph), node) | {node}
        mutual = {reached for reached in mutual if networkx.has_path(networkx.DiGraph(graph), reached, node)}
        assert {peer for peer in graph if numbers[peer] == numbers[node]} == mutual


def test_edges_out_of_the_nodes_do_not_count() -> None:
    graph = {"a": ["b"], "b": ["c"], "c": ["a"]}

    assert component_numbers("ab", graph.__getitem__) == {"a": 0, "b": 1}


@given(_graphs, _nodes, _nodes)
def test_a_path_is_as_short_as_any(graph: dict[str, list[str]], start: str, end: str) -> None:
    path = shortest_path(start, end, graph.__getitem__, graph)
    shortest = networkx.single_source_shortest_path(networkx.DiGraph(graph), start)

    assert len(path) == len(shortest.get(end, ()))
    assert all(head in graph[tail] for tail, head in pairwise(path))


def test_a_path_keeps_to_the_given_nodes() -> None:
    graph = {"a": ["b", "c"], "b": ["d"], "c": ["e"], "d": [], "e": ["d"]}

    assert shortest_path("a", "d", graph.__getitem__, "abcde") == ("a", "b", "d")
    assert shortest_path("a", "d", graph.__getitem__, "acde") == ("a", "c", "e", "d")
    assert shortest_path("a", "d", graph.__getitem__, "ade") == ()


@given(_graphs, st.sets(_nodes, min_size=1))
def test_nodes_that_lead_to_a_goal(graph: dict[str, list[str]], goals: set[str]) -> None:
    expected = goals.union(*(networkx.ancestors(networkx.DiGraph(graph), goal) for goal in goals))

    assert leading_to(goals, graph, graph.__getitem__) == expected


def test_reachable_nodes_are_bounded_and_announced() -> None:
    graph = {"a": ["b"], "b": ["a", "c"], "c": [], "d": ["a"]}
    layers: list[list[str]] = []

    assert reachable("a", graph.__getitem__, 3, lambda nodes: layers.append(list(nodes))) == ("a", "b", "c")
    assert layers == [["a"], ["b"], ["c"]]
    assert reachable("a", graph.__getitem__, 2, lambda _: None) is None
