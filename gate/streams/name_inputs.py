"""The inputs of the comparison of names: facts of files, trees and merges, from git and the kept facts.

Loads all of `gate.names`, so it is loaded itself only where source files are read.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.cache.database import FactsCache
from gate.cache.source_facts import SourceFacts
from gate.git import search
from gate.git.changes import between, tree_paths
from gate.model.git import FILES, Clean
from gate.names.pairs import analyse_pairs
from gate.names.sets import find_broken_sets
from gate.names.source import SideFiles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.model.facts import NotChecked, PairFacts, StreamFacts
    from gate.model.git import Merge
    from gate.model.names import NameFacts, SetBrokenUse
    from gate.model.plan import Rehearsal
    from gate.names.analysis import NameAnalysis
    from gate.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TreeSource:
    """A tree as the base that sides are compared on: the target's, or that of a merge base."""

    workspace: Workspace
    blobs: SourceFacts
    tree: str

    def paths(self) -> Mapping[str, str]:
        """Return the tree's blobs by path."""
        return dict(tree_paths(self.workspace.repository, self.tree))

    def changed_blobs(self, trees: Sequence[str]) -> list[dict[str, str]]:
        """Return for each tree the blobs of the paths in which it differs from the base, "" for removed ones."""
        pairs = [(self.tree, tree) for tree in trees]
        return [
            {change.path: change.new_blob if change.new_mode in FILES else "" for change in changes}
            for changes in between(self.workspace.repository, pairs, renames=False)
        ]

    def merge(self, ours: str, theirs: str) -> Merge:
        """Merge two commits."""
        return self.workspace.merger.merge(ours, theirs)

    def files_holding(self, words: Collection[str], endings: Collection[str]) -> Mapping[str, set[str]]:
        """Return by word the base's files with these endings in which it stands by itself."""
        return search.holding(self.workspace.repository, self.tree, words, endings)

    def is_partial(self) -> bool:
        """Return whether blobs may be missing that git would have to fetch one by one."""
        return search.is_partial(self.workspace.repository)


@dataclass(frozen=True, slots=True)
class ComparedNames:
    """The finished comparison of pairs, with what is needed to ask it about larger sets of streams."""

    source: TreeSource
    analysis: NameAnalysis

    @property
    def facts(self) -> NameFacts:
        """The collisions of pairs."""
        return self.analysis.facts

    def broken_sets(
        self, landed: Mapping[str, Clean], rehearsal: Rehearsal
    ) -> tuple[tuple[SetBrokenUse, ...], tuple[NotChecked, ...]]:
        """Return what only three or more streams of the rehearsal break, and what was not narrowed down.

        `landed` has the streams' landed states by name.
        """
        target = self.source.workspace.target
        with kept(self.source.workspace, self.source.blobs):
            return find_broken_sets(self.analysis, Clean(target.tree, target.commit), landed, rehearsal)


def compare_names(
    workspace: Workspace, streams: Sequence[StreamFacts], pairs: Sequence[PairFacts]
) -> tuple[ComparedNames, tuple[PairFacts, ...], tuple[NotChecked, ...]]:
    """Compare the names of streams that have landed states.

    Return the comparison, the merged pairs (those of `pairs`, and those that only meet in a name), and what was not
    read.
    """
    source = TreeSource(workspace, source_facts(workspace), workspace.target.tree)
    sides = [_side(stream) for stream in streams]
    with kept(workspace, source.blobs):
        analysis, merged, notes = analyse_pairs(source, sides, pairs)
    return ComparedNames(source, analysis), merged, notes


def _side(stream: StreamFacts) -> SideFiles:
    assert stream.landed is not None
    return SideFiles(
        stream.name, stream.files, stream.renamed, stream.landed.commit, judged=stream.stream.judged
    )


def source_facts(workspace: Workspace) -> SourceFacts:
    """Return the facts of source files by blob, none of them read yet."""
    return SourceFacts(workspace.objects, FactsCache(None), workspace.jobs or os.cpu_count() or 1)


@contextlib.contextmanager
def kept(workspace: Workspace, blobs: SourceFacts) -> Iterator[None]:
    """Keep what is read meanwhile in the workspace's cache."""
    with FactsCache(workspace.cache_folder) as cache:
        blobs.keep_in(cache)
        yield
        blobs.save()
