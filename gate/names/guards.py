"""What keeps a failing use from failing the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.source import Import, Reference

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.languages.base.uses import Answer, Use
    from gate.model.names import Guard


def guard_of(uses: Iterable[Use], path: str, answer: Answer) -> Guard:
    """Return the guard of uses in the file at `path` that differ only in where they stand; "" if any has none.

    `answer` is the failing one.
    """
    return min((_guard(use, path, answer) for use in uses), default="")


def _guard(use: Use, path: str, answer: Answer) -> Guard:
    language = registry.language(path)
    compiles_types = language is not None and language.compiles_types
    match use.fact:
        case Reference(guard="annotation"):
            return "typing" if answer.postpones else ""
        case Reference(guard="typing") | Import(guarded=False, typing=True):
            return "" if compiles_types else "typing"
        case Reference(guard="guarded") | Import(guarded=True):
            return "guarded"
    return ""
