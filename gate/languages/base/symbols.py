"""What a chain of names stands for in one state of the tree.

An answer is one of: a module, a definition that is surely meant, an instance of a class, something that is there but
cannot be told (`UNKNOWN`: several bindings, dynamic modules, anything outside the repository), or `Missing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gate.model.source import Definition


Dependency = tuple[str, str]
"""What an answer rests on: a file, and the path of a definition or the name of an import in it, "" for all of it."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module. `path` is its file, "" for a folder that is one without; `folder` is where its submodules lie."""

    path: str
    folder: str | None
    sure: bool = True
    """Nothing else goes by that name."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A definition in a file. `instance`: what calling the class gives, rather than the class."""

    path: str
    definition: Definition
    instance: bool = False
    through: str = ""
    """How it was reached when it is a member: `class` or `instance`."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may be there, or, when `present`, is surely there; nothing more can be said.

    `outside`: it is a module from outside the repository, or comes from one, and is taken to be there.
    """

    present: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """It is not there. `where` is the file or folder that lacks `name`, `inside` the class in it, "" for the module."""

    where: str
    name: str
    inside: str = ""
    module: bool = False
    """It is a module that is missing, `name` its dotted name."""
    sure: bool = True


UNKNOWN = Unknown()
PRESENT = Unknown(present=True)
OUTSIDE = Unknown(present=True, outside=True)
Symbol = Module | Bound | Unknown | Missing
