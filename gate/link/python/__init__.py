"""Python: modules below roots, packages, classes with bases, pytest's fixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gate.link.python.linker import PythonLinker
from gate.link.python.modules import Modules, Roots, is_manifest, is_module, of_state, roots

if TYPE_CHECKING:
    from gate.link import FactsOf
    from gate.link.tree import Tree


def holds(path: str) -> bool:
    """Source files and manifests; other data makes no module."""
    return is_module(path) or is_manifest(path)


def settles(path: str) -> bool:
    """None does: what manifests say is read anew for a state that changes one, which costs less than a survey."""
    return not path


def survey(tree: Tree, facts_of: FactsOf) -> Roots:
    """The folders modules are imported from."""
    return roots(tree, facts_of)


def linker(tree: Tree, surveyed: object, facts_of: FactsOf) -> PythonLinker:
    """The names of one state."""
    return PythonLinker(Modules(tree, of_state(tree, cast("Roots", surveyed), facts_of)), facts_of)


def module_name(path: str) -> str:
    """`src/pkg/store.py` is `pkg.store`."""
    plain = path.removesuffix(".pyi").removesuffix(".py").removesuffix("/__init__").removesuffix("/")
    return plain.removeprefix("src/").replace("/", ".")
