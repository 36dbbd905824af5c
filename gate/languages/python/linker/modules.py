"""Which file a dotted module name is, from a tree's paths alone.

Python finds modules below roots: the folder that holds the outermost package of the importing file (what a script's or
a test's own path gives), what the project declares, the repository, `src`. A folder without `__init__.py` that has
source files below it is a namespace package.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from gate.languages.base.symbols import Module
from gate.languages.python.linker.roots import join, package_file, root_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.tree import Tree
    from gate.languages.python.linker.roots import PythonRoots


def rivals(module: Module) -> Iterator[str]:
    """Yield the files that would come before a module of this name.

    A package comes before a file, a file before a bare folder.
    """
    if module.path and module.folder is None:
        yield f"{module.path.rpartition('.')[0]}/__init__.py"
    elif not module.path and module.folder:
        yield from (f"{module.folder}/__init__.py", f"{module.folder}.py")


class Modules:
    """The modules of one state."""

    def __init__(self, tree: Tree, roots: PythonRoots) -> None:
        self.tree = tree
        self._roots = roots

    def absolute(self, dotted: str, importer: str) -> Module | None:
        """Return the module of that name, as seen from a file; None when there is none in the repository.

        It is unsure when several roots have one and the importing file's own has none.
        """
        parts = dotted.split(".")
        importer_root = root_of(self.tree, importer)
        candidates = ((root, self._below(root, parts)) for root in self._searched(parts[0], importer_root))
        hits = [(root, module) for root, module in candidates if module is not None]
        if not hits:
            return None
        root, best = next(((root, module) for root, module in hits if module.path), hits[0])
        others = {module.path for _, module in hits} - {best.path, ""}
        return Module(best.path, best.folder, sure=False) if others and root != importer_root else best

    def _searched(self, top: str, importer_root: str) -> list[str]:
        """Return the roots to search: for a name of the standard library only the one that comes before it."""
        if top in sys.builtin_module_names:
            return []
        return [importer_root] if top in sys.stdlib_module_names else self._roots.of(top, importer_root)

    def outside(self, top: str) -> bool:
        """Return whether no such top-level name is or was of this repository."""
        first_party = top in self._roots.tops or top in self._roots.folder_names
        return top in sys.stdlib_module_names or not first_party

    def stand_ins(self, top: str, importer: str) -> Iterator[str]:
        """Yield the files that would come before a module from outside, when the importer is run as a script."""
        if top not in sys.builtin_module_names:
            stem = join(root_of(self.tree, importer), top)
            yield from (f"{stem}.py", f"{stem}/__init__.py")

    def apps(self, label: str) -> list[str]:
        """Return the folders of the Django apps with that label, removed ones included."""
        return sorted(self._roots.apps.get(label, ()))

    def postpones(self, path: str) -> bool:
        """Return whether no annotation of a file is evaluated as it loads.

        The nearest manifest that says which interpreters it needs decides.
        """
        folder = path
        while folder:
            folder = folder.rpartition("/")[0]
            if folder in self._roots.postponing:
                return self._roots.postponing[folder]
        return False

    def relative(self, dotted: str, level: int, importer: str) -> Module | None:
        """Return the module that `from ..x import` names in a file."""
        folder = importer
        for _ in range(level):
            if not folder:
                return None
            folder = folder.rpartition("/")[0]
        if not dotted:
            return self._package(folder)
        return self._below(folder, dotted.split("."))

    def child(self, module: Module, name: str) -> Module | None:
        """Return a submodule; None when there is none."""
        return None if module.folder is None else self._below(module.folder, [name])

    def _below(self, folder: str, parts: list[str]) -> Module | None:
        """Return the module that a dotted name names below a folder."""
        place = folder
        for part in parts[:-1]:
            place = join(place, part)
            if not self.tree.has_folder(place):
                return None
        return self._package(join(place, parts[-1])) or self._file(join(place, parts[-1]))

    def _package(self, folder: str) -> Module | None:
        """Return a folder as a package, with or without `__init__.py`; a file beside it comes before a bare folder."""
        if not self.tree.has_folder(folder):
            return None
        path = package_file(self.tree, folder)
        if path or not self._file(folder):
            return Module(path, folder)
        return None

    def _file(self, stem: str) -> Module | None:
        """Return the module in a file with this path less its ending."""
        return next((Module(stem + end, None) for end in (".py", ".pyi") if stem + end in self.tree), None)
