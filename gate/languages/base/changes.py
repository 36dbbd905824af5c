"""What a stream does to the names of one file: which are removed, which are added, which change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from gate.model.source import Definition, FileFacts

_LIKE_NAMES = 0.6
"""The least similarity of two names, from 0 to 1, by which one is taken for the other's new name."""


@dataclass(slots=True)
class FileChanges:
    """Definitions by dotted path, those of both versions as (old, new)."""

    removed: dict[str, Definition] = field(default_factory=dict)
    added: dict[str, Definition] = field(default_factory=dict)
    signature: dict[str, tuple[Definition, Definition]] = field(default_factory=dict)
    """Those whose signature, bases or kind changed."""
    body: dict[str, tuple[Definition, Definition]] = field(default_factory=dict)
    """Those of which only the body changed."""
    declared_type: dict[str, tuple[Definition, Definition]] = field(default_factory=dict)
    """Those of which only what they are declared to give or hold changed."""
    removed_imports: frozenset[str] = frozenset()
    """Names that imports of the module no longer bind; "*" stands for a starred import."""
    removed_exports: dict[str, str] = field(default_factory=dict)
    """Exports that were removed, with the name of what replaced each, "" where that is unknown."""
    removed_settings: frozenset[tuple[str, str]] = frozenset()
    """Settings of a manifest that say where modules are and no longer stand in it, as (key, value)."""


def compare(old: FileFacts | None, new: FileFacts | None, *, keys: bool = False) -> FileChanges:
    """Return what changed from the old version of a file to the new one; None stands for no file.

    With `keys`, the keys of literals are compared as well.
    """
    before, after = _by_path(old, keys=keys), _by_path(new, keys=keys)
    changes = FileChanges(
        removed_imports=frozenset(
            _imports(old) - _imports(new) | ({"*"} if _stars(old) - _stars(new) else set())
        ),
        removed_exports=_removed_from_all(old, new) | _removed_exports(old, new),
        removed_settings=frozenset(_settings(old) - _settings(new)),
    )
    for path, definition in before.items():
        successor = after.get(path)
        if successor is None:
            changes.removed[path] = definition
        elif _shape(definition) != _shape(successor):
            changes.signature[path] = (definition, successor)
        elif definition.digest != successor.digest:
            changes.body[path] = (definition, successor)
        elif definition.declared_type != successor.declared_type:
            changes.declared_type[path] = (definition, successor)
    changes.added = {path: definition for path, definition in after.items() if path not in before}
    return changes


def _by_path(facts: FileFacts | None, *, keys: bool) -> dict[str, Definition]:
    """Return the last definition of each path, as the interpreter would have it."""
    if facts is None:
        return {}
    return {
        definition.path: definition for definition in facts.definitions if keys or definition.kind != "key"
    }


def _imports(facts: FileFacts | None) -> set[str]:
    """Return the names that imports of the module bind."""
    if facts is None:
        return set()
    return {binding.alias for binding in facts.imports if binding.alias and not binding.scope}


def _stars(facts: FileFacts | None) -> set[tuple[int, str]]:
    """Return the modules a file imports all names of, as (level, module)."""
    imports = facts.imports if facts is not None else ()
    return {
        (binding.level, binding.module) for binding in imports if binding.name == "*" and not binding.scope
    }


def _removed_from_all(old: FileFacts | None, new: FileFacts | None) -> dict[str, str]:
    """Return the names that `__all__` no longer lists, so that starred imports do not take them."""
    before, after = (facts.exports or () if facts is not None else () for facts in (old, new))
    return dict.fromkeys(set(before) - set(after), "") if after else {}


def _removed_exports(old: FileFacts | None, new: FileFacts | None) -> dict[str, str]:
    """Return the exports that were removed, each with the only added one that stands for the same, else ""."""
    before, after = _exports(old), _exports(new)
    added = {name: sources for name, sources in after.items() if name not in before and name != "*"}
    removed = {}
    for name, sources in before.items():
        if name == "*" and sources - after.get(name, set()):
            removed[name] = ""
        elif name not in after:
            successors = [new_name for new_name, new_sources in added.items() if sources & new_sources]
            removed[name] = successors[0] if len(successors) == 1 else ""
    return removed


def _exports(facts: FileFacts | None) -> dict[str, set[tuple[str, str]]]:
    """Return by name what is exported under it, as (module, local name)."""
    sources: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for export in facts.exported if facts is not None else ():
        sources[export.name].add((export.module, export.local))
    return sources


def _settings(facts: FileFacts | None) -> set[tuple[str, str]]:
    """Return the settings that say where modules are; those that name a package's dependencies do not."""
    if facts is None:
        return set()
    return {setting for setting in facts.settings if not setting[0].startswith("dependency ")}


def _shape(definition: Definition) -> tuple[object, ...]:
    return (
        definition.kind,
        definition.signature,
        definition.bases,
        definition.decorators,
        definition.field,
        definition.abstract,
    )


def successor_of(removed: Definition, changes: FileChanges) -> Definition | None:
    """Return the added definition that a removed one most likely became; None when that is not one alone.

    It has the same text (of a class: most of its members); else it is the only one of the same scope and signature
    with a similar name.
    """
    candidates = [definition for definition in changes.added.values() if definition.kind == removed.kind]
    same = [candidate for candidate in candidates if removed.digest and candidate.digest == removed.digest]
    if removed.kind == "class":
        same = _with_same_members(removed, same, changes) or same
    if len(same) == 1:
        return same[0]
    similar = [
        candidate
        for candidate in candidates
        if candidate.scope == removed.scope
        and candidate.signature == removed.signature
        and _is_similar(candidate.name, removed.name)
    ]
    return similar[0] if len(similar) == 1 and not same else None


def _with_same_members(
    removed: Definition, candidates: Iterable[Definition], changes: FileChanges
) -> list[Definition]:
    """Return the classes that have more than half of a removed class's members."""
    members = _members(removed, changes.removed)
    return [
        candidate
        for candidate in candidates
        if members and 2 * len(members & _members(candidate, changes.added)) > len(members)
    ]


def _members(owner: Definition, definitions: Mapping[str, Definition]) -> set[tuple[str, str]]:
    """Return the members of a class among definitions, as (name, digest)."""
    return {
        (definition.name, definition.digest)
        for definition in definitions.values()
        if definition.scope == owner.path
    }


def _is_similar(name: str, other_name: str) -> bool:
    return SequenceMatcher(None, name, other_name).ratio() >= _LIKE_NAMES
