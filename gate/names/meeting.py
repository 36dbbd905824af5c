"""Which pairs of streams meet in a name: what one takes away or changes, and the other starts to use.

First by bare identifiers, one inverted index over all streams, which costs nothing. What passes is resolved once in its
own stream's landed state; the files and definitions its resolution passes through are what it rests on. Only pairs in
which one changes what the other rests on are merged and judged.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.source import Import, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.languages.base.symbols import Dependency
    from gate.languages.base.uses import Answer, Use
    from gate.languages.state import State
    from gate.model.source import FileFacts
    from gate.names.states import Work


@dataclass(frozen=True, slots=True)
class Rest:
    """A use that is provided in its stream's landed state, and what it rests on there."""

    path: str
    use: Use
    answer: Answer
    dependencies: frozenset[Dependency]


def touched(work: Work) -> set[Dependency]:
    """What a stream changes of names: definitions, imports, and whole files that come or go (with "" for the name)."""
    found: set[Dependency] = {(path, "") for path in work.new_files}
    for path, blob in work.over.items():
        if not blob:
            found.add((path, ""))
            if registry.language(path):
                found.add((f"{path.rpartition('/')[0]}/", ""))
    for path, changed in work.changed.items():
        defined = (*changed.removed, *changed.signature, *changed.body, *changed.declared_type)
        names = (*defined, *changed.removed_imports, *changed.removed_exports)
        found.update((path, name) for name in names)
        if changed.removed_settings:
            found.add((path, ""))
        after = (one for _, one in changed.signature.values())
        for one in (*changed.added.values(), *changed.removed.values(), *after):
            if one.scope:
                found.add((path, one.scope))
            if one.field:
                found.add((path, f"{one.scope}.__init__"))
    return found


def identifiers(dependencies: Iterable[Dependency]) -> set[str]:
    """The bare names by which others may speak of these."""
    found: set[str] = set()
    for path, name in dependencies:
        if name:
            found.update(name.split("."))
        if not name or name == "*":
            found.update(_stems(path))
        if name == "*" or (not name and _goes_unnamed(path)):
            found.add("*")
    return found


def _goes_unnamed(path: str) -> bool:
    """Whether specifiers lead to this file without a word of its name: a manifest, or a package's main file."""
    return registry.is_read(path) and (not registry.language(path) or "index." in path or "main." in path)


def _stems(path: str) -> set[str]:
    """What a file may be imported as: its name, or, for the file that stands for its folder, the folder's."""
    folder, _, name = path.rstrip("/").rpartition("/")
    return {name.partition(".")[0], name, folder.rpartition("/")[2]} - {"__init__"}


def resting(state: State, listed: Mapping[str, Sequence[Use]], others: set[str]) -> list[Rest]:
    """Those uses, by path, that name any of these identifiers and are provided where their stream lands alone."""
    found = []
    makers = not others.isdisjoint(("__init__", "constructor"))
    for path, fresh in listed.items():
        aliases = _aliases(state.facts(path))
        moved = not others.isdisjoint(_stems(path))
        for use in fresh:
            may = (makers and _may_make(use)) or (moved and _is_relative(use)) or use.kind == "subclass"
            if not may and others.isdisjoint(_spoken(use, aliases)):
                continue
            rest = rested(state, path, use)
            if rest is not None:
                found.append(rest)
    return found


def rested(state: State, path: str, use: Use) -> Rest | None:
    """What a use rests on in a state; None when it fails there, or nobody can tell what it means."""
    said, dependencies = state.answer_with_dependencies(path, use)
    if said.fine:
        target = said.target
        own = [(target.path, target.definition.path)] if target is not None else []
        return Rest(path, use, said, frozenset((*dependencies, *own)))
    named = use.kind == "name" and isinstance(use.fact, Reference) and use.fact.via == "module"
    return Rest(path, use, said, dependencies) if named and not said.fails else None


def _aliases(facts: FileFacts) -> dict[str, set[str]]:
    """What imported names are called where they come from."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in facts.imports:
        found[one.alias].update((one.name, *_words(one)))
    return found


def _words(one: Import) -> Iterator[str]:
    """The names in a module's name; of a specifier also "*", as it may lead to any file."""
    if one.style == "dotted":
        yield from one.module.split(".")
        return
    yield "*"
    for part in one.module.partition("?")[0].split("/"):
        if part.strip("."):
            yield from (part, part.partition(".")[0])


def _spoken(use: Use, aliases: Mapping[str, set[str]]) -> Iterator[str]:
    if isinstance(use.fact, Import):
        yield from _words(use.fact)
        yield use.fact.name
        return
    parts = use.text.replace("()", "").replace(":", ".").split(".")
    yield from parts
    yield from aliases.get(parts[0], ())


def _is_relative(use: Use) -> bool:
    """Whether what it means depends on where its file lies, which another may move."""
    return isinstance(use.fact, Import) and use.fact.style == "specifier" and use.fact.module.startswith(".")


def _may_make(use: Use) -> bool:
    """Whether a call may be one of a class, whose constructor can be inherited from anywhere."""
    return use.kind == "call" and use.text.rpartition(".")[2][:1].isupper()


def meeting(
    changes: Mapping[str, set[Dependency]], rests: Mapping[str, Sequence[Rest]]
) -> dict[tuple[str, str], list[Rest]]:
    """(producer, consumer) to the consumer's uses that rest on what the producer changes."""
    holders: dict[Dependency, list[str]] = defaultdict(list)
    for name, dependencies in changes.items():
        for dependency in dependencies:
            holders[dependency].append(name)
    found: dict[tuple[str, str], list[Rest]] = defaultdict(list)
    for consumer, listed in rests.items():
        for rest in listed:
            producers = {
                name
                for dependency in rest.dependencies
                for name in holders.get(dependency, ())
                if name != consumer
            }
            for producer in producers:
                found[producer, consumer].append(rest)
    return found
