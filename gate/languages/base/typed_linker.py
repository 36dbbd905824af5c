"""Names in typed languages: what a chain stands for, through declared types of fields, variables and results.

The linker of each language says what a bare name means in a file, and where the members of a type are written.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import msgspec

from gate.languages.base import call_matching
from gate.languages.base.answering import answer_for
from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing, Module
from gate.languages.base.uses import SILENT, Answer
from gate.model.source import NO_FACTS, Import, Reference, Signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.languages.base.language import FactsOf
    from gate.languages.base.symbols import Dependency, Symbol
    from gate.languages.base.uses import Use
    from gate.model.source import Definition, FileFacts

    PlacedDefinition = tuple[str, Definition]
    """A definition with the path of its file."""

TYPES = ("class", "enum")
"""Kinds of definitions that are types with members."""
_DEEPEST = 12
"""Declared values looked up on the way to one value."""
_MOST_BASES = 50
_MOST_STEPS = 5000
"""Chains resolved for one answer; nobody writes names that lead on for longer."""


class TypedLinker(ABC):
    """The names of one state; `facts_of` returns the facts of the file at a path of that state."""

    def __init__(self, facts_of: FactsOf) -> None:
        self._facts_of = facts_of
        self._definitions: dict[str, dict[tuple[str, str], list[Definition]]] = {}
        """By path, and then by (scope, name)."""
        self._depth = 0
        self._steps = 0
        self.dependencies: list[Dependency] = []

    @abstractmethod
    def resolve_import(self, path: str, binding: Import) -> Symbol:
        """Return what an import in the file at `path` names."""

    @abstractmethod
    def resolve_root(self, path: str, name: str, owner: str) -> Symbol:
        """Return what `name` stands for in the definition `owner` of a file; chains begin with it."""

    @abstractmethod
    def module_member(self, module: Module, name: str) -> Symbol:
        """Return what a name of a package or module stands for, as seen from outside of it."""

    @abstractmethod
    def member_files(self, owner: Bound) -> Iterable[str]:
        """Return the files in which members of a type may be written."""

    def is_conditional(self, path: str, definition: Definition) -> bool:
        """Return whether another definition may stand for one in the file at `path`."""
        del path
        return definition.conditional

    def has_implicit_member(self, owner: Bound, name: str) -> bool:
        """Return whether the language may give a type a member that nobody writes."""
        del owner, name
        return False

    def is_platform_base(self, base: str) -> bool:
        """Return whether a base is of the platform, and all it gives is `has_implicit_member`'s."""
        del base
        return False

    def facts(self, path: str) -> FileFacts:
        """Return the facts of a file; `NO_FACTS` when it cannot be read."""
        return self._facts_of(path) or NO_FACTS

    # Answers

    def answer(self, path: str, use: Use) -> Answer:
        """Return what the state provides for a use in the file at `path`."""
        self._steps = 0
        match use.fact:
            case Import():
                return answer_for(self.resolve_import(path, use.fact))
            case Reference():
                if self.is_import_missing(path, use.fact):
                    return SILENT
                symbol = self.resolve_reference(path, use.fact)
                return _call_answer(symbol, use.fact) if use.kind == "call" else answer_for(symbol)
        return SILENT

    def is_import_missing(self, path: str, reference: Reference) -> bool:
        """Return whether the import behind a chain fails already, so that the failure belongs to the import alone."""
        name = reference.chain.partition(".")[0].removesuffix("()")
        return reference.via == "module" and any(
            binding.alias == name and isinstance(self.resolve_import(path, binding), Missing)
            for binding in self.facts(path).imports
        )

    def resolve_reference(self, path: str, reference: Reference) -> Symbol:
        """Return what a reference in the file at `path` stands for."""
        return self.resolve_chain(path, reference.chain, reference.owner)

    # Chains

    def resolve_chain(self, path: str, chain: str, owner: str = "") -> Symbol:
        """Return what a chain in the definition `owner` of a file stands for."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return UNKNOWN
        first, *parts = chain.split(".")
        name = first.removesuffix("()")
        return self.follow(self.result(self.resolve_root(path, name, owner), is_called=first != name), parts)

    def follow(self, start: Symbol, parts: Iterable[str]) -> Symbol:
        """Return what is reached from a symbol by the parts of a chain, one after another."""
        symbol = start
        for part in parts:
            name = part.removesuffix("()")
            symbol = self.result(self.member(symbol, name), is_called=part != name)
        return symbol

    def member(self, symbol: Symbol, name: str) -> Symbol:
        """Return what a name of a symbol stands for."""
        if isinstance(symbol, Module):
            return self.module_member(symbol, name)
        if isinstance(symbol, Bound):
            owner = symbol if symbol.definition.kind in TYPES else self.value(symbol)
            return self.type_member(owner, name) if isinstance(owner, Bound) else UNKNOWN
        return symbol if isinstance(symbol, Missing) else UNKNOWN

    def result(self, symbol: Symbol, *, is_called: bool) -> Symbol:
        """Return what a call of the symbol gives, an instance or its declared result; the symbol where none is made."""
        if not is_called or isinstance(symbol, Missing):
            return symbol
        if not isinstance(symbol, Bound) or symbol.instance:
            return UNKNOWN
        if symbol.definition.kind in TYPES:
            return Bound(symbol.path, symbol.definition, instance=True)
        return self.value(symbol)

    def value(self, bound: Bound) -> Symbol:
        """Return the instance that a variable holds, a function gives or an alias stands for; else `UNKNOWN`."""
        definition = bound.definition
        if not definition.value or self._depth > _DEEPEST:
            return UNKNOWN
        self._depth += 1
        try:
            symbol = self.resolve_chain(bound.path, definition.value, definition.scope)
        finally:
            self._depth -= 1
        if not isinstance(symbol, Bound):
            return UNKNOWN
        if definition.kind == "type":
            is_type = symbol.definition.kind in TYPES
            return Bound(symbol.path, symbol.definition, instance=True) if is_type else UNKNOWN
        return symbol if symbol.instance else UNKNOWN

    # Members

    def definitions(self, path: str, scope: str, name: str) -> list[Definition]:
        """Return the definitions of a name in one scope of one file."""
        by_scope = self._definitions.get(path)
        if by_scope is None:
            by_scope = self._definitions[path] = {}
            for definition in self.facts(path).definitions:
                by_scope.setdefault((definition.scope, definition.name), []).append(definition)
        return by_scope.get((scope, name), [])

    def type_member(self, start: Bound, name: str) -> Symbol:
        """Return what a member of a type stands for, those of its bases included."""
        sure = True
        for owner in self.lineage(start):
            if owner is None:
                sure = False
                continue
            members = list(self.own_members(owner, name))
            self.dependencies += [(path, definition.path) for path, definition in members]
            if members:
                return self.choose_member(start, members, sure=sure)
        if self.has_implicit_member(start, name):
            return UNKNOWN
        sure = sure and not start.definition.opaque
        return Missing(start.path, name, inside=start.definition.path, sure=sure)

    def own_members(self, owner: Bound, name: str) -> Iterator[PlacedDefinition]:
        """Yield the definitions of a member in a type itself."""
        for path in self.member_files(owner):
            for definition in self.definitions(path, owner.definition.path, name):
                yield path, definition

    def choose_member(self, start: Bound, members: list[PlacedDefinition], *, sure: bool) -> Symbol:
        """Return what a member stands for, of its definitions in the nearest type that has one.

        `sure`: all types before that one are known.
        """
        if len(members) != 1 or not sure:
            return PRESENT
        path, definition = members[0]
        if self.is_conditional(path, definition):
            return PRESENT
        return Bound(path, definition, through="instance" if start.instance else "class")

    def lineage(self, start: Bound) -> Iterator[Bound | None]:
        """Yield the type and its bases, nearest first; None for a base that is unknown."""
        queue: list[Bound | None] = [start]
        seen: set[Dependency] = set()
        while queue:
            owner = queue.pop(0)
            if owner is None or len(seen) > _MOST_BASES:
                yield None
                continue
            key = (owner.path, owner.definition.path)
            if key not in seen:
                seen.add(key)
                self.dependencies.append(key)
                yield owner
                bases = (base for base in owner.definition.bases if not self.is_platform_base(base))
                queue += [self.resolve_base(owner, base) for base in bases]

    def resolve_base(self, owner: Bound, base: str) -> Bound | None:
        """Return the type that a base of a type names, None where that is unknown."""
        symbol = self.resolve_chain(owner.path, base, owner.definition.scope) if base != "?" else UNKNOWN
        if isinstance(symbol, Bound) and symbol.definition.kind == "type":
            symbol = self.value(symbol)
        return symbol if isinstance(symbol, Bound) and symbol.definition.kind in TYPES else None


def without_signature(bound: Bound) -> Bound:
    """Return the same symbol as one of which it is unknown what calls fit."""
    definition = msgspec.structs.replace(bound.definition, signature=None)
    return Bound(bound.path, definition, bound.instance, bound.through)


def _call_answer(symbol: Symbol, reference: Reference) -> Answer:
    if (
        not isinstance(symbol, Bound)
        or symbol.instance
        or symbol.definition.signature is None
        or reference.call is None
    ):
        return SILENT
    signature = symbol.definition.signature
    if signature.parameters[:1] and signature.parameters[0].name == "self" and symbol.through == "instance":
        signature = Signature(signature.parameters[1:])
    why = call_matching.mismatch(signature, reference.call)
    return Answer(why=why, target=symbol) if why else Answer(fine=True, target=symbol)
