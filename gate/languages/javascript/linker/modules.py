"""Which module lies at a path: a file by its stem, a folder by its index, a package by its entry points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import UNKNOWN, Missing, Module
from gate.languages.javascript.linker import paths
from gate.languages.javascript.linker.patterns import targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gate.languages.base.symbols import Dependency, Unknown
    from gate.languages.base.tree import Tree
    from gate.languages.javascript.linker.manifests import JavaScriptManifest, Manifests

_BUILT = ("dist", "lib", "build", "out", "es", "esm", "cjs", "types", "output")
"""Folders that builds write, of which a repository has the sources alone."""
_SOURCES = ("src", "source", "lib", "")
_DEEPEST = 4
"""Folders whose `package.json` names another folder, one behind the other."""


class ModuleFiles:
    """The modules of one state by path. `dependencies` grows with every file an answer rests on."""

    def __init__(self, tree: Tree, manifests: Manifests, dependencies: list[Dependency]) -> None:
        self._tree = tree
        self._manifests = manifests
        self._dependencies = dependencies

    def at(self, stem: str, *, folder_first: bool = False, depth: int = 0) -> Module | None:
        """Return the module at a path, with or without its ending; `folder_first` takes folders alone."""
        if not folder_first:
            candidates = paths.files(self._tree, stem)
            if candidates:
                self._dependencies.extend((path, "") for path in candidates)
                return Module(candidates[0], None, sure=len(candidates) == 1 or candidates[0] == stem)
        module = self._folder(stem, depth) if self._tree.has_folder(stem) else None
        if module is None and not folder_first:
            variants = paths.platforms(self._tree, stem)
            if variants:
                self._dependencies.extend((path, "") for path in variants)
                return Module(variants[0], None, sure=False)
        return module

    def _folder(self, folder: str, depth: int) -> Module | None:
        """Return the module a folder stands for: an entry point of its `package.json`, else its index."""
        package = self._manifests.in_folder(folder) if depth < _DEEPEST else None
        if package is not None:
            self._dependencies.append((package.path, ""))
            module = next(self._entry_points(package, depth), None)
            if module is not None:
                return module
        path = paths.index(self._tree, folder)
        if not path:
            return None
        self._dependencies.append((path, ""))
        return Module(path, folder)

    # Packages

    def in_package(
        self, package: JavaScriptManifest, subpath: str, importer: str
    ) -> Module | Missing | Unknown:
        """Return the module of a package that `importer` names by a subpath, "" for the package itself."""
        exports = package.below("exports")
        if exports:
            return self._exported(package, exports, subpath, importer)
        if not subpath:
            return next(self._entry_points(package, 0), None) or self._index(package) or UNKNOWN
        stem = paths.joined(package.folder, subpath)
        module = self.at(stem) or self._source(package, subpath) if stem is not None else None
        if module is not None or _is_built(subpath):
            return module or UNKNOWN
        return Missing(importer, f"{package.first('name')}/{subpath}", module=True)

    def _exported(
        self, package: JavaScriptManifest, exports: dict[str, list[str]], subpath: str, importer: str
    ) -> Module | Missing | Unknown:
        """Return the module under a subpath of a package that has `exports`, a file that they leave out included."""
        texts = targets(exports, f"./{subpath}" if subpath else ".")
        if texts is not None:
            return self.first(package, texts) or UNKNOWN
        stem = paths.joined(package.folder, subpath) or ""
        internal = self.at(stem) if subpath else None
        name = f"{package.first('name')}/{subpath}".rstrip("/")
        return internal or Missing(importer, name, module=True, sure=package.readable)

    def first(self, package: JavaScriptManifest, texts: Iterable[str]) -> Module | None:
        """Return the first of a package's targets that exists, sources before others.

        Which conditions (`import`, `node`) hold is not known here.
        """
        modules = list(
            dict.fromkeys(filter(None, (self._target(package, text, 1) for text in texts if text)))
        )
        sources = [module for module in modules if paths.is_source(module.path)]
        return next(iter(sources or modules), None)

    def _entry_points(self, package: JavaScriptManifest, depth: int) -> Iterator[Module]:
        """Yield what importing a package's folder gives, the source before what is built of it."""
        for key in ("source", "types", "module", "main"):
            text = package.first(key)
            if text:
                module = self._target(package, text, depth + 1)
                if module is not None:
                    yield module

    def _target(self, package: JavaScriptManifest, text: str, depth: int) -> Module | None:
        """Return the module at a path as a package's manifest writes it, or the source it is built of."""
        stem = paths.joined(package.folder, text)
        if stem is None or stem == package.folder:
            return None
        return self.at(stem, depth=depth) or self._source(package, text)

    def _index(self, package: JavaScriptManifest) -> Module | None:
        """Return the index of a package's folder, else that of its sources."""
        folder = package.folder
        for parent in (folder, f"{folder}/src" if folder else "src"):
            path = paths.index(self._tree, parent)
            if path:
                self._dependencies.append((path, ""))
                return Module(path, parent, sure=parent == folder or not package.first("main"))
        return None

    def _source(self, package: JavaScriptManifest, text: str) -> Module | None:
        """Return the source of a built file: the same path below a folder of sources, else the package's only index."""
        if not _is_built(text):
            return None
        built, _, inner = text.removeprefix("./").partition("/")
        stem = _without_endings(inner)
        while stem:
            for folder in _SOURCES:
                if folder == built:
                    continue
                path = paths.joined(package.folder, f"{folder}/{stem}" if folder else stem)
                module = self.at(path) if path else None
                if module is not None and paths.is_source(module.path):
                    return module
            _, _, stem = stem.partition("/")
        return self._index(package) if _is_only_target(package, text) else None


def _is_only_target(package: JavaScriptManifest, text: str) -> bool:
    """Return whether a target is a package's main one, or the only one that its `exports` name."""
    stems = {
        _without_endings(target) for texts in package.below("exports").values() for target in texts if target
    }
    main = package.first("main") or package.first("module")
    return len(stems) <= 1 or _without_endings(text) == _without_endings(main)


def _without_endings(path: str) -> str:
    """Return a path up to the first dot of its name."""
    folder, slash, name = path.rpartition("/")
    return folder + slash + name.partition(".")[0]


def _is_built(path: str) -> bool:
    """Return whether a path of a package begins with a folder that builds write."""
    return path.removeprefix("./").partition("/")[0] in _BUILT
