"""What names stand for in Java: enclosing classes and what they inherit, imports, the package, starred imports."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.languages.base.packages import FilesByFolder, Folders
from gate.languages.base.symbols import PRESENT, UNKNOWN, Bound, Missing, Module, Unknown
from gate.languages.base.typed_linker import TYPES, TypedLinker, unsigned
from gate.model.source import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.languages.base.language import FactsOf
    from gate.languages.base.symbols import Symbol
    from gate.languages.base.tree import Tree
    from gate.model.source import Definition, Import

_OBJECT = words(
    "equals hashCode toString getClass notify notifyAll wait clone finalize class length this super"
)
_ENUM = words("values valueOf ordinal name compareTo getDeclaringClass describeConstable")
_SMALL = {
    "Object": (), "Serializable": (), "Cloneable": (), "Runnable": ("run",), "Comparable": ("compareTo",),
    "AutoCloseable": ("close",), "Closeable": ("close",), "Callable": ("call",), "Supplier": ("get",),
}  # fmt: skip
"""Types of the platform that nearly all extend, with all their members."""


class JavaLinker(TypedLinker):
    """Names of one state."""

    def __init__(self, tree: Tree, listed: FilesByFolder, facts_of: FactsOf) -> None:
        super().__init__(facts_of)
        self._tree = tree
        self._folders = Folders(tree, listed, ".java")
        self._lasts: dict[str, list[str]] = defaultdict(list)
        for folder in self._folders.all():
            self._lasts[folder.rpartition("/")[2]].append(folder)

    # Packages and types

    def _package(self, dotted: str) -> list[str]:
        """The folders that may hold a package; there are several, of tests and of modules."""
        path = dotted.replace(".", "/")
        found = (
            one for one in self._lasts[path.rpartition("/")[2]] if one == path or one.endswith(f"/{path}")
        )
        return [one for one in found if self._folders.files(one)]

    def _of(self, path: str) -> str:
        return next((value for key, value in self.facts(path).settings if key == "package"), "")

    def _type(self, package: str, name: str) -> Symbol:
        """A type of a package of this repository; UNKNOWN where the package is not of it."""
        listed = self._package(package) if package else []
        found: list[tuple[str, Definition]] = []
        for folder in listed:
            path = f"{folder}/{name}.java"
            if path in self._tree and self._of(path) == package:
                found += ((path, one) for one in self.written(path, "", name))
                if self.facts(path).parse != "full":
                    return UNKNOWN
        if not found:
            files = [path for folder in listed for path in self._folders.files(folder)]
            if any(self.facts(path).parse != "full" for path in files):
                return UNKNOWN
            found = [(path, one) for path in files for one in self.written(path, "", name)]
        if not found:
            return Missing(listed[0], f"{package}.{name}", module=True) if listed else UNKNOWN
        for path, one in found:
            self.dependencies += [(path, one.path), (path, "")]
        return Bound(*found[0]) if len(found) == 1 else PRESENT

    def imported(self, path: str, one: Import) -> Symbol:
        """The package, type or member an import names."""
        parts = one.module.split(".") if one.module else []
        if one.name != "*":
            parts.append(one.name)
        elif self._package(one.module):
            self.dependencies += [(f"{folder}/", "") for folder in self._package(one.module)]
            return Module("", one.module)
        for length in range(len(parts) - 1, 0, -1):
            package = ".".join(parts[:length])
            if self._package(package):
                return self.along(self._type(package, parts[length]), parts[length + 1 :])
        return self._emptied(path, one)

    def _emptied(self, path: str, one: Import) -> Symbol:
        """Of a package whose last file is gone: that it is missing, where it had files in the target."""
        package = one.module if one.name == "*" or one.module[:1].islower() else ""
        tail = package.replace(".", "/")
        had = tail and any(each == tail or each.endswith(f"/{tail}") for each in self._folders.all())
        return Missing(path, f"{package}.{one.name}".removesuffix(".*"), module=True) if had else UNKNOWN

    def attribute(self, module: Module, name: str) -> Symbol:
        """A type of a package."""
        return self._type(module.folder or "", name)

    # Names

    def root(self, path: str, name: str, owner: str) -> Symbol:
        """A name in a class, looked for as the language does."""
        before = len(self.dependencies)
        found, sure = self._enclosing(path, name, owner)
        if found is None:
            found = self._around(path, name)
        if found is None:
            found, wild = self._starred(path, name)
            sure = not wild and (sure or name[:1].isupper())
        if found is not None:
            return found
        del self.dependencies[before:]
        return Missing(path, name, sure=sure)

    def _enclosing(self, path: str, name: str, owner: str) -> tuple[Symbol | None, bool]:
        """A member of the classes around, their bases' included; and whether all of these are known."""
        sure, scope = True, owner
        while scope and self._depth < 8:
            outer, _, last = scope.rpartition(".")
            for one in self.written(path, outer, last)[:1]:
                if one.kind in TYPES:
                    self._depth += 1
                    found = self.member(Bound(path, one), name)
                    self._depth -= 1
                    if not isinstance(found, Missing) and found != UNKNOWN:
                        return found, True
                    sure = sure and isinstance(found, Missing) and found.sure
            scope = outer
        return None, sure and self._depth < 8

    def _around(self, path: str, name: str) -> Symbol | None:
        """A type of the file, an imported name, a type of the package."""
        own = [one for one in self.written(path, "", name) if one.kind in TYPES]
        if own:
            self.dependencies.append((path, name))
            return Bound(path, own[0]) if len(own) == 1 else PRESENT
        for one in self.facts(path).imports:
            if one.alias == name:
                self.dependencies.append((path, name))
                return self.imported(path, one)
        if not name[:1].isupper():
            return None
        found = self._type(self._of(path), name)
        return None if isinstance(found, (Missing, Unknown)) and found != PRESENT else found

    def _starred(self, path: str, name: str) -> tuple[Symbol | None, bool]:
        """A name that a starred import gives; and whether one of them leads out of the repository."""
        wild = False
        for one in self.facts(path).imports:
            if one.name != "*":
                continue
            source = self.imported(path, one)
            found = UNKNOWN if isinstance(source, Unknown) else self.step(source, name)
            if isinstance(found, Bound) or found == PRESENT:
                return found, False
            wild = wild or not isinstance(found, Missing)
        return None, wild

    # Members

    def holders(self, one: Bound) -> Iterable[str]:
        """Its own file."""
        return (one.path,)

    def base(self, one: Bound, base: str) -> Bound | None:
        """What a type is made from."""
        if self._depth >= 8:
            return None
        self._depth += 1
        try:
            return super().base(one, base)
        finally:
            self._depth -= 1

    def small(self, base: str) -> bool:
        """Whether a base is one of the small types of the platform."""
        return base in _SMALL

    def implicit(self, one: Bound, name: str) -> bool:
        """Members every object has, every enum, and what small types of the platform ask for."""
        small = (name in _SMALL.get(base, ()) for base in one.definition.bases)
        return name in _OBJECT or (one.definition.kind == "enum" and name in _ENUM) or any(small)

    def meant(self, start: Bound, found: list[tuple[str, Definition]], *, sure: bool) -> Symbol:
        """A member; which calls fit it is known only where nothing overloads it."""
        said = super().meant(start, found, sure=sure)
        if not isinstance(said, Bound) or said.definition.kind != "function":
            return said
        name, counts = said.definition.name, set()
        for one in self.lineage(start):
            if one is None or name in _OBJECT:
                return unsigned(said)
            counts |= {
                len(each.signature.parameters)
                for _, each in self.own(one, name)
                if each.signature is not None
            }
        return said if len(counts) == 1 else unsigned(said)
