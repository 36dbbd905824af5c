"""What a Python module does while it loads: the steps that matter to whoever imports it half-way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gate.model.source import Import


@dataclass(frozen=True, slots=True)
class LoadStep:
    """One step: it imports, binds a name or reads a chain of names (`text`).

    `maybe`: it may be left out, or its failure may be caught. `unknown` steps may do anything to names and modules.
    """

    kind: Literal["import", "bind", "read", "unknown"]
    line: int
    text: str = ""
    imported: Import | None = None
    maybe: bool = False


@dataclass(frozen=True, slots=True)
class LoadProgram:
    """The steps of a module in order. `loose` are names that functions bind whenever they are called."""

    steps: tuple[LoadStep, ...]
    loose: frozenset[str] = frozenset()
