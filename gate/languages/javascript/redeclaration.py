"""What a JavaScript or TypeScript file binds, grouped so that a group of two is one too many.

A type and a value may share a name, as may interfaces, classes and interfaces, namespaces, enums, overloads, a getter
and its setter, a static and an instance member; `var` may be declared again, and in a script a function too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gate.languages.javascript.linker.paths import is_typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.model.source import Definition, FileFacts

What = Literal[
    "function", "class", "variable", "type", "key", "import", "export", "method", "field", "member"
]
Key = tuple[str, str, str]
"""Scope, name, and what tells groups of one name apart."""
How = Literal["", "var", "function", "merges"]


@dataclass(frozen=True, slots=True)
class Binding:
    """One of a group. `digest` is the same for the same text.

    `how` says beside what it may stand: `var` beside another, `function` beside either outside of modules, what
    `merges` beside what merges too. What is `brought` from another module may be a type or a value.
    """

    what: What
    line: int
    digest: str
    how: How = ""
    brought: bool = False


def groups(facts: FileFacts) -> dict[Key, list[Binding]]:
    """Every binding, those that may not stand together in one group each."""
    found: dict[Key, list[Binding]] = {}
    for key, one in (*_definitions(facts), *_imports(facts), *_exports(facts)):
        found.setdefault(key, []).append(one)
    return found


def allowed(group: Iterable[Binding]) -> bool:
    """Whether all of these may stand side by side and mean what they say."""
    hows = {one.how for one in group}
    return hows in ({"var"}, {"merges"})


def refused(path: str, facts: FileFacts, key: Key, group: Iterable[Binding]) -> bool:
    """Whether no compiler and no engine takes a file that binds all of these; otherwise the last one wins.

    As ECMA-262 has it: early errors of declarations, of exported names, of constructors and of private names. The
    compiler of TypeScript refuses the rest too.
    """
    if is_typed(path):
        return True
    if key[0]:
        return not key[0].endswith("[]") and (key[1] == "constructor" or key[1].startswith("#"))
    if key[2] == "export":
        return _is_module(path, facts)
    return any(not one.how for one in group) or _is_module(path, facts)


def _is_module(path: str, facts: FileFacts) -> bool:
    return path.endswith(".mjs") or ("module", "es") in facts.settings


def _definitions(facts: FileFacts) -> Iterator[tuple[Key, Binding]]:
    kinds = {one.path: one.kind for one in facts.definitions if one.kind in ("class", "enum")}
    times: dict[str, int] = {}
    for one in facts.definitions:
        times[one.path] = times.get(one.path, 0) + 1
    for one in facts.definitions:
        what = _what(one, kinds.get(one.scope, ""))
        if one.kind == "key" and times.get(one.scope.removesuffix("[]")) != 1:
            continue
        if what and not one.conditional and "overload" not in one.decorators and one.overload != "this":
            if what != "type":
                yield (one.scope, one.name, _side(one)), Binding(what, one.line, one.digest, _how(one))
            if what in ("type", "class") and not one.scope:
                how: How = "merges" if what == "class" or one.overload == "interface" else ""
                yield ("", one.name, "type"), Binding(what, one.line, one.digest, how)


def _what(one: Definition, holder: str) -> What | None:
    """Whether a definition counts, and as what; `holder` is the kind of what it stands in."""
    if one.kind == "key":
        return "key"
    if holder == "enum":
        return "member"
    if holder:
        abstract = one.kind == "function" and one.abstract  # as overloads
        return None if abstract else "method" if one.kind == "function" else "field"
    if one.scope:
        return None
    return one.kind if one.kind in ("function", "class", "variable", "type") else None


def _side(one: Definition) -> str:
    return " ".join(side for side in ("static", "getter", "setter") if side in one.decorators)


def _how(one: Definition) -> How:
    return "var" if one.overload == "var" else "function" if one.overload == "function" else ""


def _imports(facts: FileFacts) -> Iterator[tuple[Key, Binding]]:
    """Imports, as such and, where they may be values, beside what else has their names."""
    for one in facts.imports:
        if one.alias and not one.scope and not one.conditional:
            found = Binding(
                "import", one.line, f"{one.module} {one.name}", "var" if one.again else "", brought=True
            )
            yield ("", one.alias, "import"), found
            if not one.typing:
                yield ("", one.alias, ""), found


def _exports(facts: FileFacts) -> Iterator[tuple[Key, Binding]]:
    """Exported names; what is exported as it is declared counts once, as what it declares may be overloaded."""
    declared = {(one.name, one.line) for one in facts.definitions if not one.scope}
    told: set[tuple[str, str]] = set()
    for one in facts.exported:
        if one.name == "*" or one.typing:
            continue
        if not one.module and (one.local, one.line) in declared:
            if (one.name, one.local) in told:
                continue
            told.add((one.name, one.local))
        yield (
            ("", one.name, "export"),
            Binding("export", one.line, f"{one.local} {one.module}", brought=bool(one.module)),
        )
