"""What names stand for in Rust: paths through modules, `use` with its re-exports and globs, members of types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing, Module
from gate.languages.base.typed_linker import TypedLinker
from gate.languages.rust.crates import Crates, inner_folder, join
from gate.model.source import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.languages.base.language import FactsOf
    from gate.languages.base.symbols import Symbol
    from gate.languages.base.typed_linker import PlacedDefinition
    from gate.model.source import Definition, Import, Reference

_STANDARD_NAMES = words(
    "std core alloc proc_macro test Vec String Option Some None Result Ok Err Box Clone Copy Send Sync Sized "
    "Drop Fn FnMut FnOnce drop AsRef AsMut Into From Default Iterator Extend IntoIterator DoubleEndedIterator "
    "ExactSizeIterator Eq PartialEq Ord PartialOrd ToOwned ToString TryFrom TryInto FromIterator bool char "
    "str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 Self self"
)
_DEEPEST = 12
"""Imports that lead to one another, for one name."""

CratePosition = tuple[str, tuple[str, ...]]
"""The file at which a crate begins, and the names of the modules that lead from there to a file."""


class RustLinker(TypedLinker):
    """The Rust names of one state."""

    def __init__(self, crates: Crates, facts_of: FactsOf) -> None:
        super().__init__(facts_of)
        self._crates = crates
        self._positions: dict[str, CratePosition | None] = {}
        self._busy: set[tuple[str, Import]] = set()
        """Imports that are being resolved, with their files: one that leads back to itself names nothing."""

    # Modules

    def _position(self, path: str) -> CratePosition | None:
        """Return where in its crate a file is a module; None for a file of no crate."""
        if path not in self._positions:
            self._positions[path] = self._find_position(path)
        return self._positions[path]

    def _find_position(self, path: str) -> CratePosition | None:
        roots = list(self._crates.roots(path))
        if path in roots:
            return path, ()
        for root in roots:
            folder = inner_folder(root, root)
            stem = path.removesuffix(".rs").removesuffix("/mod")
            if folder and not stem.startswith(f"{folder}/"):
                continue
            names = tuple((stem[len(folder) + 1 :] if folder else stem).split("/"))
            if self._has_module(root, "", names[0]):
                return root, names
        return None

    def _has_module(self, path: str, scope: str, name: str) -> bool:
        return any(definition.kind == "namespace" for definition in self.definitions(path, scope, name))

    def _parent_module(self, path: str, scope: str) -> Symbol:
        """Return the module around a module."""
        if scope:
            return Module(path, scope.rpartition(".")[0])
        position = self._position(path)
        if position is None or not position[1]:
            return UNKNOWN
        return self.follow(Module(position[0], ""), position[1][:-1])

    def _scope(self, path: str, owner: str) -> str:
        """Return the innermost module of an owner, which may be a type."""
        while owner:
            outer, _, last = owner.rpartition(".")
            if self._has_module(path, outer, last):
                return owner
            owner = outer
        return ""

    def module_member(self, module: Module, name: str) -> Symbol:
        """Return what a name of a module stands for."""
        path, scope = module.path, module.folder or ""
        if name == "super":
            return self._parent_module(path, scope)
        if name == "self":
            return module
        facts = self.facts(path)
        definitions = self.definitions(path, scope, name)
        if definitions:
            self.dependencies.append((path, definitions[0].path))
            return self._choose_item(path, scope, definitions)
        symbol = self._imported_name(path, scope, name)
        if symbol is not None:
            return symbol
        if facts.parse != "full" or "macro" in facts.dynamic:
            return UNKNOWN
        return self._starred_name(path, scope, name)

    def _choose_item(self, path: str, scope: str, definitions: list[Definition]) -> Symbol:
        modules = [definition for definition in definitions if definition.kind == "namespace"]
        if modules:
            return self._submodule(path, scope, modules[0]) if len(modules) == 1 else PRESENT
        if len(definitions) == 1 and not definitions[0].conditional:
            return Bound(path, definitions[0])
        return PRESENT

    def _submodule(self, path: str, scope: str, module: Definition) -> Symbol:
        """Return the module of a `mod` item: in its braces, or in a file of its own."""
        if module.value:
            return Module(path, module.path)
        position = self._position(path)
        folder = inner_folder(path, position[0] if position is not None else path)
        folder = join(folder, scope.replace(".", "/")) if scope else folder
        for name in (f"{module.name}.rs", f"{module.name}/mod.rs"):
            file = join(folder, name)
            if file in self._crates.tree:
                self.dependencies.append((file, ""))
                return Module(file, "")
        is_elsewhere = module.opaque or module.conditional
        return PRESENT if is_elsewhere else Missing(path, module.name, module=True)

    def _imported_name(self, path: str, scope: str, name: str) -> Symbol | None:
        """Return what the `use` items of a module bind a name to; None where none does.

        Two may bind the same name, one to a type and one to a value.
        """
        bindings = [
            binding
            for binding in self.facts(path).imports
            if binding.scope == scope and binding.alias == name and (path, binding) not in self._busy
        ]
        if not bindings:
            return None
        self.dependencies.append((path, name))
        symbols = [self.resolve_import(path, binding) for binding in bindings]
        if any(binding.conditional for binding in bindings):
            return PRESENT
        is_present = len(symbols) > 1 and not all(isinstance(symbol, Missing) for symbol in symbols)
        return PRESENT if is_present else symbols[0]

    def _starred_name(self, path: str, scope: str, name: str) -> Symbol:
        """Return what a glob import of a module binds a name to."""
        leaves = False
        before = len(self.dependencies)
        for binding in self.facts(path).imports:
            if binding.name != "*" or binding.scope != scope or (path, binding) in self._busy:
                continue
            symbol = self._member_through(path, binding, name)
            if isinstance(symbol, (Bound, Module)) or symbol == PRESENT:
                return symbol
            leaves = leaves or not isinstance(symbol, Missing)
        del self.dependencies[before:]
        return UNKNOWN if leaves else Missing(path, name)

    def _member_through(self, path: str, binding: Import, name: str) -> Symbol:
        source = self.resolve_import(path, binding)
        self._busy.add((path, binding))
        try:
            return self.member(source, name)
        finally:
            self._busy.discard((path, binding))

    # Names

    def resolve_import(self, path: str, binding: Import) -> Symbol:
        """Return what a `use` names."""
        if (path, binding) in self._busy or len(self._busy) > _DEEPEST:
            return UNKNOWN
        self._busy.add((path, binding))
        try:
            parts = binding.module.split(".") if binding.module else []
            whole = [*parts, binding.name] if binding.name != "*" else parts
            symbol = self._resolve_path(path, whole, binding.scope)
            first = (*parts, binding.name)[0]
            is_foreign = isinstance(symbol, Missing) and (symbol.where, symbol.name) == (path, first)
            return UNKNOWN if is_foreign else symbol  # a crate that is not of this repository
        finally:
            self._busy.discard((path, binding))

    def resolve_reference(self, path: str, reference: Reference) -> Symbol:
        """Return what a reference in the file at `path` stands for."""
        parts = reference.chain.split(".")
        may_be_local = "local star" in self.facts(path).dynamic and len(parts[0]) > 0
        symbol = self._resolve_path(path, parts, reference.owner)
        if may_be_local and isinstance(symbol, Missing) and symbol.name == parts[0].removesuffix("()"):
            return UNKNOWN
        return symbol

    def _resolve_path(self, path: str, parts: list[str], owner: str) -> Symbol:
        """Return what a path stands for; that a module is missing where one in its middle is."""
        symbol = self.resolve_chain(path, ".".join(parts), owner)
        if (
            isinstance(symbol, Missing)
            and not symbol.inside
            and symbol.name in parts[1:-1]
            and symbol.name[:1].islower()
        ):
            return Missing(symbol.where, symbol.name, module=True)
        return symbol

    def resolve_root(self, path: str, name: str, owner: str) -> Symbol:
        """Return what a path in a module of a file begins with."""
        scope = self._scope(path, owner)
        position = self._position(path)
        if name == "crate":
            return Module(position[0], "") if position is not None else UNKNOWN
        if name in ("self", "super"):
            return Module(path, scope) if name == "self" else self._parent_module(path, scope)
        before = len(self.dependencies)
        symbol = self.module_member(Module(path, scope), name)
        if not isinstance(symbol, Missing) or symbol.module or symbol.where != path:
            return symbol
        library = self._crates.library(path, name)
        if library is not None:
            self.dependencies.append((library, ""))
            return Module(library, "")
        del self.dependencies[before:]
        return UNKNOWN if name in _STANDARD_NAMES or position is None else Missing(path, name)

    # Members

    def member_files(self, owner: Bound) -> Iterable[str]:
        """Return the file of the type, where its members most often are."""
        return (owner.path,)

    def own_members(self, owner: Bound, name: str) -> Iterator[PlacedDefinition]:
        """Yield the definitions of a member beside the type, else those in any file of the package."""
        beside = [
            (owner.path, definition)
            for definition in self.definitions(owner.path, owner.definition.path, name)
        ]
        yield from beside or self._members_in_package(owner, name)

    def _members_in_package(self, owner: Bound, name: str) -> Iterator[PlacedDefinition]:
        for path in self._crates.members(owner.path):
            for definition in self.facts(path).definitions:
                if (
                    definition.name == name
                    and definition.scope.rpartition(".")[2] == owner.definition.name
                    and path != owner.path
                ):
                    yield path, definition
