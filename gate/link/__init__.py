"""Names across files: which module an import is, and what a name in it stands for. Pure; facts come on demand.

A family is the languages whose files import one another, and a folder here that offers what `Family` says. It loads
when the first file of its own is met.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from gate.link.symbols import Hop
    from gate.link.tree import Tree
    from gate.link.uses import Answer, Use
    from gate.model.source import FileFacts

    FactsOf = Callable[[str], FileFacts | None]


class Linker(Protocol):
    """The names of one state, in the files of one family.

    `hops` grows with every file and definition an answer rests on.
    """

    hops: list[Hop]

    def answer(self, path: str, use: Use) -> Answer:
        """What the state says to a use in the file at `path`."""


class Family(Protocol):
    """What a family's folder offers."""

    def holds(self, path: str) -> bool:
        """Whether its modules are found by this path: its source files, and whatever else they can import."""

    def settles(self, path: str) -> bool:
        """Whether this file says where modules are found, so that a change to it calls for another survey."""

    def survey(self, tree: Tree, facts_of: FactsOf) -> object:
        """What finding modules needs to know of a whole tree of the files it holds; made once for many states."""

    def linker(self, tree: Tree, surveyed: object, facts_of: FactsOf) -> Linker:
        """The names of one state."""

    def module_name(self, path: str) -> str:
        """A file as people of this language name it."""


@cache
def family(name: str) -> Family:
    """A family by its name.

    Raises:
        ModuleNotFoundError: there is none.
    """
    return cast("Family", import_module(f"{__name__}.{name}"))
