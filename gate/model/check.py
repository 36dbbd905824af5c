"""What a check is: a question over facts that yields findings, and carries its own documentation."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Finding


class Level(StrEnum):
    """What a check looks at. SET checks run after the plan was rehearsed, all others before; NAMES read source."""

    TRUST = "trust"
    OWNERSHIP = "ownership"
    TEXT = "text"
    DEPENDENCY = "dependency"
    NAMES = "names"
    MIGRATION = "migration"
    POINT = "point"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Documentation:
    """A check's docstring, taken apart. Every part is plain text of one paragraph."""

    says: str
    why: str
    example: str
    resolve: str


@dataclass(frozen=True, slots=True)
class Check:
    """One question: its code and name never change once released."""

    code: str
    name: str
    level: Level
    ask: Callable[[Facts], Iterator[Finding]]
    reads: bool = False
    """It rests on what source files say."""

    @property
    def documentation(self) -> Documentation:
        """The docstring of the question, by its headings.

        Raises:
            ValueError: a heading is missing.
        """
        return document(inspect.getdoc(self.ask) or "")

    @property
    def summary(self) -> str:
        """What it says, in one sentence."""
        return self.documentation.says


def check(
    code: str, name: str, level: Level, *, reads: bool = False
) -> Callable[[Callable[[Facts], Iterator[Finding]]], Check]:
    """Make a check of a function. Fills no registry: `gate.checks.catalog` collects.

    `reads` need not be said of one whose level is NAMES.
    """

    def made(ask: Callable[[Facts], Iterator[Finding]]) -> Check:
        return Check(code, name, level, ask, reads or level is Level.NAMES)

    return made


_HEADING = re.compile(r"^(Why|Example|Resolve):\s*", re.MULTILINE)


def document(docstring: str) -> Documentation:
    """Split a check's docstring at its headings `Why:`, `Example:` and `Resolve:`."""
    says, *rest = _HEADING.split(docstring)
    parts = {name: " ".join(text.split()) for name, text in zip(rest[::2], rest[1::2], strict=True)}
    missing = {"Why", "Example", "Resolve"} - parts.keys()
    if missing or not says.strip():
        raise ValueError(f"a check's docstring lacks {', '.join(sorted(missing)) or 'its first line'}")
    return Documentation(" ".join(says.split()), parts["Why"], parts["Example"], parts["Resolve"])
