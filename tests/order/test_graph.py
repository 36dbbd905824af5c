"""Components and orders over nodes that are numbers."""

from __future__ import annotations

from gate.order.graph import components, topological


def test_a_link_joins_all_its_nodes() -> None:
    assert components(range(6), [(0, 2), (1, 4, 5)]) == [
        frozenset({0, 2}),
        frozenset({1, 4, 5}),
        frozenset({3}),
    ]


def test_links_that_share_a_node_join_their_components() -> None:
    assert components(range(5), [(0, 1), (2, 3), (1, 3)]) == [frozenset({0, 1, 2, 3}), frozenset({4})]


def test_a_link_to_another_node_joins_the_others() -> None:
    assert components([0, 1], [(0, 9, 1)]) == [frozenset({0, 1})]


def test_nodes_come_after_their_predecessors() -> None:
    assert topological([0b110, 0, 0b10]) == [1, 2, 0]


def test_of_several_nodes_the_one_with_the_smallest_key_comes_first() -> None:
    assert topological([0, 0, 0], key=lambda node: -node) == [2, 1, 0]
    assert topological([0, 0, 0b1, 0], key=lambda node: -node) == [3, 1, 0, 2]
