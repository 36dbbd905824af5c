"""What one side tests or starts to use of what another changes without breaking it: a reason to land in order.

Few and specific: nobody reads a list of everything that calls what changed. Left out are definitions that run as
before, those whose change the reader has too, what only type checkers read, and hubs, which say nothing of any one
side. The most specific comes first: a test that expects a text which is removed; a test of what is called differently,
a test named after what changed, other tests; then code that is no test.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from gate.model.names import WriteRead
from gate.names.reads.definitions import definition_reads
from gate.names.reads.members import member_reads
from gate.names.reads.read import is_named_after
from gate.names.reads.texts import text_reads

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.names.meetings import Meetings
    from gate.names.reads.read import Pair, RankedRead
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges

    Reads = dict[tuple[str, str], RankedRead]
    """By file and name: the most specific read of a definition."""

MOST = 3
"""Names reported of one pair; nobody reads more."""
HUB = 3
"""Sides that read a definition, from which on it says something of none of them."""


def write_reads(
    states: States,
    changes: Mapping[str, StreamChanges],
    meetings: Meetings,
    merges: Mapping[Pair, Mapping[str, str]],
) -> Iterator[WriteRead]:
    """Yield what readers use of what writers change, the most specific first.

    `changes` are by side; `merges` have the blobs of changed files of merged pairs, by their names in order.
    """
    by_pair: dict[Pair, Reads] = defaultdict(dict)
    for pair, ranked in chain(
        definition_reads(states, changes, meetings, merges),
        member_reads(states, changes),
        text_reads(states, changes, meetings),
    ):
        _keep(by_pair[pair], ranked)
    hubs = _hubs(by_pair)
    for (writer, reader), reads in sorted(by_pair.items()):
        specific = [read for key, read in reads.items() if key not in hubs or _stands_out(read)]
        specific.sort(key=lambda ranked: (ranked.rank, ranked.path, ranked.read.name))
        if specific:
            yield WriteRead(writer, reader, tuple(ranked.read for ranked in specific[:MOST]))


def _keep(reads: Reads, ranked: RankedRead) -> None:
    """Add a read, unless there is a more specific one of the definition."""
    key = (ranked.path, ranked.read.name)
    if key not in reads or _order(ranked) < _order(reads[key]):
        reads[key] = ranked


def _order(ranked: RankedRead) -> tuple[tuple[int, ...], str]:
    return ranked.rank, ranked.read.use_place.path


def _hubs(by_pair: Mapping[Pair, Reads]) -> set[tuple[str, str]]:
    """Return the definitions, by file and name, that so many sides read that they are hubs."""
    readers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (_, reader), reads in by_pair.items():
        for key in reads:
            readers[key].add(reader)
    return {key for key, names in readers.items() if len(names) >= HUB}


def _stands_out(ranked: RankedRead) -> bool:
    """Return whether a read of a hub still says something of its writer."""
    read = ranked.read
    return read.aspect == "text" or (read.test and is_named_after(read.inside, read.name))
