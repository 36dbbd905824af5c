"""Members of values whose class nobody can tell: names one stream takes away and another starts to use, in Python.

Where the word stands in the target is asked of git once, for all such names.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.git.search import holding, is_partial
from gate.languages import registry
from gate.model.facts import NotChecked
from gate.model.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gate.git.repository import Repository
    from gate.model.git import Target
    from gate.model.source import Call, Definition, FileFacts, Reference
    from gate.names.states import Work, World

ENDINGS = (".py", ".pyi", ".pyx", ".proto", ".graphql", ".sql", ".toml", ".ini", ".cfg")
"""Files whose words may give values members. Of data (JSON, YAML) there can be too much to search."""
MOST = 100
"""Names looked for in one analysis; where there are more, none is."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What a stream does to a name: the definition as it was, and as it is where only its signature changed."""

    path: str
    old: Definition
    new: Definition | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A fresh use of a member of an unknown value, with the shape of the call where it is one."""

    path: str
    name: str
    line: int
    call: Call | None


@dataclass(frozen=True, slots=True)
class Members:
    """By stream and bare name: what it takes away, and where it starts to use it."""

    gone: Mapping[str, Mapping[str, Gone]]
    spoken: Mapping[str, Mapping[str, list[Spoken]]]
    holders: Mapping[str, set[str]]
    """By name that meets: the target's files with that word."""
    skipped: tuple[NotChecked, ...] = ()

    def meeting(self) -> Iterator[tuple[str, str]]:
        """(producer, consumer) for all that meet in a name."""
        for producer, gone in self.gone.items():
            for consumer, spoken in self.spoken.items():
                if producer != consumer and not self.holders.keys().isdisjoint(gone.keys() & spoken.keys()):
                    yield producer, consumer


def members(repository: Repository, target: Target, world: World, works: Mapping[str, Work]) -> Members:
    """Gather them from all streams."""
    gone = {name: _gone(work) for name, work in works.items()}
    spoken = {name: _spoken(world, work) for name, work in works.items()}
    words = _met(gone, spoken)
    why = f"more than {MOST} names" if len(words) > MOST else ""
    if words and not why and is_partial(repository):
        why = "the repository is a partial clone"
    if why:
        skipped = NotChecked(f"members of unknown values, {counted(len(words), 'name')}", why)
        return Members(gone, spoken, {}, (skipped,))
    return Members(gone, spoken, holding(repository, target.tree, words, ENDINGS) if words else {})


def _met(
    gone: Mapping[str, Mapping[str, Gone]], spoken: Mapping[str, Mapping[str, list[Spoken]]]
) -> set[str]:
    """Names that one stream takes away and another speaks of, everyday ones left out."""
    takers: dict[str, set[str]] = defaultdict(set)
    speakers: dict[str, set[str]] = defaultdict(set)
    for found, by_stream in ((takers, gone), (speakers, spoken)):
        for stream, names in by_stream.items():
            for name in names:
                found[name].add(stream)
    met = {name for name in takers.keys() & speakers.keys() if len(takers[name] | speakers[name]) > 1}
    if not met:
        return met
    languages = [language for language in registry.catalog().values() if language.has_untyped_members]
    return {name for name in met if not any(language.is_common_member(name) for language in languages)}


def _has_untyped_members(path: str) -> bool:
    language = registry.language(path)
    return language is not None and language.has_untyped_members


def _gone(work: Work) -> dict[str, Gone]:
    found: dict[str, Gone] = {}
    for path, changed in work.changed.items():
        if _has_untyped_members(path):
            methods = (
                pair for pair in changed.signature.values() if pair[0].scope and pair[1].kind == "function"
            )
            found.update({old.name: Gone(path, old, new) for old, new in methods})
            found.update({old.name: Gone(path, old) for old in changed.removed.values()})
    return found


def _spoken(world: World, work: Work) -> dict[str, list[Spoken]]:
    found: dict[str, list[Spoken]] = defaultdict(list)
    for path in work.fresh:
        if _has_untyped_members(path):
            old_path = work.old_paths.get(path, path)
            known = {(name, call) for name, call, _ in values(world.read(world.blob(old_path), old_path))}
            for name, call, line in values(world.read(work.over[path], path)):
                if (name, call) not in known:
                    found[name].append(Spoken(path, name, line, call))
    return found


def _members(one: Reference) -> list[str]:
    """The members a chain reads; the class its value is declared to be of is none."""
    parts = one.chain.split(".")
    made = next((at for at, part in enumerate(parts) if part.endswith("()")), -1) if one.declared else -1
    return [part.removesuffix("()") for part in parts[made + 1 :]]


def values(facts: FileFacts | None) -> Iterator[tuple[str, Call | None, int]]:
    """The members a file reads of unknown values: name, the shape of the call where it is one, first line."""
    if facts is None or facts.parse != "full":
        return
    for one in facts.references:
        if (one.via == "value" or one.declared) and not one.guard:
            *others, last = _members(one)
            yield from ((name, None, one.lines[0]) for name in others)
            yield last, one.call, one.lines[0]
