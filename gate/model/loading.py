"""What a module does while it loads, where loading runs it: the steps that matter to whoever imports it half-way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gate.model.source import Import


@dataclass(frozen=True, slots=True)
class LoadStep:
    """A step: it imports, binds a name or reads a chain of names (`text`).

    `maybe`: the step may be left out, or its failure caught. A step of kind `unknown` may do anything to names and
    modules.
    """

    kind: Literal["import", "bind", "read", "unknown"]
    line: int
    text: str = ""
    imported: Import | None = None
    maybe: bool = False


@dataclass(frozen=True, slots=True)
class LoadProgram:
    """The steps of a module in order. `loose` are the names that its functions bind whenever they are called."""

    steps: tuple[LoadStep, ...]
    loose: frozenset[str] = frozenset()
