"""What is left of collisions once two streams have really been merged: history they share may drop a migration."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.git import changes
from gate.model.git import Clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.git.repository import Repository
    from gate.model.facts import PairFacts
    from gate.model.git import Target
    from gate.model.migrations import Fork, MigrationFacts, Node

Pair = tuple[str, str]
Blobs = dict[Pair, Counter[str]]
"""By pair of streams, in name order: what their merge holds that the target does not, and at how many paths."""


def proved(
    facts: MigrationFacts, repository: Repository, target: Target, pairs: Sequence[PairFacts]
) -> MigrationFacts:
    """The same without what the real merge of two streams does not hold.

    Only pairs that were merged are looked at: of the others the merge holds what both bring.
    """
    trees = {(pair.first, pair.second): pair.merge.tree for pair in pairs if isinstance(pair.merge, Clean)}
    asked = [pair for pair in dict.fromkeys(_pairs(facts)) if pair in trees]
    try:
        answers = changes.between(repository, [(target.tree, trees[pair]) for pair in asked], renames=False)
    except GitFailed:
        return facts
    held: Blobs = {
        pair: Counter(change.new_blob for change in answer)
        for pair, answer in zip(asked, answers, strict=True)
    }
    return replace(
        facts,
        forks=tuple(kept for fork in facts.forks for kept in _fork(fork, held)),
        duplicates=tuple(
            one for one in facts.duplicates if _there(_key(one.first, one.second), one.nodes, held)
        ),
        lost=tuple(one for one in facts.lost if _there(_key(one.producer, one.consumer), (one.node,), held)),
    )


def _pairs(facts: MigrationFacts) -> Iterator[Pair]:
    for fork in facts.forks:
        yield from fork.apart
    for one in facts.duplicates:
        yield _key(one.first, one.second)
    for lost in facts.lost:
        yield _key(lost.producer, lost.consumer)


def _key(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _fork(fork: Fork, held: Blobs) -> Iterator[Fork]:
    """The fork without the pairs whose merge lacks one of their chains."""
    heads = {stream: [one.head for one in fork.chains if one.stream == stream] for stream in fork.streams}
    apart = tuple(pair for pair in fork.apart if _there(pair, (*heads[pair[0]], *heads[pair[1]]), held))
    if apart == fork.apart:
        yield fork
    elif apart:
        left = {stream for pair in apart for stream in pair}
        chains = tuple(chain for chain in fork.chains if chain.stream in left)
        yield replace(fork, apart=apart, chains=chains)


def _there(pair: Pair, nodes: Iterable[Node], held: Blobs) -> bool:
    return pair not in held or Counter(node.blob for node in nodes) <= held[pair]
