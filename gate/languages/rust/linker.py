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
    from gate.model.source import Definition, Import, Reference

_STANDARD = words(
    "std core alloc proc_macro test Vec String Option Some None Result Ok Err Box Clone Copy Send Sync Sized "
    "Drop Fn FnMut FnOnce drop AsRef AsMut Into From Default Iterator Extend IntoIterator DoubleEndedIterator "
    "ExactSizeIterator Eq PartialEq Ord PartialOrd ToOwned ToString TryFrom TryInto FromIterator bool char "
    "str u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 Self self"
)
_DEEPEST = 12


class RustLinker(TypedLinker):
    """Names of one state."""

    def __init__(self, crates: Crates, facts_of: FactsOf) -> None:
        super().__init__(facts_of)
        self._crates = crates
        self._places: dict[str, tuple[str, tuple[str, ...]] | None] = {}
        self._busy: set[tuple[str, Import]] = set()

    # Modules

    def _place(self, path: str) -> tuple[str, tuple[str, ...]] | None:
        """Where a file's crate begins, and the names of the modules that lead to it from there."""
        if path not in self._places:
            self._places[path] = self._found(path)
        return self._places[path]

    def _found(self, path: str) -> tuple[str, tuple[str, ...]] | None:
        roots = list(self._crates.roots(path))
        if path in roots:
            return path, ()
        for root in roots:
            folder = inner_folder(root, root)
            inside = path.removesuffix(".rs").removesuffix("/mod")
            if folder and not inside.startswith(f"{folder}/"):
                continue
            names = tuple((inside[len(folder) + 1 :] if folder else inside).split("/"))
            if any(one.kind == "namespace" for one in self.written(root, "", names[0])):
                return root, names
        return None

    def _above(self, path: str, scope: str) -> Symbol:
        """The module around a module."""
        if scope:
            return Module(path, scope.rpartition(".")[0])
        place = self._place(path)
        if place is None or not place[1]:
            return UNKNOWN
        return self.along(Module(place[0], ""), place[1][:-1])

    def _scope(self, path: str, owner: str) -> str:
        """The innermost module of an owner, which may be a type."""
        while owner:
            outer, _, last = owner.rpartition(".")
            if any(one.kind == "namespace" for one in self.written(path, outer, last)):
                return owner
            owner = outer
        return ""

    def attribute(self, module: Module, name: str) -> Symbol:
        """A name of a module."""
        path, scope = module.path, module.folder or ""
        if name == "super":
            return self._above(path, scope)
        if name == "self":
            return module
        facts = self.facts(path)
        own = self.written(path, scope, name)
        if own:
            self.dependencies.append((path, own[0].path))
            return self._meant(path, scope, own)
        found = self._imported_as(path, scope, name)
        if found is not None:
            return found
        if facts.parse != "full" or "macro" in facts.dynamic:
            return UNKNOWN
        return self._globbed(path, scope, name)

    def _meant(self, path: str, scope: str, own: list[Definition]) -> Symbol:
        spaces = [one for one in own if one.kind == "namespace"]
        if spaces:
            return self._submodule(path, scope, spaces[0]) if len(spaces) == 1 else PRESENT
        if len(own) == 1 and not own[0].conditional:
            return Bound(path, own[0])
        return PRESENT

    def _submodule(self, path: str, scope: str, one: Definition) -> Symbol:
        if one.value:
            return Module(path, one.path)
        place = self._place(path)
        folder = inner_folder(path, place[0] if place is not None else path)
        folder = join(folder, scope.replace(".", "/")) if scope else folder
        for end in (f"{one.name}.rs", f"{one.name}/mod.rs"):
            file = join(folder, end)
            if file in self._crates.tree:
                self.dependencies.append((file, ""))
                return Module(file, "")
        return PRESENT if one.opaque or one.conditional else Missing(path, one.name, module=True)

    def _imported_as(self, path: str, scope: str, name: str) -> Symbol | None:
        """What the `use` items of a module bind a name to; two may, one to a type and one to a value."""
        listed = [one for one in self.facts(path).imports if one.scope == scope and one.alias == name]
        listed = [one for one in listed if (path, one) not in self._busy]
        if not listed:
            return None
        self.dependencies.append((path, name))
        found = [self.imported(path, one) for one in listed]
        if any(one.conditional for one in listed):
            return PRESENT
        there = [one for one in found if not isinstance(one, Missing)]
        return found[0] if len(found) == 1 else PRESENT if there else found[0]

    def _globbed(self, path: str, scope: str, name: str) -> Symbol:
        wild = False
        before = len(self.dependencies)
        for one in self.facts(path).imports:
            if one.name != "*" or one.scope != scope or (path, one) in self._busy:
                continue
            found = self._through(path, one, name)
            if isinstance(found, (Bound, Module)) or found == PRESENT:
                return found
            wild = wild or not isinstance(found, Missing)
        del self.dependencies[before:]
        return UNKNOWN if wild else Missing(path, name)

    def _through(self, path: str, one: Import, name: str) -> Symbol:
        source = self.imported(path, one)
        self._busy.add((path, one))
        try:
            return self.step(source, name)
        finally:
            self._busy.discard((path, one))

    # Names

    def imported(self, path: str, one: Import) -> Symbol:
        """What a `use` names."""
        if (path, one) in self._busy or len(self._busy) > _DEEPEST:
            return UNKNOWN
        self._busy.add((path, one))
        try:
            parts = one.module.split(".") if one.module else []
            found = self._path(path, [*parts, one.name] if one.name != "*" else parts, one.scope)
            first = (*parts, one.name)[0]
            foreign = isinstance(found, Missing) and (found.where, found.name) == (path, first)
            return UNKNOWN if foreign else found  # a crate that is not of this repository
        finally:
            self._busy.discard((path, one))

    def reference(self, path: str, one: Reference) -> Symbol:
        """What a reference in a file stands for."""
        parts = one.chain.split(".")
        local = "local star" in self.facts(path).dynamic and len(parts[0]) > 0
        found = self._path(path, parts, one.owner)
        return (
            UNKNOWN
            if local and isinstance(found, Missing) and found.name == parts[0].removesuffix("()")
            else found
        )

    def _path(self, path: str, parts: list[str], owner: str) -> Symbol:
        found = self.chain(path, ".".join(parts), owner)
        inner = isinstance(found, Missing) and not found.inside and found.name in parts[1:-1]
        if isinstance(found, Missing) and inner and found.name[:1].islower():
            return Missing(found.where, found.name, module=True)
        return found

    def root(self, path: str, name: str, owner: str) -> Symbol:
        """What a path begins with, in a module of a file."""
        scope = self._scope(path, owner)
        place = self._place(path)
        if name == "crate":
            return Module(place[0], "") if place is not None else UNKNOWN
        if name in ("self", "super"):
            return Module(path, scope) if name == "self" else self._above(path, scope)
        before = len(self.dependencies)
        found = self.attribute(Module(path, scope), name)
        if not isinstance(found, Missing) or found.module or found.where != path:
            return found
        library = self._crates.library(path, name)
        if library is not None:
            self.dependencies.append((library, ""))
            return Module(library, "")
        del self.dependencies[before:]
        return UNKNOWN if name in _STANDARD or place is None else Missing(path, name)

    # Members

    def holders(self, one: Bound) -> Iterable[str]:
        """The file of the type, where its members most often are."""
        return (one.path,)

    def own(self, one: Bound, name: str) -> Iterator[tuple[str, Definition]]:
        """A member: beside the type, else in any file of the crate."""
        found = [(one.path, each) for each in self.written(one.path, one.definition.path, name)]
        yield from found or self._elsewhere(one, name)

    def _elsewhere(self, one: Bound, name: str) -> Iterator[tuple[str, Definition]]:
        for path in self._crates.members(one.path):
            for each in self.facts(path).definitions:
                if (
                    each.name == name
                    and each.scope.rpartition(".")[2] == one.definition.name
                    and path != one.path
                ):
                    yield path, each
