"""Resolving names in one state: through imports, re-exports, stars, classes, enums and namespaces."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing, Module
from gate.languages.javascript.linker import ambient, members, paths
from gate.languages.javascript.linker.answers import answer
from gate.languages.javascript.linker.specifiers import Resolver
from gate.model.source import NO_FACTS

if TYPE_CHECKING:
    from gate.languages.base.language import FactsOf
    from gate.languages.base.symbols import Dependency, Symbol
    from gate.languages.base.tree import Tree
    from gate.languages.base.uses import Answer, Use
    from gate.languages.javascript.linker.manifests import Manifests
    from gate.model.source import Definition, Export, FileFacts, Import, Reference

_DEEPEST = 12
_OF_EVERY_MODULE = ("then", "__esModule")

Bindings = dict[str, tuple[list["Definition"], list["Import"]]]


class ScriptLinker:
    """Names of one state. `facts_of` gives the facts of a path of that state, None when there are none."""

    def __init__(self, tree: Tree, manifests: Manifests, facts_of: FactsOf) -> None:
        self.dependencies: list[Dependency] = []
        self.tree = tree
        self._facts_of = facts_of
        self._manifests = manifests
        self._resolver = Resolver(tree, manifests, self.dependencies)
        self._names: dict[str, Bindings] = {}
        self._exports: dict[str, dict[str, list[Export]]] = {}
        self._known: dict[tuple[str, str], tuple[Symbol, tuple[Dependency, ...]]] = {}

    def facts(self, path: str) -> FileFacts:
        """The facts of a file; none at all when it cannot be read."""
        return self._facts_of(path) or NO_FACTS

    def answer(self, path: str, use: Use) -> Answer:
        """What the state says to a use in the file at `path`."""
        return answer(self, path, use)

    # Imports

    def source(self, path: str, specifier: str) -> Symbol:
        """The module a specifier names."""
        return self._resolver.resolve(path, specifier)

    def imported(self, path: str, one: Import, depth: int = 0) -> Symbol:
        """What an import binds."""
        source = self.source(path, one.module)
        if not isinstance(source, Module) or one.name == "*":
            return source
        return self.attribute(source, one.name, depth + 1) if one.name else self._whole(source, depth)

    def _whole(self, module: Module, depth: int) -> Symbol:
        """What `require` gives: of CommonJS modules what they assign to `module.exports`, where that is one thing."""
        if not paths.is_source(module.path):
            return PRESENT
        facts = self.facts(module.path)
        return self.attribute(module, "default", depth + 1) if _is_commonjs(facts) else module

    # Exports

    def exports(self, path: str) -> dict[str, list[Export]]:
        """What a module exports, by name; the stars under "*"."""
        found = self._exports.get(path)
        if found is None:
            found = self._exports[path] = {}
            for one in self.facts(path).exported:
                found.setdefault(one.name, []).append(one)
        return found

    def attribute(self, module: Module, name: str, depth: int = 0) -> Symbol:
        """A name that a module exports."""
        if not paths.is_source(module.path):
            return PRESENT
        found = self._remembered(module.path, name, depth)
        if isinstance(found, Missing) and not module.sure:
            return Missing(found.where, found.name, found.inside, sure=False)
        return found

    def _remembered(self, path: str, name: str, depth: int) -> Symbol:
        """The same, worked out once; modules that export one another's names know nothing meanwhile."""
        known = self._known.get((path, name))
        if known is None:
            self._known[path, name] = UNKNOWN, ()
            start = len(self.dependencies)
            found = self._exported(path, name, depth, set())
            self._known[path, name] = found, tuple(self.dependencies[start:])
            return found
        self.dependencies += known[1]
        return known[0]

    def _exported(self, path: str, name: str, depth: int, seen: set[str]) -> Symbol:
        facts = self.facts(path)
        if path in seen:
            return Missing(path, name)
        seen.add(path)
        if depth > _DEEPEST or name in _OF_EVERY_MODULE:
            return UNKNOWN
        own = self.exports(path).get(name, [])
        if name == "default" and _is_object(facts, own):
            return Module(path, None)
        if own:
            self.dependencies.append((path, name))
            return self._given(path, own, depth)
        if facts.parse != "full" or "exports" in facts.dynamic:
            return UNKNOWN
        return self._starred(path, name, depth, seen)

    def _given(self, path: str, own: list[Export], depth: int) -> Symbol:
        """What an export stands for; several of one name are a type and a value, or overloads."""
        found = [self._one(path, one, depth) for one in own]
        missing = next((one for one in found if isinstance(one, Missing)), None)
        if missing is not None:
            return missing
        return found[0] if all(one == found[0] for one in found) else PRESENT

    def _one(self, path: str, one: Export, depth: int) -> Symbol:
        if not one.module:
            found = self.binding(path, one.local, depth + 1) if one.local else PRESENT
            return PRESENT if isinstance(found, Missing) or found == UNKNOWN else found
        source = self.source(path, one.module)
        if not isinstance(source, Module):
            return PRESENT
        found = source if one.local == "*" else self.attribute(source, one.local, depth + 1)
        # A name that is missing further down is told where it is re-exported, unless the importer alone is fresh.
        return PRESENT if found == UNKNOWN else found

    def _starred(self, path: str, name: str, depth: int, seen: set[str]) -> Symbol:
        unknown = False
        found: list[Symbol] = []
        for one in self.exports(path).get("*", ()) if name != "default" else ():
            source = self.source(path, one.module)
            if not isinstance(source, Module) or not paths.is_source(source.path):
                unknown = True
                continue
            symbol = self._exported(source.path, name, depth + 1, seen)
            unknown = unknown or symbol == UNKNOWN or not source.sure
            if not isinstance(symbol, Missing) and symbol != UNKNOWN:
                self.dependencies.append((path, "*"))
                found.append(symbol)
        if found:
            return found[0] if all(one == found[0] for one in found) and not unknown else PRESENT
        return UNKNOWN if unknown else Missing(path, name)

    # Bindings

    def names(self, path: str) -> Bindings:
        """The bindings of a file at its top, by name."""
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

    def binding(self, path: str, name: str, depth: int = 0) -> Symbol:
        """What a name at the top of a file stands for."""
        definitions, imports = self.names(path).get(name, ((), ()))
        if not definitions and not imports:
            return self._unbound(path, name)
        self.dependencies.append((path, name))
        if depth > _DEEPEST:
            return PRESENT
        if definitions:
            return PRESENT if imports else self._meant(path, list(definitions), depth)
        found = [self.imported(path, one, depth + 1) for one in imports]
        if any(one.guarded for one in imports):
            return PRESENT
        only = found[0] if all(one == found[0] for one in found) else PRESENT
        return PRESENT if only == UNKNOWN else only

    def _unbound(self, path: str, name: str) -> Symbol:
        """A name that the file does not bind: one of the environment, or of a script loaded before, or none."""
        facts = self.facts(path)
        if facts.parse != "full" or set(facts.dynamic) - {"exports"} or name in facts.globals:
            return UNKNOWN
        if not facts.imports and not facts.exported:
            return UNKNOWN  # A script shares its names with every other one of the page.
        if ambient.is_known(name) or self._declared is None or name in self._declared:
            return UNKNOWN
        return Missing(path, name)

    @cached_property
    def _declared(self) -> frozenset[str] | None:
        """Names that the tree's declaration files may give to every file; None when that cannot be told."""
        known = (
            *self._manifests.declarations,
            *(path for path in self.tree.added() if path.endswith(".d.ts")),
        )
        return ambient.declared([path for path in known if path in self.tree], self.facts)

    def _meant(self, path: str, found: list[Definition], depth: int) -> Symbol:
        if len(found) != 1 or found[0].conditional:
            return PRESENT
        one = found[0]
        if one.kind == "variable" and one.value and depth < _DEEPEST:
            value = self.chain(path, one.value, depth + 1)
            if isinstance(value, Bound) and value.instance:
                return value
        return Bound(path, one)

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
        """A chain whose root is a name at the top of a file."""
        first, *rest = chain.split(".")
        name = first.removesuffix("()")
        start = self.binding(path, name, depth)
        return self.along(_called(start) if first != name else start, rest, depth)

    def _local(self, path: str, one: Reference) -> Symbol:
        first, *rest = one.chain.split(".")
        name = first.removesuffix("()")
        start = self.local_root(path, name, one.owner)
        return self.along(_called(start) if first != name else start, rest)

    def local_root(self, path: str, name: str, scope: str) -> Symbol:
        """What an import within a function binds."""
        found = [item for item in self.facts(path).imports if item.scope == scope and item.alias == name]
        if not found or any(one.guarded for one in found):
            return PRESENT if found else UNKNOWN
        self.dependencies.append((path, name))
        only = self.imported(path, found[0])
        return PRESENT if len(found) > 1 or only == UNKNOWN else only

    def _own_member(self, path: str, one: Reference) -> Symbol:
        owner = [item for item in self.facts(path).definitions if item.path == one.owner]
        if len(owner) != 1 or owner[0].kind != "class":
            return UNKNOWN
        first, *rest = one.chain.split(".")
        name = first.removesuffix("()")
        found = members.of_class(self, Bound(path, owner[0]), name, side="", above=one.via == "super")
        return self.along(_called(found) if first != name else found, rest)

    def along(self, start: Symbol, parts: list[str], depth: int = 0) -> Symbol:
        """The members of a symbol, one after another."""
        current = start
        for part in parts[:_DEEPEST]:
            name = part.removesuffix("()")
            if isinstance(current, Module):
                current = self.attribute(current, name, depth + 1)
            elif isinstance(current, Bound):
                current = members.member(self, current, name)
            else:
                return current if isinstance(current, Missing) else UNKNOWN
            if part != name:
                current = _called(current)
        return current


def _is_commonjs(facts: FileFacts) -> bool:
    return ("module", "commonjs") in facts.settings


def _is_object(facts: FileFacts, default: list[Export]) -> bool:
    """Whether all that a CommonJS module exports is known by name."""
    return _is_commonjs(facts) and "exports" not in facts.dynamic and not any(one.local for one in default)


def _called(symbol: Symbol) -> Symbol:
    """What calling or constructing it gives: an instance of a class, else nobody knows."""
    if isinstance(symbol, Bound) and symbol.definition.kind == "class" and not symbol.instance:
        return Bound(symbol.path, symbol.definition, instance=True)
    return symbol if isinstance(symbol, Missing) else UNKNOWN
