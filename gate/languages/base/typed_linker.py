"""Names in typed languages: what a chain stands for, through declared types of fields, variables and results.

What the languages differ in (what a bare name means in a file, where the members of a type are written) is left to the
linker of each.
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

TYPES = ("class", "enum")
_DEEPEST = 12
_MOST_BASES = 50
_MOST_STEPS = 5000
"""Chains looked at for one answer; names that lead on and on are nobody's work."""


class TypedLinker(ABC):
    """Names of one state. `facts_of` gives the facts of a path of that state, None when there are none."""

    def __init__(self, facts_of: FactsOf) -> None:
        self._facts_of = facts_of
        self._members: dict[str, dict[tuple[str, str], list[Definition]]] = {}
        self._depth = 0
        self._steps = 0
        self.dependencies: list[Dependency] = []

    @abstractmethod
    def imported(self, path: str, one: Import) -> Symbol:
        """What an import names."""

    @abstractmethod
    def root(self, path: str, name: str, owner: str) -> Symbol:
        """What a chain that begins with `name` in `owner` of a file begins with."""

    @abstractmethod
    def attribute(self, module: Module, name: str) -> Symbol:
        """A name of a package or module, as seen from outside."""

    @abstractmethod
    def holders(self, one: Bound) -> Iterable[str]:
        """The files in which members of a type may be written."""

    def conditional(self, path: str, one: Definition) -> bool:
        """Whether others may stand for a definition."""
        del path
        return one.conditional

    def implicit(self, one: Bound, name: str) -> bool:
        """Whether the language may give a type a member that nobody writes."""
        del one, name
        return False

    def small(self, base: str) -> bool:
        """Whether a base is of the platform, and all it gives is `implicit`."""
        del base
        return False

    def facts(self, path: str) -> FileFacts:
        """The facts of a file; none at all when it cannot be read."""
        return self._facts_of(path) or NO_FACTS

    # Answers

    def answer(self, path: str, use: Use) -> Answer:
        """What the state says to a use in the file at `path`."""
        self._steps = 0
        match use.fact:
            case Import():
                return answer_for(self.imported(path, use.fact))
            case Reference():
                if self.told(path, use.fact):
                    return SILENT
                found = self.reference(path, use.fact)
                return _call(found, use.fact) if use.kind == "call" else answer_for(found)
        return SILENT

    def told(self, path: str, one: Reference) -> bool:
        """Whether the import behind a chain fails already; that is told once, at the import."""
        name = one.chain.partition(".")[0].removesuffix("()")
        return one.via == "module" and any(
            each.alias == name and isinstance(self.imported(path, each), Missing)
            for each in self.facts(path).imports
        )

    def reference(self, path: str, one: Reference) -> Symbol:
        """What a reference in a file stands for."""
        return self.chain(path, one.chain, one.owner)

    # Chains

    def chain(self, path: str, chain: str, owner: str = "") -> Symbol:
        """A chain, from its root on."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return UNKNOWN
        first, *rest = chain.split(".")
        name = first.removesuffix("()")
        return self.along(self.called(self.root(path, name, owner), made=first != name), rest)

    def along(self, start: Symbol, parts: Iterable[str]) -> Symbol:
        """What is reached from a symbol, one part after another."""
        current = start
        for part in parts:
            name = part.removesuffix("()")
            current = self.called(self.step(current, name), made=part != name)
        return current

    def step(self, current: Symbol, name: str) -> Symbol:
        """A name of what a chain has come to."""
        if isinstance(current, Module):
            return self.attribute(current, name)
        if isinstance(current, Bound):
            kind = current if current.definition.kind in TYPES else self.valued(current)
            return self.member(kind, name) if isinstance(kind, Bound) else UNKNOWN
        return current if isinstance(current, Missing) else UNKNOWN

    def called(self, symbol: Symbol, *, made: bool) -> Symbol:
        """What calling it gives, when it is called (`made`): an instance, or what its declared result is."""
        if not made or isinstance(symbol, Missing):
            return symbol
        if not isinstance(symbol, Bound) or symbol.instance:
            return UNKNOWN
        if symbol.definition.kind in TYPES:
            return Bound(symbol.path, symbol.definition, instance=True)
        return self.valued(symbol)

    def valued(self, one: Bound) -> Symbol:
        """What a variable holds, a function gives, an alias stands for: an instance of a type, or nobody knows."""
        definition = one.definition
        if not definition.value or self._depth > _DEEPEST:
            return UNKNOWN
        self._depth += 1
        try:
            found = self.chain(one.path, definition.value, definition.scope)
        finally:
            self._depth -= 1
        if not isinstance(found, Bound):
            return UNKNOWN
        if definition.kind == "type":
            return (
                Bound(found.path, found.definition, instance=True)
                if found.definition.kind in TYPES
                else UNKNOWN
            )
        return found if found.instance else UNKNOWN

    # Members

    def written(self, path: str, scope: str, name: str) -> list[Definition]:
        """The definitions of a name in one scope of one file."""
        found = self._members.get(path)
        if found is None:
            found = self._members[path] = {}
            for one in self.facts(path).definitions:
                found.setdefault((one.scope, one.name), []).append(one)
        return found.get((scope, name), [])

    def member(self, start: Bound, name: str) -> Symbol:
        """A member of a type, its bases' included."""
        sure = True
        for one in self.lineage(start):
            if one is None:
                sure = False
                continue
            found = list(self.own(one, name))
            self.dependencies += [(path, each.path) for path, each in found]
            if found:
                return self.meant(start, found, sure=sure)
        if self.implicit(start, name):
            return UNKNOWN
        return Missing(
            start.path, name, inside=start.definition.path, sure=sure and not start.definition.opaque
        )

    def own(self, one: Bound, name: str) -> Iterator[tuple[str, Definition]]:
        """The definitions of a member in a type itself, with the files they stand in."""
        for path in self.holders(one):
            for each in self.written(path, one.definition.path, name):
                yield path, each

    def meant(self, start: Bound, found: list[tuple[str, Definition]], *, sure: bool) -> Symbol:
        """What a member stands for, of all its definitions in the nearest type that has one."""
        if len(found) != 1 or not sure:
            return PRESENT
        path, one = found[0]
        if self.conditional(path, one):
            return PRESENT
        return Bound(path, one, through="instance" if start.instance else "class")

    def lineage(self, start: Bound) -> Iterator[Bound | None]:
        """The type and its bases, nearest first; None where nobody can say what comes next."""
        queue: list[Bound | None] = [start]
        seen: set[tuple[str, str]] = set()
        while queue:
            one = queue.pop(0)
            if one is None or len(seen) > _MOST_BASES:
                yield None
                continue
            key = (one.path, one.definition.path)
            if key not in seen:
                seen.add(key)
                self.dependencies.append(key)
                yield one
                queue += [self.base(one, base) for base in one.definition.bases if not self.small(base)]

    def base(self, one: Bound, base: str) -> Bound | None:
        """What a type is made from, None where that cannot be told."""
        found = self.chain(one.path, base, one.definition.scope) if base != "?" else UNKNOWN
        if isinstance(found, Bound) and found.definition.kind == "type":
            found = self.valued(found)
        return found if isinstance(found, Bound) and found.definition.kind in TYPES else None


def one_of(path: str, found: list[Definition], *, conditional: bool) -> Symbol:
    """What a name with these definitions in a file stands for."""
    return Bound(path, found[0]) if len(found) == 1 and not conditional else PRESENT


def unsigned(one: Bound) -> Bound:
    """The same, when it cannot be told which calls fit."""
    return Bound(one.path, msgspec.structs.replace(one.definition, signature=None), one.instance, one.through)


def _call(found: Symbol, one: Reference) -> Answer:
    if (
        not isinstance(found, Bound)
        or found.instance
        or found.definition.signature is None
        or one.call is None
    ):
        return SILENT
    signature = found.definition.signature
    if signature.parameters[:1] and signature.parameters[0].name == "self" and found.through == "instance":
        signature = Signature(signature.parameters[1:])
    why = call_matching.mismatch(signature, one.call)
    return Answer(why=why, target=found) if why else Answer(fine=True, target=found)
