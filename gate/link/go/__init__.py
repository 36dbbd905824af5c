"""Go: packages are folders, found below the modules that `go.mod` files declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gate.link.go.linker import GoLinker, Surveyed
from gate.link.packages import listing

if TYPE_CHECKING:
    from gate.link import FactsOf
    from gate.link.tree import Tree

_MANIFESTS = ("go.mod", "go.work")


def holds(path: str) -> bool:
    """Source files and what says where modules are."""
    return path.endswith(".go") or settles(path)


def settles(path: str) -> bool:
    """Module and workspace files."""
    return path.rpartition("/")[2] in _MANIFESTS


def survey(tree: Tree, facts_of: FactsOf) -> Surveyed:
    """The modules of the repository, and the files of each folder."""
    modules, replaced, workspace = {}, {}, False
    for path in tree.paths():
        folder, _, name = path.rpartition("/")
        workspace = workspace or name == "go.work"
        if name == "go.mod":
            facts = facts_of(path)
            settings = facts.settings if facts is not None else ()
            modules.update({value: folder for key, value in settings if key == "module"})
            replaced[folder] = frozenset(value for key, value in settings if key == "replace")
    return Surveyed(listing(tree, ".go"), modules, replaced, workspace)


def linker(tree: Tree, surveyed: object, facts_of: FactsOf) -> GoLinker:
    """The names of one state."""
    return GoLinker(tree, cast("Surveyed", surveyed), facts_of)


def module_name(path: str) -> str:
    """The folder: `internal/text/clean.go` is of `internal/text`."""
    return path.rpartition("/")[0] or "."
