"""What a stream does to the names of one file: which go, which come, which change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.model.source import Definition, FileFacts

_ALIKE = 0.6


@dataclass(slots=True)
class Changed:
    """By dotted path: definitions that went, came, changed their signature (or bases), or their body only.

    `unbound` are module-level imports that went.
    """

    removed: dict[str, Definition] = field(default_factory=dict)
    added: dict[str, Definition] = field(default_factory=dict)
    signature: dict[str, tuple[Definition, Definition]] = field(default_factory=dict)
    body: dict[str, tuple[Definition, Definition]] = field(default_factory=dict)
    unbound: frozenset[str] = frozenset()


def compare(old: FileFacts | None, new: FileFacts | None) -> Changed:
    """From the old version of a file to the new one; None stands for no file."""
    before, after = _by_path(old), _by_path(new)
    found = Changed(unbound=frozenset(_imports(old) - _imports(new)))
    for path, one in before.items():
        then = after.get(path)
        if then is None:
            found.removed[path] = one
        elif _shape(one) != _shape(then):
            found.signature[path] = (one, then)
        elif one.digest != then.digest:
            found.body[path] = (one, then)
    found.added = {path: one for path, one in after.items() if path not in before}
    return found


def _by_path(facts: FileFacts | None) -> dict[str, Definition]:
    """The last definition of each path, as the interpreter would have it."""
    if facts is None:
        return {}
    return {one.path: one for one in facts.definitions if one.kind != "key"}


def _imports(facts: FileFacts | None) -> set[str]:
    if facts is None:
        return set()
    return {one.alias for one in facts.imports if one.alias and not one.scope}


def _shape(one: Definition) -> tuple[object, ...]:
    return (one.kind, one.signature, one.bases, one.decorators, one.field, one.abstract)


def renamed(gone: Definition, added: Iterable[Definition]) -> Definition | None:
    """What a definition became: one of its text, else the only one of its scope and signature with a like name."""
    listed = [one for one in added if one.kind == gone.kind]
    same = [one for one in listed if gone.digest and one.digest == gone.digest]
    if len(same) == 1:
        return same[0]
    near = [
        one
        for one in listed
        if one.scope == gone.scope and one.signature == gone.signature and _alike(one.name, gone.name)
    ]
    return near[0] if len(near) == 1 and not same else None


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def duplicates(facts: FileFacts, *, compiled: bool = False) -> dict[tuple[str, str, str], list[Definition]]:
    """Unconditional definitions that share a scope and a name, by `same`."""
    found: dict[tuple[str, str, str], list[Definition]] = defaultdict(list)
    for one in facts.definitions:
        counts = compiled or one.kind in ("function", "class", "key")
        if counts and not one.conditional and one.name != "_":
            found[same(one, compiled=compiled)].append(one)
    return {key: listed for key, listed in found.items() if len(listed) > 1}


def same(one: Definition, *, compiled: bool) -> tuple[str, str, str]:
    """Scope, name and kind, of which there should be one; in a `compiled` language overloads may stand side by side."""
    if not compiled:
        return one.scope, one.name, "key" if one.kind == "key" else "definition"
    kind = (
        "value" if one.kind in ("variable", "attribute") else "function" if one.kind == "function" else "type"
    )
    return one.scope, one.name, f"{kind}{one.overload}"
