"""Answers that several languages give alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gate.languages.base.answering import answer_for, root_import_fails
from gate.languages.base.symbols import OUTSIDE, PRESENT, UNKNOWN, Bound, Missing, Module
from gate.languages.base.uses import SILENT, Answer
from gate.model.source import Definition, Reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.languages.base.symbols import Symbol

BOUND = Bound("a.py", Definition("f", "", "function", 1, 2))
MISSING = Missing("a.py", "f")
UNSURE = Missing("a.py", "f", sure=False)


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        (BOUND, Answer(fine=True, target=BOUND)),
        (MISSING, Answer(missing=MISSING)),
        (UNSURE, Answer(missing=UNSURE, sure=False)),
        (UNKNOWN, SILENT),
        (PRESENT, Answer(fine=True)),
        (OUTSIDE, Answer(fine=True, outside=True)),
        (Module("a.py", "a"), Answer(fine=True, module=True)),
    ],
)
def test_the_answer_for_a_symbol(symbol: Symbol, expected: Answer) -> None:
    assert answer_for(symbol) == expected


class Names:
    """`gone` and `here` are bound at the top of the file, `inner` in a function; `gone` and `inner` lead nowhere."""

    def names(self, path: str) -> Mapping[str, tuple[object, object]]:
        del path
        return {"gone": ((), ()), "here": ((), ()), "unbound": ()}  # type: ignore[dict-item]

    def binding(self, path: str, name: str, depth: int = 0) -> Symbol:
        del path, depth
        return BOUND if name == "here" else MISSING

    def local_root(self, path: str, name: str, owner: str) -> Symbol:
        del path
        return MISSING if (name, owner) == ("inner", "f") else UNKNOWN


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (Reference("gone.x", (1,)), True),
        (Reference("gone().x", (1,)), True),
        (Reference("here.x", (1,)), False),
        (Reference("unbound.x", (1,)), False),
        (Reference("never.x", (1,)), False),
        (Reference("gone.x", (1,), "self"), False),
        (Reference("inner.x", (1,), "local", "f"), True),
        (Reference("inner().x", (1,), "local", "f"), True),
        (Reference("inner.x", (1,), "local", "g"), False),
    ],
)
def test_an_import_that_fails_already(reference: Reference, expected: bool) -> None:
    assert root_import_fails(Names(), "a.py", reference) is expected
