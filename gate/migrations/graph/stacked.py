"""Streams built on one another share their migrations: a fork counts such a chain once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from gate.model.collisions import Chain, Fork
    from gate.model.facts import Stack


def unstacked(
    forks: Iterable[Fork], stacks: Iterable[Stack], ranks: Mapping[str, tuple[int, int, str]]
) -> tuple[Fork, ...]:
    """The forks without chains that are a part of another one; of equal ones the lowest stream's stays.

    The chains come in the order in which their streams would land if nothing else decided, by their `ranks`.
    """
    above = {(stack.lower, stack.upper) for stack in stacks}
    return tuple(
        replace(fork, chains=tuple(sorted(_longest(fork.chains, above), key=lambda one: ranks[one.stream])))
        for fork in forks
    )


def _longest(chains: Sequence[Chain], above: Set[tuple[str, str]]) -> tuple[Chain, ...]:
    held = [{(node.key, node.blob) for node in chain.nodes} for chain in chains]
    dropped = {
        at
        for at, one in enumerate(chains)
        for other_at, other in enumerate(chains)
        if held[at] < held[other_at] or (held[at] == held[other_at] and _gives_way(one, other, above))
    }
    return tuple(chain for at, chain in enumerate(chains) if at not in dropped)


def _gives_way(one: Chain, other: Chain, above: Set[tuple[str, str]]) -> bool:
    if (one.stream, other.stream) in above or (other.stream, one.stream) in above:
        return (other.stream, one.stream) in above
    return other.stream < one.stream
