"""The folders from which a tree's modules are imported, from its paths and its manifests."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gate.model.source import UNSETTLED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.languages.base.language import FactsOf
    from gate.languages.base.tree import Tree
    from gate.model.source import FileFacts

_PACKAGE_FILES = ("__init__.py", "__init__.pyi")
_COMMON_ROOTS = ("", "src", "lib", "python")
"""Folders that are searched whether or not a manifest declares them."""
_MANIFESTS = ("pyproject.toml", "setup.cfg", "setup.py", "pytest.ini", "tox.ini", "mypy.ini")
"""Files that may declare roots, by name."""
_LOWER_BOUND = re.compile(r"(?:>=|>|==|===|~=|\^|~)\s*v?(\d{1,4})(?:\.(\d{1,4}))?(?:[.*\w]*)")
_POSTPONING_PYTHON = (3, 14)
"""The first Python that evaluates annotations only when they are read (PEP 649)."""


@dataclass(frozen=True, slots=True)
class PythonRoots:
    """The folders from which each top-level name can be imported."""

    manifests: tuple[str, ...] = ()
    """Files that may declare some."""
    declared_folders: tuple[str, ...] = ()
    """The folders that manifests declare."""
    tops: dict[str, set[str]] = field(default_factory=dict)
    """By top-level name: the folders it lies in."""
    folder_names: set[str] = field(default_factory=set)
    """The names of all folders with modules in or below them; each may be a namespace package."""
    postponing: dict[str, bool] = field(default_factory=dict)
    """By folder of a manifest that says which interpreters it needs: whether none of them is older than 3.14."""
    apps: dict[str, set[str]] = field(default_factory=dict)
    """By a Django app's label, which is its folder's name: the folders that have models."""

    def of(self, top: str, importer_root: str) -> list[str]:
        """Return where to look for a top-level name, the most likely first."""
        likely = (importer_root, *self.declared_folders, *_COMMON_ROOTS)
        return list(dict.fromkeys((*likely, *sorted(self.tops.get(top, ())))))


def survey(tree: Tree, facts_of: FactsOf) -> PythonRoots:
    """Read the roots off a whole tree and its manifests."""
    roots = PythonRoots(manifests=tuple(filter(is_manifest, tree.paths())))
    known_roots: dict[str, str] = {}
    for path in filter(is_module, tree.paths()):
        root = root_of(tree, path, known_roots)
        roots.tops.setdefault(_top(path, root), set()).add(root)
        roots.folder_names.update(path.split("/")[:-1])
        stem = path.removesuffix("/__init__.py").removesuffix(".py")
        if stem.endswith("/models"):
            app = stem.removesuffix("/models")
            roots.apps.setdefault(app.rpartition("/")[2], set()).add(app)
    return _with_manifests(roots, roots.manifests, facts_of)


def of_state(tree: Tree, roots: PythonRoots, facts_of: FactsOf) -> PythonRoots:
    """Return the roots of a changed tree; removed top-level names still count as of this repository."""
    added = list(filter(is_module, tree.added()))
    tops = dict(roots.tops) if added else roots.tops
    for path in added:
        root = root_of(tree, path)
        top = _top(path, root)
        tops[top] = tops.get(top, set()) | {root}
    changed = replace(roots, tops=tops)
    if not any(map(is_manifest, tree.changed())):
        return changed
    return _with_manifests(changed, (*roots.manifests, *filter(is_manifest, tree.added())), facts_of)


def is_module(path: str) -> bool:
    """Return whether a file can be imported."""
    return path.endswith((".py", ".pyi"))


def is_manifest(path: str) -> bool:
    """Return whether a file may say where modules are found."""
    return path.rpartition("/")[2] in _MANIFESTS


def root_of(tree: Tree, path: str, known_roots: dict[str, str] | None = None) -> str:
    """Return the nearest folder above a file that is no package itself.

    `known_roots` has the roots of folders computed so far, and grows.
    """
    folder = start = path.rpartition("/")[0]
    if known_roots is not None and start in known_roots:
        return known_roots[start]
    while folder and package_file(tree, folder):
        folder = folder.rpartition("/")[0]
    if known_roots is not None:
        known_roots[start] = folder
    return folder


def package_file(tree: Tree, folder: str) -> str:
    """Return the file that makes a folder a package, "" when it has none."""
    return next((path for name in _PACKAGE_FILES if (path := join(folder, name)) in tree), "")


def join(folder: str, name: str) -> str:
    """Return the path of a name in a folder; "" is the root."""
    return f"{folder}/{name}" if folder else name


def _top(path: str, root: str) -> str:
    """Return the top-level name of a file's module, as imported from a root."""
    inside = path[len(root) + 1 :] if root else path
    return inside.partition("/")[0].removesuffix(".py").removesuffix(".pyi")


def _with_manifests(roots: PythonRoots, paths: Iterable[str], facts_of: FactsOf) -> PythonRoots:
    """Return the roots with what manifests declare."""
    facts_by_path = ((path, facts_of(path)) for path in paths)
    manifests = [(path.rpartition("/")[0], facts) for path, facts in facts_by_path if facts is not None]
    return replace(roots, declared_folders=_declared_folders(manifests), postponing=_postponing(manifests))


def _declared_folders(manifests: Iterable[tuple[str, FileFacts]]) -> tuple[str, ...]:
    """Return the folders that manifests declare as roots; manifests come as (folder, facts)."""
    folders: dict[str, None] = {}
    for folder, facts in manifests:
        folders |= dict.fromkeys(join(folder, value) for key, value in facts.settings if key == "root")
    return tuple(folders)


def _postponing(manifests: Iterable[tuple[str, FileFacts]]) -> dict[str, bool]:
    """Return by folder whether its manifest allows only interpreters that postpone annotations.

    Of a manifest in conflict that is taken for granted.
    """
    postponing: dict[str, bool] = {}
    for folder, facts in manifests:
        specifiers = [value for key, value in facts.settings if key == "dependency python"]
        if specifiers or facts is UNSETTLED:
            recent = facts is UNSETTLED or all(map(is_recent, specifiers))
            postponing[folder] = postponing.get(folder, False) or recent
    return postponing


def is_recent(specifier: str) -> bool:
    """Return whether a specifier of interpreters allows none that evaluates annotations where they stand."""
    bounds = (_LOWER_BOUND.fullmatch(part.strip()) for part in specifier.split(","))
    return "|" not in specifier and any(
        (int(bound[1]), int(bound[2] or 0)) >= _POSTPONING_PYTHON for bound in bounds if bound
    )
