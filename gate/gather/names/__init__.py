"""Names across streams: what merges cleanly and breaks."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from gate import source
from gate.gather.names.broken import broken
from gate.gather.names.doubles import doubled, shared
from gate.gather.names.join import identifiers, meeting, resting, touched
from gate.gather.names.reads import read
from gate.gather.names.sources import Sources
from gate.gather.names.world import World
from gate.git.facts_cache import FactsCache
from gate.model.facts import NotChecked, PairFacts
from gate.model.git import NotTried
from gate.model.names import Broken, BrokenText, Double, NameFacts, WriteRead
from gate.model.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gate.gather.names.join import Rest
    from gate.gather.names.world import Work
    from gate.git.merges import Merger
    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.link.linker import Linker
    from gate.model.facts import StreamFacts
    from gate.model.git import Clean, Merge, Target

Pair = tuple[str, str]


def gather_names(
    repository: Repository,
    merger: Merger,
    objects: Objects,
    target: Target,
    streams: Sequence[StreamFacts],
    pairs: Sequence[PairFacts],
    *,
    cached: bool = True,
    jobs: int = 0,
) -> tuple[NameFacts, tuple[PairFacts, ...], tuple[NotChecked, ...]]:
    """The collisions, the pairs merged (those given, and those that only meet in a name), and what was not read.

    `jobs` 0 stands for as many processes as there are processors.
    """
    landed = [one for one in streams if one.landed is not None]
    unread = _languages(landed)
    if len(landed) < 2 or not any(source.is_read(path) for one in landed for path in _paths(one)):
        return NameFacts(), tuple(pairs), unread
    with FactsCache(repository.common_dir if cached else None) as cache:
        sources = Sources(objects, cache, jobs or os.cpu_count() or 1)
        world = World(repository, sources, target, ())
        works = {one.name: world.work(one) for one in landed}
        sources.load(pair for work in works.values() for pair in world.needed(work))
        for work in works.values():
            world.fill(work)
        judged = {one.name for one in landed if one.stream.judged}
        found, merged = _pairs(world, merger, works, landed, pairs, judged)
        notes = _unreadable(sources, works)
        sources.save()
    return found, merged, (*unread, *notes)


def _pairs(
    world: World,
    merger: Merger,
    works: Mapping[str, Work],
    landed: Sequence[StreamFacts],
    pairs: Sequence[PairFacts],
    judged: set[str],
) -> tuple[NameFacts, tuple[PairFacts, ...]]:
    met = _met(world, works)
    known = {(pair.first, pair.second): pair for pair in pairs}
    states = {one.name: one.landed for one in landed if one.landed is not None}
    wanted = {_key(*pair) for pair in met} | {key for key in known if _share(works, key)}
    wanted = {key for key in wanted if not judged.isdisjoint(key)}
    for key in sorted(wanted - known.keys()):
        known[key] = PairFacts(*key, _merged(merger, states, key))
    usable = [key for key in sorted(wanted) if not isinstance(known[key].merge, NotTried)]
    trees = [merge.tree for key in usable if not isinstance(merge := known[key].merge, NotTried)]
    alone = {name: world.linker(works[name].over) for key in usable for name in key}
    results: list[Broken | Double | BrokenText | WriteRead] = []
    for key, over in zip(usable, world.changed_in(trees), strict=True):
        results += _judge(works, key, met, alone, world.linker(over))
    return _sorted(results), tuple(known[key] for key in sorted(known))


def _met(world: World, works: Mapping[str, Work]) -> dict[Pair, list[Rest]]:
    changes = {name: touched(work) for name, work in works.items()}
    spoken = Counter(word for hops in changes.values() for word in identifiers(hops))
    rests = {}
    for name, work in works.items():
        own = identifiers(changes[name])
        others = {word for word, count in spoken.items() if count > (word in own)}
        rests[name] = resting(world, work, others)
    return meeting(changes, rests)


def _merged(merger: Merger, states: Mapping[str, Clean], key: Pair) -> Merge:
    return merger.merge(states[key[0]].commit, states[key[1]].commit)


def _judge(
    works: Mapping[str, Work],
    key: Pair,
    met: Mapping[Pair, list[Rest]],
    alone: Mapping[str, Linker],
    together: Linker,
) -> Iterable[Broken | Double | BrokenText | WriteRead]:
    first, second = key
    for producer, consumer in (key, key[::-1]):
        rests = met.get((producer, consumer), ())
        found = list(broken(works[producer], works[consumer], alone[producer], together, rests))
        yield from found
        reads = read(works[producer], works[consumer], rests)
        if reads is not None and not found:
            yield reads
    yield from doubled(works[first], works[second], alone[first], alone[second], together)


def _share(works: Mapping[str, Work], key: Pair) -> bool:
    first, second = key
    return first in works and second in works and bool(shared(works[first], works[second]))


def _key(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _sorted(results: Iterable[Broken | Double | BrokenText | WriteRead]) -> NameFacts:
    listed = sorted(results, key=repr)
    return NameFacts(
        tuple(one for one in listed if isinstance(one, Broken)),
        tuple(one for one in listed if isinstance(one, Double)),
        tuple(one for one in listed if isinstance(one, BrokenText)),
        tuple(one for one in listed if isinstance(one, WriteRead)),
    )


def _paths(one: StreamFacts) -> Iterable[str]:
    return (path for routed in one.changes for path in routed.change.paths)


def _languages(landed: Sequence[StreamFacts]) -> tuple[NotChecked, ...]:
    """Changed files of languages whose names are not known, a line for each language."""
    counts = Counter(
        source.unread(path)
        for path in {path for one in landed for path in _paths(one)}
        if source.unread(path)
    )
    return tuple(
        NotChecked(f"names in {counted(count, 'changed file')}", f"{language} is not read for names")
        for language, count in sorted(counts.items())
    )


def _unreadable(sources: Sources, works: Mapping[str, Work]) -> tuple[NotChecked, ...]:
    """Changed files that could not be read, a line for each reason."""
    files = {(blob, path) for work in works.values() for path, blob in work.over.items() if blob}
    read = (sources.of(blob, path) for blob, path in files)
    counts = Counter(facts.why for facts in read if facts.parse != "full")
    return tuple(
        NotChecked(f"names in {counted(count, 'changed Python file')}", why)
        for why, count in sorted(counts.items())
    )
