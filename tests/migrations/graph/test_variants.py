"""Graphs with their squashes and without; `test_oracles` holds what comes of it against Django."""

from __future__ import annotations

import time

import pytest
from migrations.graph.graphs import collided, delta, key, node, nodes

from gate.migrations.graph import variants

LINE = nodes("a1", "a2<a1", "a3<a2")


@pytest.mark.parametrize(
    ("replaces", "last"),
    [
        pytest.param(("a1", "a2"), ["a2"], id="a line"),
        pytest.param(("a2", "a1", "b"), ["a2", "b"], id="with two ends"),
        pytest.param(("a1",), None, id="one has no part"),
        pytest.param(("a1", "s"), None, id="one and itself"),
        pytest.param(("a1", "nowhere"), None, id="not all is there"),
        pytest.param(("a1", "gone"), None, id="not all stays"),
    ],
)
def test_squashes_that_a_database_may_have_in_part(replaces: tuple[str, ...], last: list[str] | None) -> None:
    deltas = [delta("a", "b<a1", node("s", replaces=replaces)), delta("b", removed=("gone",))]
    result = variants.in_part((*LINE, node("gone")), deltas)
    assert {of.id: [node.id for node in keys] for of, keys in result.items()} == ({"s": last} if last else {})


def test_what_follows_a_squash_follows_the_last_of_what_it_replaces() -> None:
    line = (
        *LINE,
        node("s", replaces=("a1", "a2")),
        node("t<x,s", replaces=("a3", "s")),
        *nodes("u<t", "v<x"),
    )
    result = variants.without(line, variants.in_part(line, ()))
    assert {node.id: [up.id for up in node.parents] for node in result if node.id in "uv"} == {
        "u": ["a3", "a2"],
        "v": ["x"],
    }


def test_a_squash_waits_for_all_that_it_replaces_waits_for() -> None:
    nodes_by_key = {
        member.key: member for member in (*nodes("a1<o.z", "a2<a1,o.y"), node("s<o.x", replaces=("a1", "a2")))
    }
    nodes_by_key |= {node.key: node for node in nodes("b<a2", "c<c")}
    result = variants.standing(nodes_by_key)
    assert {of.id: [up.id for up in node.parents] for of, node in result.items()} == {
        "s": ["x", "z", "y"],
        "b": ["s"],
        "c": ["c"],
    }


@pytest.mark.parametrize(
    "squashes",
    [
        pytest.param([("s", ("s", "a1", "a2"))], id="itself"),
        pytest.param([("s", ("t", "a1")), ("t", ("s", "a2"))], id="one another"),
        pytest.param([(f"s{at}", (f"s{at + 1}", "a1")) for at in range(300)], id="a long chain"),
        pytest.param([(f"s{at}", ("a1", "a2", "a3")) for at in range(800)], id="many of the same"),
    ],
)
def test_hostile_squashes_end_quickly(squashes: list[tuple[str, tuple[str, ...]]]) -> None:
    started = time.process_time()
    fresh = [node(f"{name}<{name}", replaces=replaces) for name, replaces in squashes]
    collided(
        ("a1", "a2<a1", "a3<a2"), delta("a", *fresh), delta("b", "c<a2", node("z", replaces=("a1", "a2")))
    )
    assert time.process_time() - started < 5


def test_another_squash_of_the_same_overlaps() -> None:
    first, second, apart = (node(name, replaces=old) for name, old in (("s", "ab"), ("t", "bc"), ("u", "d")))
    assert variants.overlapping([first, second])
    assert not variants.overlapping([first, apart])
    assert key("s") == first.key
