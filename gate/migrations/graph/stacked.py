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
    """Return the forks without chains that are a part of another one; of equal ones the lowest stream's stays.

    The chains come in the order in which their streams would land if nothing else decided, by their `ranks`.
    """
    pairs = {(stack.lower, stack.upper) for stack in stacks}

    def rank(chain: Chain) -> tuple[int, int, str]:
        return ranks[chain.stream]

    return tuple(
        replace(fork, chains=tuple(sorted(_longest(fork.chains, pairs), key=rank))) for fork in forks
    )


def _longest(chains: Sequence[Chain], pairs: Set[tuple[str, str]]) -> tuple[Chain, ...]:
    """Return the chains that no other one holds; `pairs` are (lower stream, upper stream)."""
    held = [{(node.key, node.blob) for node in chain.nodes} for chain in chains]
    dropped = {
        at
        for at, chain in enumerate(chains)
        for rival_at, rival in enumerate(chains)
        if held[at] < held[rival_at] or (held[at] == held[rival_at] and _gives_way(chain, rival, pairs))
    }
    return tuple(chain for at, chain in enumerate(chains) if at not in dropped)


def _gives_way(chain: Chain, rival: Chain, pairs: Set[tuple[str, str]]) -> bool:
    """Return whether the rival's stream is the lower one of two that have the same chain."""
    if (chain.stream, rival.stream) in pairs or (rival.stream, chain.stream) in pairs:
        return (rival.stream, chain.stream) in pairs
    return rival.stream < chain.stream
