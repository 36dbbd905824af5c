"""Which pairs of streams meet in a name: what one takes away or changes, and the other starts to use.

First by bare identifiers, one inverted index over all streams, which costs nothing. What passes is resolved once in its
own stream's landed state; the files and definitions its resolution passes through are what it rests on. Only pairs in
which one changes what the other rests on are merged and judged.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate import source
from gate.model.source import Import, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.gather.names.world import Work, World
    from gate.link.symbols import Hop
    from gate.link.uses import Answer, Use
    from gate.model.source import FileFacts


@dataclass(frozen=True, slots=True)
class Rest:
    """A use that is provided in its stream's landed state, and what it rests on there."""

    path: str
    use: Use
    answer: Answer
    hops: frozenset[Hop]


def touched(work: Work) -> set[Hop]:
    """What a stream changes of names: definitions, imports, and whole files (with "" for the definition)."""
    found: set[Hop] = set()
    for path, blob in work.over.items():
        if not blob:
            found.add((path, ""))
            if source.family(path):
                found.add((f"{path.rpartition('/')[0]}/", ""))
    for path, changed in work.changed.items():
        for name in (*changed.removed, *changed.signature, *changed.body):
            found.add((path, name))
        for name in changed.unbound:
            found.add((path, name))
        for name, one in (*changed.added.items(), *changed.removed.items()):
            if one.scope:
                found.add((path, name.rpartition(".")[0]))
        for name, (_, one) in changed.signature.items():
            if one.scope:
                found.add((path, name.rpartition(".")[0]))
    return found


def identifiers(hops: Iterable[Hop]) -> set[str]:
    """The bare names by which others may speak of these."""
    found: set[str] = set()
    for path, name in hops:
        if name:
            found.update(name.split("."))
        else:
            found.update(_stems(path))
    return found


def _stems(path: str) -> set[str]:
    """What a file may be imported as: its name, or, for the file that stands for its folder, the folder's."""
    folder, _, name = path.rstrip("/").rpartition("/")
    return {name.partition(".")[0], name, folder.rpartition("/")[2]}


def resting(world: World, work: Work, others: set[str]) -> list[Rest]:
    """The fresh uses of a stream that name any of these identifiers and are provided where it lands alone."""
    state = world.state(work.over)
    found = []
    makers = "__init__" in others
    for path, fresh in work.fresh.items():
        aliases = _aliases(state.facts(path))
        for use in fresh:
            if others.isdisjoint(_spoken(use, aliases)) and not (makers and _may_make(use)):
                continue
            said, hops = state.traced(path, use)
            if said.fine:
                target = said.target
                own = [(target.path, target.definition.path)] if target is not None else []
                found.append(Rest(path, use, said, frozenset((*hops, *own))))
            elif use.kind == "name" and isinstance(use.what, Reference) and use.what.via == "module":
                found.append(Rest(path, use, said, hops))
    return found


def _aliases(facts: FileFacts) -> dict[str, set[str]]:
    """What imported names are called where they come from."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in facts.imports:
        found[one.alias].update((one.name, *_segments(one)))
    return found


def _spoken(use: Use, aliases: Mapping[str, set[str]]) -> Iterator[str]:
    if isinstance(use.what, Import):
        yield from _segments(use.what)
        yield use.what.name
        return
    parts = use.text.replace("()", "").split(".")
    yield from parts
    yield from aliases.get(parts[0], ())


def _segments(one: Import) -> list[str]:
    """The names a module's name is made of."""
    return re.split(r"[./]", one.module)


def _may_make(use: Use) -> bool:
    """Whether a call may be one of a class, whose constructor can be inherited from anywhere."""
    return use.kind == "call" and use.text.rpartition(".")[2][:1].isupper()


def meeting(
    changes: Mapping[str, set[Hop]], rests: Mapping[str, Sequence[Rest]]
) -> dict[tuple[str, str], list[Rest]]:
    """(producer, consumer) to the consumer's uses that rest on what the producer changes."""
    holders: dict[Hop, list[str]] = defaultdict(list)
    for name, hops in changes.items():
        for hop in hops:
            holders[hop].append(name)
    found: dict[tuple[str, str], list[Rest]] = defaultdict(list)
    for consumer, listed in rests.items():
        for rest in listed:
            producers = {name for hop in rest.hops for name in holders.get(hop, ()) if name != consumer}
            for producer in producers:
                found[producer, consumer].append(rest)
    return found
