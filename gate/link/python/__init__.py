"""Python: modules below roots, packages, classes with bases, pytest's fixtures."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from gate.link.python.linker import PythonLinker
from gate.link.python.modules import Modules, Roots, roots

if TYPE_CHECKING:
    from gate.link import FactsOf
    from gate.link.tree import Tree

_SUFFIXES = (".py", ".pyi")


def holds(path: str) -> bool:
    """Source files alone: data makes no module."""
    return path.endswith(_SUFFIXES)


def settles(path: str) -> bool:
    """No file does yet."""
    return not path


def survey(tree: Tree, facts_of: FactsOf) -> Roots:
    """The folders modules are imported from."""
    del facts_of
    return roots(tree)


def linker(tree: Tree, surveyed: object, facts_of: FactsOf) -> PythonLinker:
    """The names of one state."""
    return PythonLinker(Modules(tree, cast("Roots", surveyed)), facts_of)


def module_name(path: str) -> str:
    """`src/pkg/store.py` is `pkg.store`."""
    plain = path.removesuffix(".pyi").removesuffix(".py").removesuffix("/__init__").removesuffix("/")
    return plain.removeprefix("src/").replace("/", ".")
