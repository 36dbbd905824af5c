"""Resolving names in one state: through imports, re-exports, stars, classes and their bases."""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING

from gate.languages.base.symbols import OUTSIDE, PRESENT, UNKNOWN, Bound, Missing, Module
from gate.languages.python.linker import calls, classes
from gate.languages.python.linker.modules import rivals
from gate.model.source import NO_FACTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gate.languages.base.symbols import Dependency, Symbol
    from gate.languages.python.linker.modules import Modules
    from gate.model.source import Definition, FileFacts, Import, Reference

_MOST_DEPTH = 12
_MOST_STEPS = 200
"""Declarations followed for one answer; longer ways are no person's work."""
_BUILTINS = frozenset(dir(builtins)) | {
    *("__file__", "__name__", "__path__", "__annotations__", "__class__", "WindowsError", "reveal_type"),
    *("unicode", "basestring", "xrange", "long", "unichr", "raw_input", "reduce", "file", "__builtins__"),
}


class PythonResolver:
    """The names of one state, as `PythonNames` describes them.

    `facts_of` returns the facts of a path of that state, None when there are none.
    """

    def __init__(self, modules: Modules, facts_of: Callable[[str], FileFacts | None]) -> None:
        self.modules = modules
        self._facts_of = facts_of
        self._names: dict[str, dict[str, tuple[list[Definition], list[Import]]]] = {}
        self._members: dict[str, dict[str, list[Definition]]] = {}
        self.dependencies: list[Dependency] = []
        self.sure = True
        self.declared = False
        self._depth = 0
        self._steps = 0

    def begin(self) -> None:
        """Reset `sure` and `declared` for the next answer."""
        self.sure, self.declared, self._steps = True, False, 0

    def facts(self, path: str) -> FileFacts:
        """Return the facts of a file; `NO_FACTS` when it cannot be read."""
        return self._facts_of(path) or NO_FACTS

    # Imports

    def source(self, path: str, binding: Import) -> Symbol:
        """Return the module that an import in the file at `path` names."""
        if binding.level:
            module = self.modules.relative(binding.module, binding.level, path)
        else:
            module = self.modules.absolute(binding.module, path)
        if module is not None:
            return self.visit(module)
        top = binding.module.partition(".")[0]
        if not binding.level and self.modules.outside(top):
            self.dependencies += ((stand_in, "") for stand_in in self.modules.stand_ins(top, path))
            return OUTSIDE
        return Missing(path, "." * binding.level + binding.module, module=True)

    def visit(self, module: Module) -> Module:
        """Record that the answer depends on a module, and return it.

        It depends on the module's file, and on the absence of every file that would come before it.
        """
        self.dependencies.append((module.path or f"{module.folder}/", ""))
        self.dependencies += ((path, "") for path in rivals(module))
        self.sure = self.sure and module.sure
        return module

    def _imported(self, path: str, binding: Import, depth: int) -> Symbol:
        """Return what the name that an import binds stands for."""
        source = self.source(path, binding)
        if not isinstance(source, Module) or binding.name == "*":
            return source
        if binding.name:
            return self.attribute(source, binding.name, depth + 1)
        return source if binding.renamed or "." not in binding.module else self._top(path, binding)

    def _top(self, path: str, binding: Import) -> Symbol:
        """Return the outermost package of an import, which is what `import a.b` binds."""
        return self.modules.absolute(binding.module.partition(".")[0], path) or UNKNOWN

    # Modules

    def names(self, path: str) -> dict[str, tuple[list[Definition], list[Import]]]:
        """Return the definitions and imports that bind names at module level of a file, by name."""
        names = self._names.get(path)
        if names is None:
            names = self._names[path] = {}
            facts = self.facts(path)
            for definition in facts.definitions:
                if not definition.scope:
                    names.setdefault(definition.name, ([], []))[0].append(definition)
            for binding in facts.imports:
                if not binding.scope and binding.alias:
                    names.setdefault(binding.alias, ([], []))[1].append(binding)
        return names

    def members(self, path: str) -> dict[str, list[Definition]]:
        """Return the definitions of a file by the dotted path of the scope they stand in."""
        members = self._members.get(path)
        if members is None:
            members = self._members[path] = {}
            for definition in self.facts(path).definitions:
                members.setdefault(definition.scope, []).append(definition)
        return members

    def attribute(self, module: Module, name: str, depth: int = 0) -> Symbol:
        """Return what a name of a module stands for; a name the module does not bind may be a submodule."""
        if depth > _MOST_DEPTH or (name.startswith("__") and name.endswith("__")):
            return UNKNOWN
        if not module.path:
            return self._child(module, name) or Missing(f"{module.folder}/", name, sure=module.sure)
        symbol = self.binding(module.path, name, depth)
        if not isinstance(symbol, Missing):
            return symbol
        return self._child(module, name) or symbol

    def _child(self, module: Module, name: str) -> Module | None:
        child = self.modules.child(module, name)
        return None if child is None else self.visit(child)

    def binding(self, path: str, name: str, depth: int = 0) -> Symbol:
        """Return what a name at module level of a file stands for; submodules are not looked at."""
        facts = self.facts(path)
        definitions, imports = self.names(path).get(name, ([], []))
        if definitions or imports:
            self.dependencies.append((path, name))
            return self._bound(path, definitions, imports, depth)
        if facts.parse != "full" or set(facts.dynamic) - {"exports"} or name in facts.globals:
            return UNKNOWN
        return self._starred(path, facts, name, depth)

    def _bound(
        self, path: str, definitions: list[Definition], imports: Sequence[Import], depth: int
    ) -> Symbol:
        """Return what a name stands for that these definitions and imports bind; `PRESENT` where they differ."""
        definitions = classes.implementations(definitions)
        if len(definitions) == 1 and not imports:
            return self._defined(path, definitions[0], depth)
        if definitions or any(binding.guarded for binding in imports) or depth > _MOST_DEPTH:
            return PRESENT
        symbols = {self._imported(path, binding, depth) for binding in imports}
        only = symbols.pop() if len(symbols) == 1 else PRESENT
        return PRESENT if only == UNKNOWN else only

    def _defined(self, path: str, definition: Definition, depth: int) -> Symbol:
        """Return what a name with this one definition stands for."""
        if definition.conditional:
            return PRESENT
        if definition.kind == "variable":
            return self._variable(path, definition, depth)
        return Bound(path, definition)

    def _variable(self, path: str, definition: Definition, depth: int) -> Symbol:
        """Return the instance a variable of a module is bound to where its value shows that, else the variable."""
        if definition.value and depth < _MOST_DEPTH and not definition.scope:
            value = self.chain(path, definition.value, depth + 1)
            if isinstance(value, Bound) and value.instance:
                return value
        return Bound(path, definition)

    def _starred(self, path: str, facts: FileFacts, name: str, depth: int) -> Symbol:
        """Return what a name stands for that only star imports can bind."""
        for binding in facts.imports:
            if binding.name != "*":
                continue
            source = self.source(path, binding)
            if not isinstance(source, Module) or not source.path or depth > _MOST_DEPTH:
                return UNKNOWN
            source_facts = self.facts(source.path)
            if source_facts.exports is None and "exports" in source_facts.dynamic:
                return UNKNOWN
            if name.startswith("_") if source_facts.exports is None else name not in source_facts.exports:
                continue
            symbol = self.attribute(source, name, depth + 1)
            if not isinstance(symbol, Missing):
                self.dependencies.append((path, "*"))
                return symbol
        return Missing(path, name)

    # Chains

    def reference(self, path: str, reference: Reference) -> Symbol:
        """Return what a reference in a file stands for."""
        if reference.via == "value":
            return UNKNOWN
        if reference.via in ("self", "super"):
            return self._instance_member(path, reference)
        if reference.via == "local":
            return self._local(path, reference)
        return self.chain(path, reference.chain)

    def chain(self, path: str, chain: str, depth: int = 0) -> Symbol:
        """Return what a chain stands for whose root is a name at module level of a file."""
        first, *members = chain.split(".")
        name = first.removesuffix("()")
        start = self.binding(path, name, depth)
        if isinstance(start, Missing) and name in _BUILTINS:
            return UNKNOWN
        return self.follow(self.result_of(start) if first != name else start, members, depth)

    def _local(self, path: str, reference: Reference) -> Symbol:
        """Return what a reference stands for whose root an import within a function binds."""
        first, *members = reference.chain.split(".")
        name = first.removesuffix("()")
        start = self.local_root(path, name, reference.owner)
        return self.follow(self.result_of(start) if first != name else start, members)

    def local_root(self, path: str, name: str, owner: str) -> Symbol:
        """Return what a name stands for that an import within the function `owner` binds."""
        imports = [
            binding
            for binding in self.facts(path).imports
            if binding.scope == owner and binding.alias == name
        ]
        return self._bound(path, [], imports, 0) if imports else UNKNOWN

    def _instance_member(self, path: str, reference: Reference) -> Symbol:
        """Return what a member of `self` or `super()` stands for."""
        definitions = self.facts(path).definitions
        owner = next((definition for definition in definitions if definition.path == reference.owner), None)
        if owner is None or owner.kind != "class":
            return UNKNOWN
        first, *members = reference.chain.split(".")
        start = Bound(path, owner, instance=True)
        member = classes.member(self, start, first.removesuffix("()"), above=reference.via == "super")
        return self.follow(self.result_of(member) if first.endswith("()") else member, members, 0)

    def follow(self, start: Symbol, parts: Sequence[str], depth: int = 0) -> Symbol:
        """Return the symbol at the end of a path of members; `()` behind a part stands for calling it."""
        current = start
        for part in parts:
            name = part.removesuffix("()")
            if isinstance(current, Module):
                current = self.attribute(current, name, depth + 1)
            elif isinstance(current, Bound) and name == "delay" and calls.is_task(current.definition):
                current = Bound(current.path, current.definition)
            elif isinstance(current, Bound):
                holder = current if current.definition.kind == "class" else self._value_of(current)
                current = classes.member(self, holder, name) if isinstance(holder, Bound) else UNKNOWN
            else:
                return current if isinstance(current, Missing) or current == OUTSIDE else UNKNOWN
            if part != name:
                current = self.result_of(current)
        attribute = isinstance(current, Bound) and current.definition.kind == "attribute"
        return PRESENT if attribute else current

    # What values are declared to be

    def result_of(self, symbol: Symbol) -> Symbol:
        """Return what calling a symbol gives: an instance of a class, or what a function is declared to give."""
        if isinstance(symbol, Bound) and not symbol.instance:
            if symbol.definition.kind == "class":
                return Bound(symbol.path, symbol.definition, instance=True)
            return self._declared_instance(symbol) if calls.gives_declared(symbol.definition) else UNKNOWN
        return symbol if isinstance(symbol, Missing) or symbol == OUTSIDE else UNKNOWN

    def _value_of(self, member: Bound) -> Symbol:
        """Return what an attribute or property of an instance is declared to be."""
        kind = member.definition.kind
        is_property = kind == "function" and calls.is_property(member.definition)
        is_read = member.through == "instance" and (is_property or kind in ("attribute", "variable"))
        return self._declared_instance(member) if is_read else UNKNOWN

    def _declared_instance(self, bound: Bound) -> Symbol:
        """Return the instance that a definition is declared to give or hold."""
        self._steps += 1
        if not bound.definition.declared_type or self._depth > _MOST_DEPTH or self._steps > _MOST_STEPS:
            return UNKNOWN
        self._depth += 1
        try:
            symbol = self.chain(bound.path, bound.definition.declared_type)
        finally:
            self._depth -= 1
        self.declared = True
        return symbol if isinstance(symbol, Bound) and symbol.instance else UNKNOWN
