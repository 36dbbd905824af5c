"""JavaScript and TypeScript: modules by specifier, exports through barrels, classes, enums, namespaces."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gate.link.script import manifests
from gate.link.script.linker import ScriptLinker
from gate.link.script.manifests import Manifests

if TYPE_CHECKING:
    from gate.link import FactsOf
    from gate.link.tree import Tree


def holds(path: str) -> bool:
    """Every file: styles, pictures and data are imported too."""
    return bool(path)


def settles(path: str) -> bool:
    """The manifests."""
    return path.endswith((".json", ".yaml")) and manifests.settles(path)


def survey(tree: Tree, facts_of: FactsOf) -> Manifests:
    """The manifests of a tree, none of them read yet."""
    return Manifests(tree, facts_of)


def linker(tree: Tree, surveyed: object, facts_of: FactsOf) -> ScriptLinker:
    """The names of one state."""
    return ScriptLinker(tree, cast("Manifests", surveyed), facts_of)


def module_name(path: str) -> str:
    """Its path, as specifiers are paths too."""
    return path
