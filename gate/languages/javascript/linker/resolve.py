"""The names of one state: what bindings, imports and chains of names stand for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing, Module
from gate.languages.javascript.linker import ambient, members, paths
from gate.languages.javascript.linker.answers import answer
from gate.languages.javascript.linker.exports import DEEPEST, Exports, is_commonjs, only
from gate.languages.javascript.linker.specifiers import SpecifierResolver
from gate.model.source import NO_FACTS

if TYPE_CHECKING:
    from gate.languages.base.language import FactsOf
    from gate.languages.base.symbols import Dependency, Symbol
    from gate.languages.base.tree import Tree
    from gate.languages.base.uses import Answer, Use
    from gate.languages.javascript.linker.manifests import Manifests
    from gate.languages.javascript.linker.names import Bindings
    from gate.model.source import Definition, FileFacts, Import, Reference


class JavaScriptLinker:
    """The names of one state; its parts see it as `names.JavaScriptNames`."""

    def __init__(self, tree: Tree, manifests: Manifests, facts_of: FactsOf) -> None:
        self.dependencies: list[Dependency] = []
        self.tree = tree
        self._facts_of = facts_of
        self._manifests = manifests
        self._specifiers = SpecifierResolver(tree, manifests, self.dependencies)
        self._exports = Exports()
        self._bindings: dict[str, Bindings] = {}

    def facts(self, path: str) -> FileFacts:
        """Return the facts of a file; `NO_FACTS` where it cannot be read."""
        return self._facts_of(path) or NO_FACTS

    def answer(self, path: str, use: Use) -> Answer:
        """Return what the state provides for a use in the file at `path`."""
        return answer(self, path, use)

    # Modules

    def source(self, path: str, specifier: str) -> Symbol:
        """Return the module that a specifier in the file at `path` names."""
        return self._specifiers.resolve(path, specifier)

    def attribute(self, module: Module, name: str, depth: int = 0) -> Symbol:
        """Return what a module exports under a name."""
        return self._exports.attribute(self, module, name, depth)

    def _imported(self, path: str, import_: Import, depth: int = 0) -> Symbol:
        """Return what an import binds."""
        source = self.source(path, import_.module)
        if not isinstance(source, Module) or import_.name == "*":
            return source
        if import_.name:
            return self.attribute(source, import_.name, depth + 1)
        return self._required(source, depth)

    def _required(self, module: Module, depth: int) -> Symbol:
        """Return what `require` gives: of a CommonJS module what `module.exports` is, where that is one thing."""
        if not paths.is_source(module.path):
            return PRESENT
        commonjs = is_commonjs(self.facts(module.path))
        return self.attribute(module, "default", depth + 1) if commonjs else module

    # Bindings

    def names(self, path: str) -> Bindings:
        """Return what binds each name at the top of a file."""
        bindings = self._bindings.get(path)
        if bindings is None:
            bindings = self._bindings[path] = {}
            facts = self.facts(path)
            for definition in facts.definitions:
                if not definition.scope:
                    bindings.setdefault(definition.name, ([], []))[0].append(definition)
            for import_ in facts.imports:
                if not import_.scope and import_.alias:
                    bindings.setdefault(import_.alias, ([], []))[1].append(import_)
        return bindings

    def binding(self, path: str, name: str, depth: int = 0) -> Symbol:
        """Return what a name at the top of a file stands for."""
        definitions, imports = self.names(path).get(name, ((), ()))
        if not definitions and not imports:
            return self._unbound(path, name)
        self.dependencies.append((path, name))
        if depth > DEEPEST:
            return PRESENT
        if definitions:
            return PRESENT if imports else self._defined(path, list(definitions), depth)
        symbols = [self._imported(path, import_, depth + 1) for import_ in imports]
        if any(import_.guarded for import_ in imports):
            return PRESENT
        symbol = only(symbols)
        return PRESENT if symbol == UNKNOWN else symbol

    def _defined(self, path: str, definitions: list[Definition], depth: int) -> Symbol:
        """Return what the definitions of one name stand for: a variable for the instance it is bound to."""
        if len(definitions) != 1 or definitions[0].conditional:
            return PRESENT
        definition = definitions[0]
        if definition.kind == "variable" and definition.value and depth < DEEPEST:
            value = self.chain(path, definition.value, depth + 1)
            if isinstance(value, Bound) and value.instance:
                return value
        return Bound(path, definition)

    def _unbound(self, path: str, name: str) -> Symbol:
        """Return what a name stands for that the file does not bind.

        It is missing in a module; a script shares its names with the others of its page.
        """
        facts = self.facts(path)
        if facts.parse != "full" or set(facts.dynamic) - {"exports"} or name in facts.globals:
            return UNKNOWN
        if not facts.imports and not facts.exported:
            return UNKNOWN
        if ambient.is_known(name) or self._declared is None or name in self._declared:
            return UNKNOWN
        return Missing(path, name)

    @cached_property
    def _declared(self) -> frozenset[str] | None:
        """The names that the tree's declaration files may give to every file; None when that is not known."""
        declarations = (
            *self._manifests.declarations,
            *(path for path in self.tree.added() if path.endswith(".d.ts")),
        )
        return ambient.declared_names([path for path in declarations if path in self.tree], self.facts)

    # Chains

    def reference(self, path: str, reference: Reference) -> Symbol:
        """Return what a reference in a file stands for."""
        if reference.via == "value":
            return UNKNOWN
        if reference.via == "module":
            return self.chain(path, reference.chain)
        first, *parts = reference.chain.split(".")
        name = first.removesuffix("()")
        if reference.via == "local":
            start = self.local_root(path, name, reference.owner)
        else:
            start = self._own_member(path, reference, name)
        return self._along(_called(start) if first != name else start, parts)

    def chain(self, path: str, chain: str, depth: int = 0) -> Symbol:
        """Return what a chain stands for whose root is a name at the top of a file."""
        first, *parts = chain.split(".")
        name = first.removesuffix("()")
        start = self.binding(path, name, depth)
        return self._along(_called(start) if first != name else start, parts, depth)

    def local_root(self, path: str, name: str, owner: str) -> Symbol:
        """Return what a name stands for that an import within the function `owner` binds."""
        imports = [
            import_
            for import_ in self.facts(path).imports
            if import_.scope == owner and import_.alias == name
        ]
        if not imports or any(import_.guarded for import_ in imports):
            return PRESENT if imports else UNKNOWN
        self.dependencies.append((path, name))
        symbol = self._imported(path, imports[0])
        return PRESENT if len(imports) > 1 or symbol == UNKNOWN else symbol

    def _own_member(self, path: str, reference: Reference, name: str) -> Symbol:
        """Return the member that a class reads of `this` or `super`."""
        owners = [item for item in self.facts(path).definitions if item.path == reference.owner]
        if len(owners) != 1 or owners[0].kind != "class":
            return UNKNOWN
        return members.of_class(self, Bound(path, owners[0]), name, side="", above=reference.via == "super")

    def _along(self, start: Symbol, parts: list[str], depth: int = 0) -> Symbol:
        """Return what the members of a symbol lead to, one after another."""
        symbol = start
        for part in parts[:DEEPEST]:
            name = part.removesuffix("()")
            if isinstance(symbol, Module):
                symbol = self.attribute(symbol, name, depth + 1)
            elif isinstance(symbol, Bound):
                symbol = members.member(self, symbol, name)
            else:
                return symbol if isinstance(symbol, Missing) else UNKNOWN
            if part != name:
                symbol = _called(symbol)
        return symbol


def _called(symbol: Symbol) -> Symbol:
    """Return what calling or constructing a symbol gives: an instance of a class, else what is not known."""
    if isinstance(symbol, Bound) and symbol.definition.kind == "class" and not symbol.instance:
        return Bound(symbol.path, symbol.definition, instance=True)
    return symbol if isinstance(symbol, Missing) else UNKNOWN
