"""Which pairs of sides meet in a name: what one removes or changes, and the other starts to use.

The first look goes by bare identifiers, one inverted index over all sides, which costs nothing. A use that passes is
resolved once in its own side's state; the files and definitions that the answer depends on are kept with it. Only
pairs in which one side changes what a use of the other depends on are merged and judged.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.source import Import, Reference

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gate.languages.base.symbols import Dependency
    from gate.languages.base.uses import Answer, Use
    from gate.languages.state import State
    from gate.model.source import FileFacts
    from gate.names.stream_changes import StreamChanges, UsesByPath


@dataclass(frozen=True, slots=True)
class ResolvedUse:
    """A use with the answer of its side's own state, and the files and definitions that the answer depends on."""

    path: str
    use: Use
    answer: Answer
    dependencies: frozenset[Dependency]


UsesByPair = dict[tuple[str, str], list[ResolvedUse]]
"""By (producer, consumer): the consumer's uses that depend on what the producer changes."""


def changed_names(changes: StreamChanges) -> set[Dependency]:
    """Return what a side changes of names, as (path, name): definitions, imports, and whole files with "" for a name.

    A file counts as a whole where it is new, removed, or a manifest with other settings.
    """
    names: set[Dependency] = {(path, "") for path in changes.new_files}
    for path, blob in changes.changed_blobs.items():
        if not blob:
            names.add((path, ""))
            if registry.language(path):
                names.add((f"{path.rpartition('/')[0]}/", ""))
    for path, file_changes in changes.file_changes.items():
        defined = (
            *file_changes.removed,
            *file_changes.signature,
            *file_changes.body,
            *file_changes.declared_type,
        )
        names.update(
            (path, name) for name in (*defined, *file_changes.removed_imports, *file_changes.removed_exports)
        )
        if file_changes.removed_settings:
            names.add((path, ""))
        after = (definition for _, definition in file_changes.signature.values())
        language = registry.language(path)
        constructors = language.constructor_names if language is not None else ()
        for definition in (*file_changes.added.values(), *file_changes.removed.values(), *after):
            if definition.scope:
                names.add((path, definition.scope))
            if definition.field:
                names.update((path, f"{definition.scope}.{name}") for name in constructors)
    return names


def identifiers(dependencies: Iterable[Dependency]) -> set[str]:
    """Return the bare words by which other files may name these; "*" where any specifier may lead to one."""
    words: set[str] = set()
    for path, name in dependencies:
        if name:
            words.update(name.split("."))
        if not name or name == "*":
            words.update(_module_words(path))
        if name == "*" or (not name and _is_nameless(path)):
            words.add("*")
    return words


def _is_nameless(path: str) -> bool:
    """Return whether specifiers lead to this file without a word of its name: a manifest, or a package's main file."""
    return registry.is_read(path) and (not registry.language(path) or "index." in path or "main." in path)


def _module_words(path: str) -> set[str]:
    """Return what a file may be imported as: its name, or its folder's where it stands for the folder."""
    folder, _, name = path.rstrip("/").rpartition("/")
    return {name.partition(".")[0], name, folder.rpartition("/")[2]} - registry.package_stems()


def uses_affected_by(words: set[str], state: State, uses: UsesByPath) -> list[ResolvedUse]:
    """Return the uses that name any of these identifiers and are provided in the state of their own side."""
    affected = []
    makes = not words.isdisjoint(registry.constructor_names())
    for path, path_uses in uses.items():
        aliases = _aliases(state.facts(path))
        moves = not words.isdisjoint(_module_words(path))
        for use in path_uses:
            implicit = (
                (makes and _may_construct(use)) or (moves and _is_relative(use)) or use.kind == "subclass"
            )
            if not implicit and words.isdisjoint(_words_of(use, aliases)):
                continue
            resolved = resolve_use(state, path, use)
            if resolved is not None:
                affected.append(resolved)
    return affected


def resolve_use(state: State, path: str, use: Use) -> ResolvedUse | None:
    """Return what a use depends on in a state; None where it fails there, or nobody can tell what it means."""
    answer, dependencies = state.answer_with_dependencies(path, use)
    if answer.fine:
        target = answer.target
        definition = [(target.path, target.definition.path)] if target is not None else []
        return ResolvedUse(path, use, answer, frozenset((*dependencies, *definition)))
    is_name = use.kind == "name" and isinstance(use.fact, Reference) and use.fact.via == "module"
    return ResolvedUse(path, use, answer, dependencies) if is_name and not answer.fails else None


def _aliases(facts: FileFacts) -> dict[str, set[str]]:
    """Return by the name that an import binds the words that it goes by where it comes from."""
    words: dict[str, set[str]] = defaultdict(set)
    for statement in facts.imports:
        words[statement.alias].update((statement.name, *_import_words(statement)))
    return words


def _import_words(statement: Import) -> Iterator[str]:
    """Yield the words in a module's name; of a specifier also "*", as it may lead to any file."""
    if statement.style == "dotted":
        yield from statement.module.split(".")
        return
    yield "*"
    for part in statement.module.partition("?")[0].split("/"):
        if part.strip("."):
            yield from (part, part.partition(".")[0])


def _words_of(use: Use, aliases: Mapping[str, set[str]]) -> Iterator[str]:
    if isinstance(use.fact, Import):
        yield from _import_words(use.fact)
        yield use.fact.name
        return
    parts = use.text.replace("()", "").replace(":", ".").split(".")
    yield from parts
    yield from aliases.get(parts[0], ())


def _is_relative(use: Use) -> bool:
    """Return whether the meaning depends on where the use's own file lies, which another side may move."""
    return isinstance(use.fact, Import) and use.fact.module.startswith(".")


def _may_construct(use: Use) -> bool:
    """Return whether a call may be one of a class, whose constructor can be inherited from anywhere."""
    return use.kind == "call" and use.text.rpartition(".")[2][:1].isupper()


def uses_by_pair(
    names: Mapping[str, Collection[Dependency]], uses: Mapping[str, Sequence[ResolvedUse]]
) -> UsesByPair:
    """Return by (producer, consumer) the consumer's uses that depend on a name the producer changes.

    `names` are the changed names by producer, `uses` by consumer.
    """
    producers_of: dict[Dependency, list[str]] = defaultdict(list)
    for producer, producer_names in names.items():
        for name in producer_names:
            producers_of[name].append(producer)
    pairs: UsesByPair = defaultdict(list)
    for consumer, consumer_uses in uses.items():
        for use in consumer_uses:
            producers = {name for dependency in use.dependencies for name in producers_of.get(dependency, ())}
            for producer in producers - {consumer}:
                pairs[producer, consumer].append(use)
    return pairs
