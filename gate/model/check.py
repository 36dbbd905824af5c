"""A check: a question over facts that yields findings, and carries its documentation."""

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
    """The subject of a check. SET checks run after the rehearsal, others before the plan; NAMES checks read source."""

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
    """The parts of a check's docstring, a paragraph each: its first sentence, `Why:`, `Example:` and `Resolve:`."""

    says: str
    why: str
    example: str
    resolve: str


@dataclass(frozen=True, slots=True)
class Check:
    """One question. Its code and name never change once released."""

    code: str
    name: str
    level: Level
    ask: Callable[[Facts], Iterator[Finding]]
    reads: bool = False
    """Whether it needs the names in source files to be read."""

    @property
    def documentation(self) -> Documentation:
        """The parts of the question's docstring.

        Raises:
            ValueError: a heading is missing.
        """
        return document(inspect.getdoc(self.ask) or "")

    @property
    def summary(self) -> str:
        """The first sentence of the documentation."""
        return self.documentation.says


def check(
    code: str, name: str, level: Level, *, reads: bool = False
) -> Callable[[Callable[[Facts], Iterator[Finding]]], Check]:
    """Return a decorator that makes a function a check. It fills no registry: `gate.checks.catalog` collects.

    A check of level NAMES reads source whatever `reads` says.
    """

    def decorate(ask: Callable[[Facts], Iterator[Finding]]) -> Check:
        return Check(code, name, level, ask, reads or level is Level.NAMES)

    return decorate


_HEADING = re.compile(r"^(Why|Example|Resolve):\s*", re.MULTILINE)


def document(docstring: str) -> Documentation:
    """Split a check's docstring at its headings `Why:`, `Example:` and `Resolve:`.

    Raises:
        ValueError: a heading or the first sentence is missing.
    """
    says, *sections = _HEADING.split(docstring)
    parts = {name: " ".join(text.split()) for name, text in zip(sections[::2], sections[1::2], strict=True)}
    missing = {"Why", "Example", "Resolve"} - parts.keys()
    if missing or not says.strip():
        raise ValueError(f"a check's docstring lacks {', '.join(sorted(missing)) or 'its first line'}")
    return Documentation(" ".join(says.split()), parts["Why"], parts["Example"], parts["Resolve"])
