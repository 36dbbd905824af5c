"""What is left of collisions once two streams have really been merged: history they share may drop a migration."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.git import changes
from gate.model.git import Clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.git.repository import Repository
    from gate.migrations.gathering.blob_facts import Texts
    from gate.model.collisions import DuplicateMigration, Fork, MigrationFacts
    from gate.model.facts import PairFacts
    from gate.model.git import Target
    from gate.model.migrations import Node

Pair = tuple[str, str]
"""Two streams, in name order."""


def proved(
    facts: MigrationFacts,
    repository: Repository,
    target: Target,
    pairs: Sequence[PairFacts],
    texts: Texts,
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
    held = {
        pair: {change.path: change.new_blob for change in answer}
        for pair, answer in zip(asked, answers, strict=True)
    }
    merges = _Merges(held, texts)
    return replace(
        facts,
        forks=tuple(kept for fork in facts.forks for kept in _fork(fork, merges)),
        duplicates=tuple(one for one in facts.duplicates if merges.repeat(one)),
        missing_parents=tuple(
            one for one in facts.missing_parents if merges.have(_key(one.producer, one.consumer), (one.node,))
        ),
    )


def _pairs(facts: MigrationFacts) -> Iterator[Pair]:
    for fork in facts.forks:
        yield from fork.apart
    for one in facts.duplicates:
        yield _key(one.first, one.second)
    for lost in facts.missing_parents:
        yield _key(lost.producer, lost.consumer)


def _key(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class _Merges:
    """What the real merges of pairs hold that the target does not: blobs by path."""

    held: Mapping[Pair, Mapping[str, str]]
    texts: Texts

    def have(self, pair: Pair, nodes: Sequence[Node]) -> bool:
        """Whether all of these migrations are there, equal ones as often as they are given; yes where nobody knows."""
        if pair not in self.held:
            return True
        held = self.held[pair]
        parts = [
            part.digest
            for tool, path in {(node.tool, node.path) for node in nodes if node.digest}
            if held.get(path)
            for one in (self.texts.get((held[path], tool)),)
            if one is not None
            for part in one.parts
        ]
        return Counter(node.content for node in nodes) <= Counter((*held.values(), *parts))

    def repeat(self, one: DuplicateMigration) -> bool:
        """Whether both are there. What two streams write alike in one file is one, unless their merge has it twice."""
        pair, (first, second) = _key(one.first, one.second), one.nodes
        alike = bool(first.digest) and one.same and first.path == second.path and all(pair)
        return (pair in self.held or not alike or one.first == one.second) and self.have(pair, one.nodes)


def _fork(fork: Fork, merges: _Merges) -> Iterator[Fork]:
    """The fork without the pairs whose merge lacks one of their chains."""
    heads = {stream: [one.head for one in fork.chains if one.stream == stream] for stream in fork.streams}
    apart = tuple(pair for pair in fork.apart if merges.have(pair, (*heads[pair[0]], *heads[pair[1]])))
    if apart == fork.apart:
        yield fork
    elif apart:
        left = {stream for pair in apart for stream in pair}
        chains = tuple(chain for chain in fork.chains if chain.stream in left)
        yield replace(fork, apart=apart, chains=chains)
