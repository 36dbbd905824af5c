"""What a JavaScript or TypeScript file binds, grouped so that a group of two is one too many.

A type and a value may share a name, as may interfaces, classes and interfaces, namespaces, enums, overloads, a getter
and its setter, a static and an instance member; `var` may be declared again, and in a script a function too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.source import Definition, FileFacts

BindingKind = Literal[
    "function", "class", "variable", "type", "key", "import", "export", "method", "field", "member"
]
Redeclaration = Literal["", "var", "function", "merges"]
"""What a binding may stand beside: `var` beside another, `function` beside either outside of modules, what `merges`
beside what merges too; "" beside nothing."""


class GroupKey(NamedTuple):
    """The bindings of one group have the same scope and name, and a `space` in which a name counts once."""

    scope: str
    name: str
    space: str
    """`import`, `export`, `type`, for values "", for members what tells them apart (`static getter`)."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One binding of a group. `digest` is the same for the same text."""

    kind: BindingKind
    line: int
    digest: str
    redeclaration: Redeclaration = ""
    from_module: bool = False
    """It stands for what another module has, a type or a value."""


Groups = dict[GroupKey, list[Binding]]


def groups(facts: FileFacts) -> Groups:
    """Return every binding of a file, those that may not stand together in one group each."""
    by_key: Groups = {}
    for key, binding in (*_definitions(facts), *_imports(facts), *_exports(facts)):
        by_key.setdefault(key, []).append(binding)
    return by_key


def _definitions(facts: FileFacts) -> Iterator[tuple[GroupKey, Binding]]:
    """Yield what is defined; keys only of objects whose own name is bound once."""
    owners = {owner.path: owner.kind for owner in facts.definitions if owner.kind in ("class", "enum")}
    counts: dict[str, int] = {}
    for definition in facts.definitions:
        counts[definition.path] = counts.get(definition.path, 0) + 1
    for definition in facts.definitions:
        if definition.kind == "key" and counts.get(definition.scope.removesuffix("[]")) != 1:
            continue
        kind = _kind(definition, owners.get(definition.scope, ""))
        if kind and not (
            definition.conditional or "overload" in definition.decorators or definition.overload == "this"
        ):
            yield from _of_definition(definition, kind)


def _of_definition(definition: Definition, kind: BindingKind) -> Iterator[tuple[GroupKey, Binding]]:
    """Yield the bindings of a definition: as a value, as a type, as both for a class."""
    line, digest, overload = definition.line, definition.digest, definition.overload
    if kind != "type":
        redeclaration: Redeclaration = (
            "var" if overload == "var" else "function" if overload == "function" else ""
        )
        key = GroupKey(definition.scope, definition.name, _space(definition))
        yield key, Binding(kind, line, digest, redeclaration)
    if kind in ("type", "class") and not definition.scope:
        merges = kind == "class" or overload == "interface"
        yield GroupKey("", definition.name, "type"), Binding(kind, line, digest, "merges" if merges else "")


def _kind(definition: Definition, owner: str) -> BindingKind | None:
    """Return the kind of binding a definition is, None for what does not count; `owner` is the kind of its scope."""
    if definition.kind == "key":
        return "key"
    if owner == "enum":
        return "member"
    if owner:
        if definition.kind != "function":
            return "field"
        return None if definition.abstract else "method"  # abstract methods may be overloaded
    if definition.scope:
        return None
    return definition.kind if definition.kind in ("function", "class", "variable", "type") else None


def _space(definition: Definition) -> str:
    return " ".join(mark for mark in ("static", "getter", "setter") if mark in definition.decorators)


def _imports(facts: FileFacts) -> Iterator[tuple[GroupKey, Binding]]:
    """Yield imports, as such and, where they may be values, beside whatever else has their names."""
    for import_ in facts.imports:
        if import_.alias and not import_.scope and not import_.conditional:
            digest = f"{import_.module} {import_.name}"
            redeclaration: Redeclaration = "var" if import_.redeclarable else ""
            binding = Binding("import", import_.line, digest, redeclaration, from_module=True)
            yield GroupKey("", import_.alias, "import"), binding
            if not import_.typing:
                yield GroupKey("", import_.alias, ""), binding


def _exports(facts: FileFacts) -> Iterator[tuple[GroupKey, Binding]]:
    """Yield exported names; what is exported as it is declared counts once, as that may be overloaded."""
    declared = {
        (definition.name, definition.line) for definition in facts.definitions if not definition.scope
    }
    counted: set[tuple[str, str]] = set()
    for export in facts.exported:
        if export.name == "*" or export.typing:
            continue
        if not export.module and (export.local, export.line) in declared:
            if (export.name, export.local) in counted:
                continue
            counted.add((export.name, export.local))
        digest = f"{export.local} {export.module}"
        binding = Binding("export", export.line, digest, from_module=bool(export.module))
        yield GroupKey("", export.name, "export"), binding
