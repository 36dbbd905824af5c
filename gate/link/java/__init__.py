"""Java: classes in packages, found below any source root by the path of their package."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gate.link.java.linker import JavaLinker
from gate.link.packages import Listing, listing

if TYPE_CHECKING:
    from gate.link import FactsOf
    from gate.link.tree import Tree

_ROOTS = ("src/main/java/", "src/test/java/", "src/")


def holds(path: str) -> bool:
    """Source files alone."""
    return path.endswith(".java")


def settles(path: str) -> bool:
    """None does."""
    return not path


def survey(tree: Tree, facts_of: FactsOf) -> Listing:
    """The files of each folder."""
    del facts_of
    return listing(tree, ".java")


def linker(tree: Tree, surveyed: object, facts_of: FactsOf) -> JavaLinker:
    """The names of one state."""
    return JavaLinker(tree, cast("Listing", surveyed), facts_of)


def module_name(path: str) -> str:
    """`core/src/main/java/a/b/C.java` is `a.b.C`."""
    plain = path.removesuffix(".java").rstrip("/")
    for root in _ROOTS:
        before, found, after = plain.rpartition(root)
        if found and (not before or before.endswith("/")):
            return after.replace("/", ".")
    return plain.replace("/", ".")
