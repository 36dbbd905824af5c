"""Resolving names in one state: through imports, re-exports, stars, classes and their bases."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from gate.languages.base.symbols import OUTSIDE, PRESENT, UNKNOWN, Bound, Missing, Module
from gate.languages.python.linker import calls, classes
from gate.languages.python.linker.answers import answer
from gate.languages.python.linker.modules import rivals
from gate.model.source import NO_FACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gate.languages.base.symbols import Dependency, Symbol
    from gate.languages.base.uses import Answer, Use
    from gate.languages.python.linker.modules import Modules
    from gate.model.source import Definition, FileFacts, Import, Reference

_DEEPEST = 12
_MOST_STEPS = 200
"""Declarations looked at for one answer; those that lead on and on are nobody's work."""
_BUILTINS = frozenset(dir(builtins)) | {
    *("__file__", "__name__", "__path__", "__annotations__", "__class__", "WindowsError", "reveal_type"),
    *("unicode", "basestring", "xrange", "long", "unichr", "raw_input", "reduce", "file", "__builtins__"),
}


class PythonLinker:
    """Names of one state. `facts_of` gives the facts of a path of that state, None when there are none."""

    def __init__(self, modules: Modules, facts_of: Callable[[str], FileFacts | None]) -> None:
        self.modules = modules
        self._facts_of = facts_of
        self._names: dict[str, dict[str, tuple[list[Definition], list[Import]]]] = {}
        self._members: dict[str, dict[str, list[Definition]]] = {}
        self.dependencies: list[Dependency] = []
        self.sure = True
        """No module met since this was set goes by a name that another has too."""
        self.declared = False
        """Something met since then is known by what it is declared to be."""
        self._depth = 0
        self._steps = 0

    def begin(self) -> None:
        """Forget what was met for the answer before."""
        self.sure, self.declared, self._steps = True, False, 0

    def facts(self, path: str) -> FileFacts:
        """The facts of a file; none at all when it cannot be read."""
        return self._facts_of(path) or NO_FACTS

    def answer(self, path: str, use: Use) -> Answer:
        """What the state says to a use in the file at `path`."""
        return answer(self, path, use)

    # Imports

    def imported(self, path: str, one: Import, depth: int = 0) -> Symbol:
        """What an import binds."""
        source = self.source(path, one)
        if not isinstance(source, Module) or one.name == "*":
            return source
        if one.name:
            return self.attribute(source, one.name, depth + 1)
        return source if one.renamed or "." not in one.module else self._top(path, one)

    def source(self, path: str, one: Import) -> Symbol:
        """The module an import names."""
        if one.level:
            found = self.modules.relative(one.module, one.level, path)
        else:
            found = self.modules.absolute(one.module, path)
        if found is not None:
            return self.met(found)
        top = one.module.partition(".")[0]
        if not one.level and self.modules.outside(top):
            self.dependencies += ((stand_in, "") for stand_in in self.modules.stand_ins(top, path))
            return OUTSIDE
        return Missing(path, "." * one.level + one.module, module=True)

    def met(self, module: Module) -> Module:
        """A module on the way: the answer rests on its file, and on the absence of what would come before it."""
        self.dependencies.append((module.path or f"{module.folder}/", ""))
        self.dependencies += ((path, "") for path in rivals(module))
        self.sure = self.sure and module.sure
        return module

    def _top(self, path: str, one: Import) -> Symbol:
        return self.modules.absolute(one.module.partition(".")[0], path) or UNKNOWN

    # Modules

    def names(self, path: str) -> dict[str, tuple[list[Definition], list[Import]]]:
        """The module-level bindings of a file, by name."""
        found = self._names.get(path)
        if found is None:
            found = self._names[path] = {}
            facts = self.facts(path)
            for definition in facts.definitions:
                if not definition.scope:
                    found.setdefault(definition.name, ([], []))[0].append(definition)
            for one in facts.imports:
                if not one.scope and one.alias:
                    found.setdefault(one.alias, ([], []))[1].append(one)
        return found

    def members(self, path: str) -> dict[str, list[Definition]]:
        """The definitions of a file by the class they stand in."""
        found = self._members.get(path)
        if found is None:
            found = self._members[path] = {}
            for one in self.facts(path).definitions:
                found.setdefault(one.scope, []).append(one)
        return found

    def attribute(self, module: Module, name: str, depth: int = 0) -> Symbol:
        """A name of a module."""
        if depth > _DEEPEST or (name.startswith("__") and name.endswith("__")):
            return UNKNOWN
        if not module.path:
            return self._child(module, name) or Missing(f"{module.folder}/", name, sure=module.sure)
        found = self.binding(module.path, name, depth)
        if not isinstance(found, Missing):
            return found
        return self._child(module, name) or found

    def _child(self, module: Module, name: str) -> Module | None:
        child = self.modules.child(module, name)
        return None if child is None else self.met(child)

    def binding(self, path: str, name: str, depth: int = 0) -> Symbol:
        """What a name at module level of a file stands for; submodules left aside."""
        facts = self.facts(path)
        definitions, imports = self.names(path).get(name, ((), ()))
        if definitions or imports:
            self.dependencies.append((path, name))
            return self._bound(path, definitions, imports, depth)
        if facts.parse != "full" or set(facts.dynamic) - {"exports"} or name in facts.globals:
            return UNKNOWN
        return self._starred(path, facts, name, depth)

    def _bound(
        self, path: str, definitions: Iterable[Definition], imports: Iterable[Import], depth: int
    ) -> Symbol:
        own, others = classes.implementations(list(definitions)), list(imports)
        if len(own) == 1 and not others:
            return self._meant(path, own[0], depth)
        if own or any(one.guarded for one in others) or depth > _DEEPEST:
            return PRESENT
        found = {self.imported(path, one, depth) for one in others}
        only = found.pop() if len(found) == 1 else PRESENT
        return PRESENT if only == UNKNOWN else only

    def _meant(self, path: str, one: Definition, depth: int) -> Symbol:
        if one.conditional:
            return PRESENT
        if one.kind == "variable":
            return self._value(path, one, depth)
        return Bound(path, one)

    def _value(self, path: str, one: Definition, depth: int) -> Symbol:
        """A variable: what it is bound to where that is a chain, else only that it is there."""
        if one.value and depth < _DEEPEST and not one.scope:
            found = self.chain(path, one.value, depth + 1)
            if isinstance(found, Bound) and found.instance:
                return found
        return Bound(path, one)

    def _starred(self, path: str, facts: FileFacts, name: str, depth: int) -> Symbol:
        for one in facts.imports:
            if one.name != "*":
                continue
            source = self.source(path, one)
            if not isinstance(source, Module) or not source.path or depth > _DEEPEST:
                return UNKNOWN
            exports = self.facts(source.path).exports
            if exports is None and (name.startswith("_") or "exports" in self.facts(source.path).dynamic):
                if "exports" in self.facts(source.path).dynamic:
                    return UNKNOWN
                continue
            if exports is not None and name not in exports:
                continue
            found = self.attribute(source, name, depth + 1)
            if not isinstance(found, Missing):
                self.dependencies.append((path, "*"))
                return found
        return Missing(path, name)

    # Chains

    def reference(self, path: str, one: Reference) -> Symbol:
        """What a reference in a file stands for."""
        if one.via == "value":
            return UNKNOWN
        if one.via in ("self", "super"):
            return self._own_member(path, one)
        if one.via == "local":
            return self._local(path, one)
        return self.chain(path, one.chain)

    def chain(self, path: str, chain: str, depth: int = 0) -> Symbol:
        """A chain whose root is a name at module level of a file."""
        first, *rest = chain.split(".")
        name = first.removesuffix("()")
        start = self.binding(path, name, depth)
        if isinstance(start, Missing) and name in _BUILTINS:
            return UNKNOWN
        return self.along(self.called(start) if first != name else start, rest, depth)

    def _local(self, path: str, one: Reference) -> Symbol:
        first, *rest = one.chain.split(".")
        name = first.removesuffix("()")
        start = self.local_root(path, name, one.owner)
        return self.along(self.called(start) if first != name else start, rest)

    def local_root(self, path: str, name: str, scope: str) -> Symbol:
        """What an import within a function binds."""
        found = [item for item in self.facts(path).imports if item.scope == scope and item.alias == name]
        return self._bound(path, (), found, 0) if found else UNKNOWN

    def _own_member(self, path: str, one: Reference) -> Symbol:
        owner = next((item for item in self.facts(path).definitions if item.path == one.owner), None)
        if owner is None or owner.kind != "class":
            return UNKNOWN
        first, *rest = one.chain.split(".")
        start = Bound(path, owner, instance=True)
        found = classes.member(self, start, first.removesuffix("()"), above=one.via == "super")
        return self.along(self.called(found) if first.endswith("()") else found, rest, 0)

    def along(self, start: Symbol, parts: list[str], depth: int = 0) -> Symbol:
        """The members of a symbol, one after another."""
        current = start
        for part in parts:
            name = part.removesuffix("()")
            if isinstance(current, Module):
                current = self.attribute(current, name, depth + 1)
            elif isinstance(current, Bound) and name == "delay" and calls.is_task(current.definition):
                current = Bound(current.path, current.definition)
            elif isinstance(current, Bound):
                holder = current if current.definition.kind == "class" else self._held(current)
                current = classes.member(self, holder, name) if isinstance(holder, Bound) else UNKNOWN
            else:
                return current if isinstance(current, Missing) or current == OUTSIDE else UNKNOWN
            if part != name:
                current = self.called(current)
        attribute = isinstance(current, Bound) and current.definition.kind == "attribute"
        return PRESENT if attribute else current

    # What values are declared to be

    def called(self, symbol: Symbol) -> Symbol:
        """What calling it gives: an instance of a class, what a function is declared to give, else nobody knows."""
        if isinstance(symbol, Bound) and not symbol.instance:
            if symbol.definition.kind == "class":
                return Bound(symbol.path, symbol.definition, instance=True)
            return self._promised(symbol) if calls.gives_declared(symbol.definition) else UNKNOWN
        return symbol if isinstance(symbol, Missing) or symbol == OUTSIDE else UNKNOWN

    def _held(self, one: Bound) -> Symbol:
        """What an attribute or property of an instance is declared to be."""
        property_ = one.definition.kind == "function" and calls.is_property(one.definition)
        held = one.through == "instance" and (property_ or one.definition.kind in ("attribute", "variable"))
        return self._promised(one) if held else UNKNOWN

    def _promised(self, one: Bound) -> Symbol:
        self._steps += 1
        if not one.definition.holds or self._depth > _DEEPEST or self._steps > _MOST_STEPS:
            return UNKNOWN
        self._depth += 1
        try:
            found = self.chain(one.path, one.definition.holds)
        finally:
            self._depth -= 1
        self.declared = True
        return found if isinstance(found, Bound) and found.instance else UNKNOWN
