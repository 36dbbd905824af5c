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
    from gate.migrations.gathering.blob_facts import MigrationTexts
    from gate.model.collisions import DuplicateMigration, Fork, MigrationFacts
    from gate.model.facts import PairFacts
    from gate.model.git import Target
    from gate.model.migrations import Node

Pair = tuple[str, str]
"""Two streams, in name order."""


def held_by_merges(
    facts: MigrationFacts,
    repository: Repository,
    target: Target,
    pairs: Sequence[PairFacts],
    texts: MigrationTexts,
) -> MigrationFacts:
    """Return the facts without what the real merge of two streams does not hold.

    Only pairs that were merged are looked at: of the others the merge holds what both bring.
    """
    trees = {(pair.first, pair.second): pair.merge.tree for pair in pairs if isinstance(pair.merge, Clean)}
    wanted = [pair for pair in dict.fromkeys(_pairs(facts)) if pair in trees]
    try:
        merged = changes.between(repository, [(target.tree, trees[pair]) for pair in wanted], renames=False)
    except GitFailed:
        return facts
    blobs = {
        pair: {change.path: change.new_blob for change in change_set}
        for pair, change_set in zip(wanted, merged, strict=True)
    }
    merges = _Merges(blobs, texts)
    return replace(
        facts,
        forks=tuple(kept for fork in facts.forks for kept in _fork(fork, merges)),
        duplicates=tuple(duplicate for duplicate in facts.duplicates if merges.repeat(duplicate)),
        missing_parents=tuple(
            missing
            for missing in facts.missing_parents
            if merges.hold(_pair(missing.producer, missing.consumer), (missing.node,))
        ),
    )


def _pairs(facts: MigrationFacts) -> Iterator[Pair]:
    for fork in facts.forks:
        yield from fork.apart
    for duplicate in facts.duplicates:
        yield _pair(duplicate.first, duplicate.second)
    for missing in facts.missing_parents:
        yield _pair(missing.producer, missing.consumer)


def _pair(first: str, second: str) -> Pair:
    return (first, second) if first < second else (second, first)


@dataclass(frozen=True, slots=True)
class _Merges:
    """The blobs, by pair and path, that the real merges of pairs hold and the target does not."""

    blobs: Mapping[Pair, Mapping[str, str]]
    texts: MigrationTexts

    def hold(self, pair: Pair, nodes: Sequence[Node]) -> bool:
        """Return whether a merge holds all of these migrations, equal ones as often as they are in `nodes`.

        A pair that was not merged holds them.
        """
        if pair not in self.blobs:
            return True
        blobs = self.blobs[pair]
        files = {(node.tool, node.path) for node in nodes if node.digest and blobs.get(node.path)}
        migrations = (self.texts.get((blobs[path], tool)) for tool, path in files)
        parts = [part.digest for migration in migrations if migration is not None for part in migration.parts]
        return Counter(node.content for node in nodes) <= Counter((*blobs.values(), *parts))

    def repeat(self, duplicate: DuplicateMigration) -> bool:
        """Return whether both of a duplicate exist.

        What two streams write alike in one file is one migration, unless their merge has it twice.
        """
        pair, (first, second) = _pair(duplicate.first, duplicate.second), duplicate.nodes
        alike = bool(first.digest) and duplicate.same and first.path == second.path and all(pair)
        counts = pair in self.blobs or not alike or duplicate.first == duplicate.second
        return counts and self.hold(pair, duplicate.nodes)


def _fork(fork: Fork, merges: _Merges) -> Iterator[Fork]:
    """Yield the fork without the pairs whose merge lacks one of their chains, if any pair is left."""
    heads = {
        stream: [chain.head for chain in fork.chains if chain.stream == stream] for stream in fork.streams
    }
    apart = tuple(pair for pair in fork.apart if merges.hold(pair, (*heads[pair[0]], *heads[pair[1]])))
    if apart == fork.apart:
        yield fork
    elif apart:
        left = {stream for pair in apart for stream in pair}
        chains = tuple(chain for chain in fork.chains if chain.stream in left)
        yield replace(fork, apart=apart, chains=chains)
