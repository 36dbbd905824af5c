"""Judging every pair of streams that meet in a name or share a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.facts import NotChecked, PairFacts
from gate.model.git import Conflicted, NotTried
from gate.model.names import BrokenText, BrokenUse, Cycle, DuplicateDefinition, NameFacts, WriteRead
from gate.model.words import counted
from gate.names import data_files
from gate.names.broken_uses import broken
from gate.names.duplicates import doubled, shared
from gate.names.excerpts import excerpts
from gate.names.facts import TOO_LARGE
from gate.names.import_cycles import Cycles
from gate.names.meeting import identifiers, meeting, resting, touched
from gate.names.member_index import members
from gate.names.package_duplicates import near
from gate.names.reads import Met, reads
from gate.names.reads.callers import callers
from gate.names.result import Known
from gate.names.states import World
from gate.names.unbound_locals import unbound
from gate.names.unknown_members import lost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.git.merges import Merger
    from gate.git.repository import Repository
    from gate.languages.state import State
    from gate.model.facts import StreamFacts
    from gate.model.git import Merge, Target
    from gate.names.facts import Sources
    from gate.names.meeting import Rest
    from gate.names.member_index import Members
    from gate.names.states import Work

Pair = tuple[str, str]
Result = BrokenUse | Cycle | DuplicateDefinition | BrokenText | WriteRead


def judge(
    repository: Repository,
    merger: Merger,
    sources: Sources,
    target: Target,
    landed: Sequence[StreamFacts],
    pairs: Sequence[PairFacts],
) -> tuple[Known, tuple[PairFacts, ...], tuple[NotChecked, ...]]:
    """The collisions of streams that have landed states, the pairs merged, and the files that could not be read."""
    world = World(repository, sources, target)
    works = {one.name: world.work(one) for one in landed}
    sources.load(pair for work in works.values() for pair in world.needed(work))
    for work in works.values():
        world.fill(work)
    judged = {one.name for one in landed if one.stream.judged}
    unknown = members(repository, target, world, works)
    everything = _met(world, works)
    cycles = Cycles(world, works)
    found, merged = _pairs(world, merger, works, landed, pairs, judged, unknown, everything, cycles)
    found = replace(found, excerpts=excerpts(world, works, found))
    known = Known(world, works, everything.fresh, unknown, found)
    skipped = (*unknown.skipped, *cycles.skipped)
    return known, merged, (*_unreadable(sources, works), *_too_large(sources), *skipped)


def _pairs(
    world: World,
    merger: Merger,
    works: Mapping[str, Work],
    landed: Sequence[StreamFacts],
    pairs: Sequence[PairFacts],
    judged: set[str],
    unknown: Members,
    everything: Met,
    cycles: Cycles,
) -> tuple[NameFacts, tuple[PairFacts, ...]]:
    met = everything.fresh
    known = {(pair.first, pair.second): pair for pair in pairs}
    states = {one.name: one.landed for one in landed if one.landed is not None}
    wanted = {_key(*pair) for pair in (*met, *unknown.meeting(), *near(works), *cycles.meeting())} | {
        key for key in known if _share(works, key)
    }
    wanted = {key for key in wanted if not judged.isdisjoint(key)}
    states_of = {name: world.state(works[name].over) for key in wanted for name in key}
    results: list[Result] = []
    for key in sorted(wanted - known.keys()):
        # Such a pair shares no path, so its merge is the target with the changes of both, which is cheap to look at;
        # a pair in which something breaks is merged for real, as the proof.
        both = works[key[0]].over | works[key[1]].over
        found = _judge(works, key, met, states_of, world.state(both))
        found += [*_further(found, lost(unknown, world, works, key, both)), *cycles.found(key, both)]
        if any(isinstance(one, (BrokenUse, Cycle, DuplicateDefinition)) for one in found):
            known[key] = PairFacts(*key, merger.merge(states[key[0]].commit, states[key[1]].commit))
        else:
            results += found
    merges: dict[Pair, Mapping[str, str]] = {}
    trees = {key: _tree(known[key].merge) for key in sorted(wanted & known.keys())}
    tried = {key: tree for key, tree in trees.items() if tree is not None}
    for key, over in zip(tried, world.changed_in(list(tried.values())), strict=True):
        merge = known[key].merge
        unsettled = merge.paths if isinstance(merge, Conflicted) else ()
        found = _judge(works, key, met, states_of, world.state(over, unsettled))
        results += [*found, *_further(found, lost(unknown, world, works, key, over, unsettled))]
        results += cycles.found(key, over, unsettled)
        merges[key] = over
        results += data_files.spoilt(world.sources, works[key[0]], works[key[1]], over, unsettled)
    broke = {(one.producer, one.consumer) for one in results if isinstance(one, BrokenUse)}
    results += (
        one
        for one in reads(world, works, everything, merges)
        if (one.writer, one.reader) not in broke and not judged.isdisjoint((one.writer, one.reader))
    )
    return _sorted(results), tuple(known[key] for key in sorted(known))


def _tree(merge: Merge) -> str | None:
    """The tree a merge came to, None when it could not be tried."""
    return None if isinstance(merge, NotTried) else merge.tree


def _met(world: World, works: Mapping[str, Work]) -> Met:
    changes = {name: touched(work) for name, work in works.items()}
    calls = {name: callers(world, work) for name, work in works.items()}
    spoken = Counter(word for dependencies in changes.values() for word in identifiers(dependencies))
    called = identifiers(dependency for dependencies in calls.values() for dependency in dependencies)
    fresh, near, tests = {}, {}, {}
    for name, work in works.items():
        own = identifiers(changes[name])
        others = {word for word, count in spoken.items() if count > (word in own)}
        state = world.state(work.over)
        fresh[name] = resting(state, work.fresh, others)
        near[name] = resting(state, work.near, others)
        tests[name] = resting(state, work.tests(), called) if called else []
    indirect = meeting({name: set(dependencies) for name, dependencies in calls.items()}, tests)
    return Met(meeting(changes, fresh), meeting(changes, near), indirect, calls)


def _judge(
    works: Mapping[str, Work],
    key: Pair,
    met: Mapping[Pair, Sequence[Rest]],
    alone: Mapping[str, State],
    together: State,
) -> list[Result]:
    first, second = key
    found: list[Result] = []
    for producer, consumer in (key, key[::-1]):
        rests = met.get((producer, consumer), ())
        found += broken(works[producer], works[consumer], alone[producer], together, rests)
    found += doubled(works[first], works[second], alone[first], alone[second], together)
    found += unbound(works[first], works[second], alone[first], alone[second], together)
    return found


def _further(found: Iterable[Result], listed: Iterable[BrokenUse]) -> list[BrokenUse]:
    """What is not told already: of a parameter whose class is declared, the class may have told it."""
    told = {
        (one.consumer, one.use_place.path, one.changed_name) for one in found if isinstance(one, BrokenUse)
    }
    return [one for one in listed if (one.consumer, one.use_place.path, one.changed_name) not in told]


def _share(works: Mapping[str, Work], key: Pair) -> bool:
    first, second = key
    if first not in works or second not in works:
        return False
    return any(files(works[first], works[second]) for files in (shared, data_files.shared))


def _key(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _sorted(results: Iterable[Result]) -> NameFacts:
    listed = sorted(results, key=repr)
    return NameFacts(
        tuple(one for one in listed if isinstance(one, BrokenUse)),
        tuple(one for one in listed if isinstance(one, DuplicateDefinition)),
        tuple(one for one in listed if isinstance(one, BrokenText)),
        tuple(one for one in listed if isinstance(one, WriteRead)),
        tuple(one for one in listed if isinstance(one, Cycle)),
    )


def _too_large(sources: Sources) -> Iterator[NotChecked]:
    """Merged data files that nobody read, said once."""
    if sources.too_large:
        what = counted(len(sources.too_large), "data file")
        yield NotChecked(f"the merged text of {what}", TOO_LARGE)


def _unreadable(sources: Sources, works: Mapping[str, Work]) -> tuple[NotChecked, ...]:
    """Changed files that could not be read, a line for each reason."""
    over = (item for work in works.values() for item in work.over.items())
    files = {(blob, path) for path, blob in over if blob and registry.language(path)}
    read = (sources.of(blob, path) for blob, path in files)
    counts = Counter(facts.why for facts in read if facts.parse != "full")
    return tuple(
        NotChecked(f"names in {counted(count, 'changed source file')}", why)
        for why, count in sorted(counts.items())
    )
