"""Streams on top of one another are one line of a fork."""

from __future__ import annotations

import pytest

from gate.migrations.graph.stacked import unstacked
from gate.model.collisions import Chain, Fork
from gate.model.facts import Stack
from gate.model.migrations import Key, Node, Store

STORE = Store("alembic", "db/versions", ("db/versions",))
STACKS = (Stack("lower", "upper", 1, exact=True),)


def chain(stream: str, *names: str) -> Chain:
    nodes = tuple(
        Node("alembic", Key("db/versions", name), f"db/versions/{name}.py", f"blob-{name}") for name in names
    )
    return Chain(stream, nodes)


@pytest.mark.parametrize(
    ("chains", "left"),
    [
        ([chain("other", "c"), chain("upper", "b"), chain("lower", "b")], ["other", "lower"]),
        ([chain("lower", "b"), chain("other", "c"), chain("upper", "b", "d")], ["other", "upper"]),
        ([chain("x", "b"), chain("a", "b"), chain("other", "c")], ["a", "other"]),
        ([chain("one", "b", "c"), chain("one", "b", "d")], ["one", "one"]),
        ([chain("one", "b"), chain("other", "c")], ["one", "other"]),
    ],
)
def test_each_line_counts_once(chains: list[Chain], left: list[str]) -> None:
    apart = (("lower", "other"), ("other", "upper"))
    ranks = {chain.stream: (at, 1, chain.stream) for at, chain in enumerate(chains)}
    [fork] = unstacked([Fork(STORE, "heads", None, tuple(chains), apart)], STACKS, ranks)

    assert [chain.stream for chain in fork.chains] == left
    assert set(fork.streams) >= {"lower", "other", "upper"}


def test_chains_come_in_the_order_of_landing() -> None:
    chains = (chain("a", "b"), chain("z", "c"))
    ranks = {"a": (2, 1, "a"), "z": (1, 1, "z")}
    [fork] = unstacked([Fork(STORE, "heads", None, chains, (("a", "z"),))], (), ranks)

    assert [chain.stream for chain in fork.chains] == ["z", "a"]
