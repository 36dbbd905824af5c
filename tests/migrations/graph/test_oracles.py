"""Forks on random graphs, held against Alembic's own `RevisionMap` and Django's own `MigrationLoader`.

Both are test dependencies: `pip install alembic django`, or `pip install --group dev`.
"""

from __future__ import annotations

import warnings
from contextlib import suppress
from itertools import combinations
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from alembic.script.revision import Revision, RevisionMap
from django.db.migrations import Migration
from django.db.migrations.exceptions import CircularDependencyError, NodeNotFoundError
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader
from hypothesis import given, settings
from hypothesis import strategies as st
from migrations.graph.graphs import collided, delta, node

from gate.migrations.tools.django import squashes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.model.migrations import Delta, Node

World = tuple[tuple["Node", ...], tuple["Delta", ...]]


@st.composite
def worlds(draw: st.DrawFn, *, squashes: bool) -> World:
    """A target, and two to four streams that add chains, merges and (Django) squashes to it."""
    target = _grown(draw, "t", [], draw(st.integers(1, 6)), merges=not squashes)
    if squashes:
        # one leaf, as Django wants it, and perhaps a squash of the last ones
        target = [node(f"t{at}" + (f"<t{at - 1}" if at else "")) for at in range(draw(st.integers(1, 6)))]
    streams = []
    shared: list[Node] = []
    for number in range(draw(st.integers(2, 4))):
        start = [*target, *shared]
        fresh = _grown(draw, "abcd"[number], start, draw(st.integers(0, 3)), merges=not squashes)
        # one stream with two squashes that overlap depends on the order of the file names
        one_more = squashes and len(target) > 1 and not any(node.replaces for node in shared)
        if one_more and draw(st.integers(0, 3)) == 0:
            last = draw(st.integers(1, len(target)))
            names = tuple(node.id for node in target[:last])
            fresh.insert(0, node(f"{'abcd'[number]}s", replaces=names))
        streams.append(delta("abcd"[number], *shared, *fresh))
        is_shared: bool = draw(st.booleans())
        if is_shared:
            shared = [*shared, *fresh]
    return tuple(target), tuple(streams)


def _grown(draw: st.DrawFn, letter: str, nodes: list[Node], count: int, *, merges: bool) -> list[Node]:
    grown: list[Node] = []
    for at in range(count):
        ids = [node.id for node in (*nodes, *grown)][-4:]
        most = 2 if merges and len(ids) > 1 else 1
        parents = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=most, unique=True)) if ids else []
        grown.append(node(f"{letter}{at}<{','.join(parents)}"))
    return grown


def heads(nodes: dict[str, Node]) -> int:
    """How many heads Alembic sees."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = RevisionMap(
            lambda: [
                Revision(node.id, tuple(key.id for key in node.parents) or None) for node in nodes.values()
            ]
        )
        return len(result.heads)


@settings(max_examples=100, deadline=None)
@given(worlds(squashes=False))
def test_alembic_sees_heads_too_many_where_a_fork_is_told(world: World) -> None:
    target, deltas = world
    facts = collided(target, *deltas)
    ground = {node.id: node for node in target}
    added = {stream.stream: {node.id: node for node in stream.added} for stream in deltas}
    pairs = {pair for fork in facts.forks for pair in fork.apart}
    healed = {
        pair
        for pair in combinations(added, 2)
        if any(set(added[pair[0]]) | set(added[pair[1]]) <= set(nodes) for nodes in added.values())
    }
    for first, second in combinations(added, 2):
        both = {key: node for key, node in added[first].items() if key in added[second]}
        common = heads(ground | both)
        alone = [heads(ground | added[name]) - common for name in (first, second)]
        together = heads(ground | added[first] | added[second]) - common
        if (first, second) not in healed:
            assert ((first, second) in pairs) == (together > sum(alone))
        else:
            assert (first, second) not in pairs or together > sum(alone)


@settings(max_examples=100, deadline=None)
@given(st.integers(2, 6), st.data())
def test_alembic_sees_another_head_where_a_stream_re_parents(length: int, data: st.DataObject) -> None:
    """One that puts some of the target's migrations on others, and adds its own."""
    target = [node(f"t{at}" + (f"<t{at - 1}" if at else "")) for at in range(length)]
    fresh = [
        node(f"a{at}<{data.draw(st.sampled_from(target)).id}") for at in range(data.draw(st.integers(0, 3)))
    ]
    moved = []
    for at in range(1, length):
        above = [*(node.id for node in target[:at]), *(node.id for node in fresh)]
        if data.draw(st.booleans()):
            moved.append(node(f"t{at}<{data.draw(st.sampled_from(above))}"))
    after = {node.id: node for node in (*target, *fresh, *moved)}
    if _circular(after):
        return
    forks = collided(tuple(target), delta("a", *fresh, *(node for node in moved if node not in target))).forks
    assert bool(forks) == (heads(after) > 1)


def _circular(nodes: dict[str, Node]) -> bool:
    for start in nodes:
        at, seen = start, set[str]()
        while nodes[at].parents and at not in seen:
            seen.add(at)
            at = nodes[at].parents[0].id
        if nodes[at].parents:
            return True
    return False


@settings(max_examples=100, deadline=None)
@given(worlds(squashes=False))
def test_alembic_sees_another_head_where_a_stream_forks_alone(world: World) -> None:
    target, deltas = world
    ground = {node.id: node for node in target}
    for stream in deltas:
        forks = collided(target, stream).forks
        more = heads(ground | {node.id: node for node in stream.added}) - heads(ground)
        assert forks or more <= 0
        assert not forks or more > 0 or heads(ground) > 1


def leaves(nodes: Iterable[Node], applied: Iterable[str] = ()) -> set[str] | None:
    """What Django finds nothing to follow, where these have been applied; None when it cannot load the migrations."""
    disk = {}
    for literal in nodes:
        migration = Migration(literal.id, literal.key.store)
        migration.dependencies = list(map(tuple, literal.parents))
        migration.replaces = list(map(tuple, literal.replaces))
        disk[tuple(literal.key)] = migration
    django = MigrationLoader(None, load=False)
    django.load_disk = lambda: None
    django.connection = object()
    django.disk_migrations, django.migrated_apps, django.unmigrated_apps = disk, {*"xy", "db"}, set()
    applied_keys = {key: None for key in disk if key[1] in applied}
    with patch("django.db.migrations.loader.MigrationRecorder") as recorder:
        recorder.return_value.applied_migrations.return_value = applied_keys
        try:
            with suppress(CircularDependencyError):  # which is found once the graph is there
                django.build_graph()
        except NodeNotFoundError:
            return None
    return {name for _, name in django.graph.leaf_nodes()}


def conflicts(nodes: dict[str, Node], applied: Iterable[str] = ()) -> bool:
    """Whether Django finds two leaves."""
    result = leaves(nodes.values(), applied)
    assert result is not None
    return len(result) > 1


@settings(max_examples=100, deadline=None)
@given(worlds(squashes=True))
def test_django_sees_two_leaves_where_a_fork_is_told(world: World) -> None:
    """In a new database, and in one that has a part of everything that is squashed."""
    target, deltas = world
    ground = {node.id: node for node in target}
    added = {stream.stream: {node.id: node for node in stream.added} for stream in deltas}
    for state, applied in (("stands", ()), ("partly", ("t0",))):
        alone = {name: conflicts(ground | nodes, applied) for name, nodes in added.items()}
        for first, second in combinations(deltas, 2):
            forks = [fork for fork in collided(target, first, second).forks if fork.state in ("", state)]
            together = conflicts(ground | added[first.stream] | added[second.stream], applied)
            if alone[first.stream] or alone[second.stream]:
                assert forks
            elif any(not fork.sure for fork in forks):
                assert {fork.kind for fork in forks} == {"squash"}
            else:
                assert bool(forks) == together


def circular(nodes: Iterable[Node], applied: Iterable[str] = ()) -> bool:
    """Whether Django finds migrations of its apps that wait for one another."""
    with pytest.MonkeyPatch.context() as patched:
        result: list[bool] = []
        check = MigrationGraph.ensure_not_cyclic

        def report(graph: MigrationGraph) -> None:
            with suppress(CircularDependencyError):
                check(graph)
                return
            result.append(True)

        patched.setattr(MigrationGraph, "ensure_not_cyclic", report)
        leaves(nodes, applied)
        return bool(result)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_django_sees_a_circle_where_one_is_told(data: st.DataObject) -> None:
    """Migrations of two apps that follow one another, and a stream that squashes some of one app's."""
    target: list[Node] = []
    for at in range(data.draw(st.integers(2, 7))):
        app = data.draw(st.sampled_from("xy"))
        last = [f"{node.key.store}.{node.id}" for node in target if node.key.store == app][-1:]
        others = [f"{node.key.store}.{node.id}" for node in target if node.key.store != app]
        more = data.draw(st.lists(st.sampled_from(others), max_size=1)) if others else []
        target.append(node(f"{app}.{app}{at}<{','.join((*last, *more))}"))
    of_x = [node.id for node in target if node.key.store == "x"]
    if len(of_x) < 2:
        return
    first = data.draw(st.integers(0, len(of_x) - 2))
    squashed = tuple(of_x[first : data.draw(st.integers(first + 2, len(of_x)))])
    squash = node("x.s" + (f"<x.{of_x[first - 1]}" if first else ""), replaces=squashed)
    states = {cycle.state for cycle in collided(tuple(target), delta("a", squash)).cycles}
    assert bool(states & {"", "stands"}) == circular((*target, squash))
    assert bool(states & {"", "partly"}) == circular((*target, squash), squashed[:1])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_squashes_take_places_as_in_django(data: st.DataObject) -> None:
    """Whatever they replace, of one another too, and in whatever order they come."""
    length = data.draw(st.integers(1, 6))
    nodes = [
        node(f"t{at}" + (f"<t{data.draw(st.integers(0, at - 1))}" if at else "")) for at in range(length)
    ]
    names = [*(node.id for node in nodes), "nowhere"]
    for at in range(data.draw(st.integers(1, 3))):
        replaces = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        parent = data.draw(st.sampled_from([name for name in names if name != "nowhere"]))
        nodes.append(node(f"s{at}" + ("" if parent in replaces else f"<{parent}"), replaces=tuple(replaces)))
        names.append(f"s{at}")
    ordered = data.draw(st.permutations(nodes))
    order = [node.key for node in ordered if node.replaces]
    result = squashes.leaves({node.key: node for node in nodes}, order)
    assert (None if result is None else {key.id for key in result}) == leaves(ordered)


@pytest.mark.parametrize(("nodes", "expected"), [(("a", "b<a"), 1), (("a", "b<a", "c<a"), 2)])
def test_the_oracle_counts(nodes: tuple[str, ...], expected: int) -> None:
    assert heads({text: node(text) for text in nodes}) == expected
    assert conflicts({node(text).id: node(text) for text in nodes}) == (expected > 1)
