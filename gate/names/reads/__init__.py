"""What one stream tests or starts to use of what another changes without breaking it: a reason to land in order.

Few and specific: nobody reads a list of everything that calls what changed. Left out are definitions that run as
before, those whose change the reader carries, what only type checkers read, and hubs, which say nothing of any one
stream. The most specific comes first: a test that expects a text which is gone; a test of what is called differently,
a test named after what changed, other tests; then code that is no test.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.model.names import WriteRead
from gate.names.reads import definitions, members, texts
from gate.names.reads.read import Found, Met, Pair, named_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.names.states import Work, World

__all__ = ["Met", "reads"]

MOST = 3
"""Names told of one pair; nobody reads more."""
HUB = 3
"""Streams that read a definition, from which on it says something of none of them."""

Own = dict[tuple[str, str], Found]
"""By file and name: the most specific read of it."""


def reads(
    world: World, works: Mapping[str, Work], met: Met, merges: Mapping[Pair, Mapping[str, str]]
) -> Iterator[WriteRead]:
    """What readers use of what writers change, the most specific first.

    `merges` are the files of merged pairs, by their names in order.
    """
    found: dict[Pair, Own] = defaultdict(dict)
    for pair, one in definitions.found(world, works, met, merges):
        _keep(found[pair], one)
    for pair, one in members.found(world, works):
        _keep(found[pair], one)
    for pair, one in texts.found(world, works, met):
        _keep(found[pair], one)
    hubs = _hubs(found)
    for (writer, reader), own in sorted(found.items()):
        told = [one for key, one in own.items() if key not in hubs or _stands_out(one)]
        told.sort(key=lambda one: (one.rank, one.path, one.read.name))
        if told:
            yield WriteRead(writer, reader, tuple(one.read for one in told[:MOST]))


def _keep(own: Own, one: Found) -> None:
    key = (one.path, one.read.name)
    if key not in own or (one.rank, one.read.use_place.path) < (own[key].rank, own[key].read.use_place.path):
        own[key] = one


def _hubs(found: Mapping[Pair, Own]) -> set[tuple[str, str]]:
    readers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (_, reader), own in found.items():
        for key in own:
            readers[key].add(reader)
    return {key for key, names in readers.items() if len(names) >= HUB}


def _stands_out(one: Found) -> bool:
    return one.read.aspect == "text" or (one.read.test and named_after(one.read.inside, one.read.name))
