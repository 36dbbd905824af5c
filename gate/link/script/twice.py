"""What a JavaScript or TypeScript file binds, grouped so that a group of two is one too many.

A type and a value may share a name, as may interfaces, namespaces, overloads, a getter and its setter, a static and an
instance member; `var` may be declared again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.source import Definition, FileFacts

What = Literal["function", "class", "variable", "key", "import", "export", "member"]
Key = tuple[str, str, str]
"""Scope, name, and what tells groups of one name apart."""

_MAY_REPEAT = {"overload", "var", "abstract", "declare"}


@dataclass(frozen=True, slots=True)
class Binding:
    """One of a group. `digest` is the same for the same text."""

    what: What
    line: int
    digest: str


def groups(facts: FileFacts) -> dict[Key, list[Binding]]:
    """Every binding, those that may stand together in one group each."""
    found: dict[Key, list[Binding]] = {}
    for key, one in _bindings(facts):
        found.setdefault(key, []).append(one)
    return found


def _bindings(facts: FileFacts) -> Iterator[tuple[Key, Binding]]:
    kinds = {one.path: one.kind for one in facts.definitions if one.kind in ("class", "enum")}
    for one in facts.definitions:
        what = _what(one, kinds.get(one.scope, ""))
        if what and not one.conditional and not _MAY_REPEAT.intersection(one.decorators):
            yield (one.scope, one.name, _side(one, what)), Binding(what, one.line, one.digest)
    for item in facts.imports:
        if item.alias and not item.scope and not item.conditional and not item.typing:
            yield ("", item.alias, ""), Binding("import", item.line, f"{item.module} {item.name}")
    for given in facts.exported:
        if given.name != "*" and not given.typing:
            yield ("", given.name, "export"), Binding("export", given.line, f"{given.local} {given.module}")


def _what(one: Definition, holder: str) -> What | None:
    """Whether a definition counts, and as what; `holder` is the kind of what it stands in."""
    if one.kind == "key":
        return "key"
    if holder:
        return "member" if one.kind in ("function", "variable", "attribute") else None
    if one.scope:
        return None
    return one.kind if one.kind in ("function", "class", "variable") else None


def _side(one: Definition, what: What) -> str:
    if what != "member":
        return ""
    sides = [side for side in ("static", "getter", "setter") if side in one.decorators]
    return " ".join(sides)
