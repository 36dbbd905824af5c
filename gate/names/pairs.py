"""The comparison of every pair of sides that meet in a name or share a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.facts import NotChecked, PairFacts
from gate.model.git import Conflicted, NotTried
from gate.model.names import BrokenText, BrokenUse, Cycle, DuplicateDefinition, NameFacts, WriteRead
from gate.model.words import counted
from gate.names.analysis import NameAnalysis
from gate.names.broken_uses import broken_uses
from gate.names.compared_pair import ComparedPair
from gate.names.data_files import broken_data, oversized_data, shared_data
from gate.names.duplicates import duplicates, shared_sources
from gate.names.excerpts import excerpts
from gate.names.import_cycles import ImportCycles
from gate.names.meetings import find_meetings
from gate.names.member_index import index_members
from gate.names.package_duplicates import pairs_sharing_package
from gate.names.reads import write_reads
from gate.names.states import MergedFiles, States
from gate.names.stream_changes import ComparedSide, compare_sides
from gate.names.unbound_locals import unbound_locals
from gate.names.unknown_members import UnknownMembers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.model.git import Merge
    from gate.names.source import NameSource, SideFiles
    from gate.names.stream_changes import StreamChanges

Pair = tuple[str, str]
Collision = BrokenUse | Cycle | DuplicateDefinition | BrokenText | WriteRead
_BREAKS = (BrokenUse, Cycle, DuplicateDefinition)
"""Collisions of pairs that share no path, for which the pair is merged for real, as the proof."""


def analyse_pairs(
    source: NameSource,
    sides: Sequence[SideFiles],
    merged_pairs: Sequence[PairFacts],
    *,
    with_reads: bool = True,
) -> tuple[NameAnalysis, tuple[PairFacts, ...], tuple[NotChecked, ...]]:
    """Return the collisions of all pairs of sides, the pairs that are merged by now, and what could not be read.

    `merged_pairs` are those merged before; a pair that only meets in a name is merged where something breaks. Without
    `with_reads`, what readers use of what writers change is left out.
    """
    states = States(source)
    comparison = _Comparison(states, sides)
    merges = {(pair.first, pair.second): pair for pair in merged_pairs}
    pairs = comparison.pairs(merges)
    collisions: list[Collision] = []
    for pair in pairs:
        if pair in merges:
            continue
        unproved = comparison.collisions(pair, comparison.combined_files(pair))
        if any(isinstance(collision, _BREAKS) for collision in unproved):
            merges[pair] = comparison.merge(pair)
        else:
            collisions += unproved
    files = _merged_files(source, {pair: merges[pair].merge for pair in pairs if pair in merges})
    for pair, merged in files.items():
        collisions += comparison.collisions(pair, merged)
        collisions += comparison.broken_data(pair, merged)
    if with_reads:
        collisions += comparison.reads(files, collisions)
    facts = _sorted(collisions)
    facts = replace(facts, excerpts=excerpts(states, comparison.changes, facts))
    notes = (*_unreadable(states, comparison.changes.values()), *comparison.skipped(files))
    return comparison.analysis(facts), tuple(merges[pair] for pair in sorted(merges)), notes


class _Comparison:
    """What all sides do and where they meet, from which any pair is compared."""

    def __init__(self, states: States, sides: Sequence[SideFiles]) -> None:
        self._states = states
        self._files = {side.name: side for side in sides}
        self.changes = compare_sides(states, sides)
        self._members = index_members(states, self.changes)
        self._meetings = find_meetings(states, self.changes)
        self._cycles = ImportCycles(states, self.changes)
        self._sides = {
            name: ComparedSide(side_changes, states.state(MergedFiles(side_changes.changed_blobs)))
            for name, side_changes in self.changes.items()
        }

    def pairs(self, merged: Iterable[Pair]) -> list[Pair]:
        """Return the pairs worth comparing, sorted: those that meet in a name, and merged ones that share a file."""
        meeting = {
            _in_order(pair)
            for pair in (
                *self._meetings.new_uses,
                *self._members.pairs(),
                *pairs_sharing_package(self.changes),
                *self._cycles.pairs(),
            )
        }
        sharing = {pair for pair in merged if self._shares_file(pair)}
        return sorted(pair for pair in meeting | sharing if self._is_judged(pair))

    def _shares_file(self, pair: Pair) -> bool:
        first, second = (self.changes.get(name) for name in pair)
        if first is None or second is None:
            return False
        return bool(shared_sources(first, second) or shared_data(first, second))

    def _is_judged(self, pair: Pair) -> bool:
        return any(self._files[name].judged for name in pair)

    def combined_files(self, pair: Pair) -> MergedFiles:
        """Return the base with the changes of both sides, which is their merge where they share no path."""
        first, second = (self.changes[name].changed_blobs for name in pair)
        return MergedFiles({**first, **second})

    def merge(self, pair: Pair) -> PairFacts:
        """Merge the sides of a pair."""
        first, second = (self._files[name].commit for name in pair)
        return PairFacts(*pair, self._states.source.merge(first, second))

    def collisions(self, pair: Pair, files: MergedFiles) -> list[Collision]:
        """Return the collisions of a pair in its merged files, data files and reads aside."""
        first, second = (self._sides[name] for name in pair)
        compared = ComparedPair(first, second, self._states.state(files))
        broken = [*self._broken_uses(compared), *unbound_locals(compared)]
        # The class of a parameter may be declared, so that its member is resolved, too.
        resolved = {_use_key(use) for use in broken}
        members = UnknownMembers(self._members, self._states, self.changes).broken_uses(pair, files)
        return [
            *broken,
            *duplicates(compared),
            *(use for use in members if _use_key(use) not in resolved),
            *self._cycles.failing(pair, files),
        ]

    def _broken_uses(self, pair: ComparedPair) -> Iterator[BrokenUse]:
        for producer, consumer in pair.both_ways():
            uses = self._meetings.new_uses.get((producer.name, consumer.name), ())
            yield from broken_uses(producer, consumer.changes, pair.merged, uses)

    def broken_data(self, pair: Pair, files: MergedFiles) -> Iterator[BrokenText]:
        """Yield what is wrong with the merged data files of a pair."""
        first, second = (self.changes[name] for name in pair)
        return broken_data(self._states.blobs, first, second, files)

    def reads(
        self, files: Mapping[Pair, MergedFiles], collisions: Iterable[Collision]
    ) -> Iterator[WriteRead]:
        """Yield what readers use of what writers change, where it does not break; `files` are of merged pairs."""
        broken = {(use.producer, use.consumer) for use in collisions if isinstance(use, BrokenUse)}
        merges = {pair: merged.blobs for pair, merged in files.items()}
        for read in write_reads(self._states, self.changes, self._meetings, merges):
            pair = (read.writer, read.reader)
            if pair not in broken and self._is_judged(pair):
                yield read

    def skipped(self, files: Mapping[Pair, MergedFiles]) -> Iterator[NotChecked]:
        """Yield what was too much to look at; `files` are of merged pairs."""
        oversized = {path for pair, merged in files.items() for path in self._oversized(pair, merged)}
        if oversized:
            yield NotChecked(f"the merged text of {counted(len(oversized), 'data file')}", registry.TOO_LARGE)
        yield from self._members.skipped
        yield from self._cycles.skipped

    def _oversized(self, pair: Pair, files: MergedFiles) -> Iterator[str]:
        first, second = (self.changes[name] for name in pair)
        return oversized_data(self._states.blobs, first, second, files)

    def analysis(self, facts: NameFacts) -> NameAnalysis:
        """Return what sets of streams are asked of later."""
        return NameAnalysis(self._states, self.changes, self._meetings.new_uses, self._members, facts)


def _merged_files(source: NameSource, merges: Mapping[Pair, Merge]) -> dict[Pair, MergedFiles]:
    """Return the files of the merges that could be tried."""
    tried = {pair: merge for pair, merge in merges.items() if not isinstance(merge, NotTried)}
    blobs = source.changed_blobs([merge.tree for merge in tried.values()])
    return {
        pair: MergedFiles(changed_blobs, merge.paths if isinstance(merge, Conflicted) else ())
        for (pair, merge), changed_blobs in zip(tried.items(), blobs, strict=True)
    }


def _use_key(use: BrokenUse) -> tuple[str, str, str]:
    return use.consumer, use.use_place.path, use.changed_name


def _in_order(pair: Pair) -> Pair:
    first, second = pair
    return (first, second) if first < second else (second, first)


def _sorted(collisions: Iterable[Collision]) -> NameFacts:
    ordered = sorted(collisions, key=repr)
    return NameFacts(
        tuple(collision for collision in ordered if isinstance(collision, BrokenUse)),
        tuple(collision for collision in ordered if isinstance(collision, DuplicateDefinition)),
        tuple(collision for collision in ordered if isinstance(collision, BrokenText)),
        tuple(collision for collision in ordered if isinstance(collision, WriteRead)),
        tuple(collision for collision in ordered if isinstance(collision, Cycle)),
    )


def _unreadable(states: States, changes: Iterable[StreamChanges]) -> Iterator[NotChecked]:
    """Yield changed files that could not be read, a note for each reason."""
    blobs = (item for side_changes in changes for item in side_changes.changed_blobs.items())
    files = {(blob, path) for path, blob in blobs if blob and registry.language(path)}
    facts = (states.blobs.facts(blob, path) for blob, path in files)
    counts = Counter(version.why for version in facts if version.parse != "full")
    for why, count in sorted(counts.items()):
        yield NotChecked(f"names in {counted(count, 'changed source file')}", why)
