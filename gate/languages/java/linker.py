"""What names stand for in Java: enclosing classes and what they inherit, imports, the package, starred imports."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.languages.base.packages import Folders
from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing, Module, Unknown
from gate.languages.base.typed_linker import TYPES, TypedLinker, without_signature
from gate.model.source import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.languages.base.language import FactsOf
    from gate.languages.base.packages import FilesByFolder
    from gate.languages.base.symbols import Symbol
    from gate.languages.base.tree import Tree
    from gate.languages.base.typed_linker import PlacedDefinition
    from gate.model.source import Import

_OBJECT_MEMBERS = words(
    "equals hashCode toString getClass notify notifyAll wait clone finalize class length this super"
)
_ENUM_MEMBERS = words("values valueOf ordinal name compareTo getDeclaringClass describeConstable")
_PLATFORM_TYPES = {
    "Object": (), "Serializable": (), "Cloneable": (), "Runnable": ("run",), "Comparable": ("compareTo",),
    "AutoCloseable": ("close",), "Closeable": ("close",), "Callable": ("call",), "Supplier": ("get",),
}  # fmt: skip
"""Types of the platform that many types extend, with the names of all their members."""
_DEEPEST = 8
"""Types looked into for one name."""


class JavaLinker(TypedLinker):
    """The Java names of one state."""

    def __init__(self, tree: Tree, files: FilesByFolder, facts_of: FactsOf) -> None:
        super().__init__(facts_of)
        self._tree = tree
        self._folders = Folders(tree, files, ".java")
        self._folders_by_name: dict[str, list[str]] = defaultdict(list)
        for folder in self._folders.all():
            self._folders_by_name[folder.rpartition("/")[2]].append(folder)

    # Packages and types

    def _package_folders(self, package: str) -> list[str]:
        """Return the folders that may hold a package: there can be several, of tests and of modules."""
        path = package.replace(".", "/")
        folders = (
            folder
            for folder in self._folders_by_name[path.rpartition("/")[2]]
            if folder == path or folder.endswith(f"/{path}")
        )
        return [folder for folder in folders if self._folders.files(folder)]

    def _package_of(self, path: str) -> str:
        return next((value for key, value in self.facts(path).settings if key == "package"), "")

    def _type(self, package: str, name: str) -> Symbol:
        """Return a type of a package of this repository; UNKNOWN where the package is not of it."""
        folders = self._package_folders(package) if package else []
        placed: list[PlacedDefinition] = []
        for folder in folders:
            path = f"{folder}/{name}.java"
            if path in self._tree and self._package_of(path) == package:
                placed += ((path, definition) for definition in self.definitions(path, "", name))
                if self.facts(path).parse != "full":
                    return UNKNOWN
        if not placed:
            files = [path for folder in folders for path in self._folders.files(folder)]
            if any(self.facts(path).parse != "full" for path in files):
                return UNKNOWN
            placed = [(path, definition) for path in files for definition in self.definitions(path, "", name)]
        if not placed:
            return Missing(folders[0], f"{package}.{name}", module=True) if folders else UNKNOWN
        for path, definition in placed:
            self.dependencies += [(path, definition.path), (path, "")]
        return Bound(*placed[0]) if len(placed) == 1 else PRESENT

    def resolve_import(self, path: str, binding: Import) -> Symbol:
        """Return the package, type or member that an import names."""
        parts = binding.module.split(".") if binding.module else []
        if binding.name != "*":
            parts.append(binding.name)
        elif self._package_folders(binding.module):
            self.dependencies += [(f"{folder}/", "") for folder in self._package_folders(binding.module)]
            return Module("", binding.module)
        for length in range(len(parts) - 1, 0, -1):
            package = ".".join(parts[:length])
            if self._package_folders(package):
                return self.follow(self._type(package, parts[length]), parts[length + 1 :])
        return self._emptied_package(path, binding)

    def _emptied_package(self, path: str, binding: Import) -> Symbol:
        """Return `Missing` for a package that had files in the target and has none now; else UNKNOWN."""
        package = binding.module if binding.name == "*" or binding.module[:1].islower() else ""
        tail = package.replace(".", "/")
        had_files = tail and any(
            folder == tail or folder.endswith(f"/{tail}") for folder in self._folders.all()
        )
        name = f"{package}.{binding.name}".removesuffix(".*")
        return Missing(path, name, module=True) if had_files else UNKNOWN

    def module_member(self, module: Module, name: str) -> Symbol:
        """Return a type of a package."""
        return self._type(module.folder or "", name)

    # Names

    def resolve_root(self, path: str, name: str, owner: str) -> Symbol:
        """Return what a name in a class stands for, in the order of the language."""
        before = len(self.dependencies)
        symbol, sure = self._enclosing_member(path, name, owner)
        if symbol is None:
            symbol = self._type_in_sight(path, name)
        if symbol is None:
            symbol, leaves = self._starred_name(path, name)
            sure = not leaves and (sure or name[:1].isupper())
        if symbol is not None:
            return symbol
        del self.dependencies[before:]
        return Missing(path, name, sure=sure)

    def _enclosing_member(self, path: str, name: str, owner: str) -> tuple[Symbol | None, bool]:
        """Return a member of the classes around, their bases' included; and whether all of these are known."""
        sure, scope = True, owner
        while scope and self._depth < _DEEPEST:
            outer, _, last = scope.rpartition(".")
            for definition in self.definitions(path, outer, last)[:1]:
                if definition.kind in TYPES:
                    self._depth += 1
                    member = self.type_member(Bound(path, definition), name)
                    self._depth -= 1
                    if not isinstance(member, Missing) and member != UNKNOWN:
                        return member, True
                    sure = sure and isinstance(member, Missing) and member.sure
            scope = outer
        return None, sure and self._depth < _DEEPEST

    def _type_in_sight(self, path: str, name: str) -> Symbol | None:
        """Return a type of the file, an imported name, or a type of the package; None for a name of none of these."""
        types = [definition for definition in self.definitions(path, "", name) if definition.kind in TYPES]
        if types:
            self.dependencies.append((path, name))
            return Bound(path, types[0]) if len(types) == 1 else PRESENT
        for binding in self.facts(path).imports:
            if binding.alias == name:
                self.dependencies.append((path, name))
                return self.resolve_import(path, binding)
        if not name[:1].isupper():
            return None
        symbol = self._type(self._package_of(path), name)
        return None if isinstance(symbol, (Missing, Unknown)) and symbol != PRESENT else symbol

    def _starred_name(self, path: str, name: str) -> tuple[Symbol | None, bool]:
        """Return a name that a starred import gives; and whether one of them leads out of the repository."""
        leaves = False
        for binding in self.facts(path).imports:
            if binding.name != "*":
                continue
            source = self.resolve_import(path, binding)
            symbol = UNKNOWN if isinstance(source, Unknown) else self.member(source, name)
            if isinstance(symbol, Bound) or symbol == PRESENT:
                return symbol, False
            leaves = leaves or not isinstance(symbol, Missing)
        return None, leaves

    # Members

    def member_files(self, owner: Bound) -> Iterable[str]:
        """Return the type's own file."""
        return (owner.path,)

    def resolve_base(self, owner: Bound, base: str) -> Bound | None:
        """Return the type that a base names, None where that is unknown or too many bases lead to it."""
        if self._depth >= _DEEPEST:
            return None
        self._depth += 1
        try:
            return super().resolve_base(owner, base)
        finally:
            self._depth -= 1

    def is_platform_base(self, base: str) -> bool:
        """Return whether a base is one of the types of the platform whose members are known."""
        return base in _PLATFORM_TYPES

    def has_implicit_member(self, owner: Bound, name: str) -> bool:
        """Return whether every object, every enum or a type's base of the platform has a member."""
        of_platform = (name in _PLATFORM_TYPES.get(base, ()) for base in owner.definition.bases)
        of_enum = owner.definition.kind == "enum" and name in _ENUM_MEMBERS
        return name in _OBJECT_MEMBERS or of_enum or any(of_platform)

    def choose_member(self, start: Bound, members: list[PlacedDefinition], *, sure: bool) -> Symbol:
        """Return a member; it is known which calls fit it only where nothing overloads it."""
        member = super().choose_member(start, members, sure=sure)
        if not isinstance(member, Bound) or member.definition.kind != "function":
            return member
        name, counts = member.definition.name, set()
        for owner in self.lineage(start):
            if owner is None or name in _OBJECT_MEMBERS:
                return without_signature(member)
            counts |= {
                len(definition.signature.parameters)
                for _, definition in self.own_members(owner, name)
                if definition.signature is not None
            }
        return member if len(counts) == 1 else without_signature(member)
