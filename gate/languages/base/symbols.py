"""What a chain of names stands for in one state of the tree.

A symbol is a module (`Module`), the one definition or instance of it that is surely meant (`Bound`), something of which
no more can be said (`Unknown`: several bindings, dynamic modules, anything outside the repository), or `Missing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gate.model.source import Definition


Dependency = tuple[str, str]
"""What an answer depends on, as (path, name): a file, and a definition or an import in it by its dotted path.

The name is "" for the whole file; a path that ends in "/" is the content of a folder.
"""


@dataclass(frozen=True, slots=True)
class Module:
    """A module. `path` is its file, "" for a folder that is a module without one; its submodules lie in `folder`."""

    path: str
    folder: str | None
    sure: bool = True
    """Whether nothing else goes by that name."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A definition in a file. With `instance`, the symbol is what calling the class gives, not the class."""

    path: str
    definition: Definition
    instance: bool = False
    through: str = ""
    """Of a member, what it was read of: `class` or `instance`."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A symbol that may exist; with `present`, one that surely does, and nothing more can be said of it.

    `outside`: a module from outside the repository, or something in one, which is taken to exist.
    """

    present: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A symbol that does not exist.

    `where` is the file or folder that lacks `name`; `inside` is the dotted path of the class in it that lacks the name,
    "" for the module itself.
    """

    where: str
    name: str
    inside: str = ""
    module: bool = False
    """Whether a module is missing, `name` being its dotted name."""
    sure: bool = True
    """Whether nothing else can provide the name."""


UNKNOWN = Unknown()
PRESENT = Unknown(present=True)
OUTSIDE = Unknown(present=True, outside=True)
Symbol = Module | Bound | Unknown | Missing
