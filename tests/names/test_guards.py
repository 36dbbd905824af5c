"""What keeps a failing use from failing the program."""

from __future__ import annotations

import pytest
from names.literal import binding, definition, use_of

from gate.languages.base.uses import Answer
from gate.model.source import Reference
from gate.names.guards import guard_of

FAILS = Answer(why="x")
POSTPONED = Answer(why="x", postpones=True)


@pytest.mark.parametrize(
    ("fact", "python", "typescript"),
    [
        (Reference("m.x", (1,)), "", ""),
        (Reference("m.x", (1,), guard="guarded"), "guarded", "guarded"),
        (Reference("m.x", (1,), guard="typing"), "typing", ""),
        (Reference("m.x", (1,), guard="annotation"), "", ""),
        (binding("m", "x"), "", ""),
        (binding("m", "x", guarded=True), "guarded", "guarded"),
        (binding("m", "x", typing=True), "typing", ""),
        (binding("m", "x", typing=True, guarded=True), "guarded", "guarded"),
        (definition("C", "class", bases=("Base",)), "", ""),
    ],
)
def test_the_guard_of_a_use(fact: Reference, python: str, typescript: str) -> None:
    use = use_of(fact)
    assert [guard_of([use], path, FAILS) for path in ("m.py", "m.ts", "notes.txt")] == [
        python,
        typescript,
        python,
    ]


def test_annotations_are_for_type_checkers_where_they_are_not_evaluated() -> None:
    use = use_of(Reference("m.x", (1,), guard="annotation"))
    assert [guard_of([use], "m.py", answer) for answer in (FAILS, POSTPONED)] == ["", "typing"]


def test_a_use_without_guard_counts_before_guarded_ones() -> None:
    plain, guarded, typing = (
        use_of(Reference("m.x", (1,), guard=guard)) for guard in ("", "guarded", "typing")
    )
    assert guard_of([guarded, plain, typing], "m.py", FAILS) == ""
    assert guard_of([typing, guarded], "m.py", FAILS) == "guarded"
    assert guard_of([], "m.py", FAILS) == ""
