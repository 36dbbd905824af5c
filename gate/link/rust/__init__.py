"""Rust: crates below `Cargo.toml`, each a tree of modules that `mod` items declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gate.link.packages import listing
from gate.link.rust.crates import Crates, Surveyed, manifest
from gate.link.rust.linker import RustLinker

if TYPE_CHECKING:
    from gate.link import FactsOf
    from gate.link.tree import Tree


def holds(path: str) -> bool:
    """Source files and manifests."""
    return path.endswith(".rs") or settles(path)


def settles(path: str) -> bool:
    """Manifests."""
    return path.rpartition("/")[2] == "Cargo.toml"


def survey(tree: Tree, facts_of: FactsOf) -> Surveyed:
    """The crates of the repository, and the files of each folder."""
    found = {}
    for path in tree.paths():
        if settles(path):
            facts = facts_of(path)
            folder = path.rpartition("/")[0]
            found[folder] = manifest(folder, facts.settings if facts is not None else ())
    return Surveyed(listing(tree, ".rs"), found)


def linker(tree: Tree, surveyed: object, facts_of: FactsOf) -> RustLinker:
    """The names of one state."""
    return RustLinker(Crates(tree, cast("Surveyed", surveyed)), facts_of)


def module_name(path: str) -> str:
    """`crates/a/src/b/c.rs` is `b::c`."""
    plain = path.removesuffix(".rs").removesuffix("/mod").rstrip("/")
    before, found, after = plain.rpartition("src/")
    return (after if found and (not before or before.endswith("/")) else plain).replace("/", "::")
