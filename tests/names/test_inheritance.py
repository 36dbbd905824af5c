"""Which uses of what is inherited a consumer itself brings."""

from __future__ import annotations

import pytest
from names.literal import changes, definition, of_uses, state, use_of

from gate.languages.base.changes import FileChanges
from gate.languages.base.uses import Answer, Use, uses
from gate.model.source import Reference
from gate.names import inheritance

BASE = definition("Base", "class")
CHILD = definition("pkg.Child", "class", bases=("Base",))
METHOD = definition("pkg.Child.send")
SUBCLASS = use_of(CHILD)
OVERRIDE = next(use for use in uses(of_uses(CHILD, METHOD)) if use.kind == "override")
FAILS = Answer(why="lacks `f`")


def is_own(use: Use, file_changes: FileChanges | None = None, *, fails: bool = False, stands: bool = False,
           new_uses: tuple[Use, ...] = ()) -> bool:  # fmt: skip
    """Whether a use is the consumer's own; `stands`: its class is there without it, `fails`: and fails."""
    consumer = changes("b", {"n.py": file_changes or FileChanges()}, new_uses={"n.py": new_uses})
    facts = of_uses(CHILD, METHOD) if stands else of_uses(BASE)
    without = state({"n.py": facts}, {("n.py", use.text): FAILS} if fails else {})
    return inheritance.is_own(consumer, without, "n.py", use)


@pytest.mark.parametrize("use", [SUBCLASS, OVERRIDE])
def test_what_fails_without_the_consumer_is_not_its_own(use: Use) -> None:
    assert is_own(use)
    assert is_own(use, fails=True), "it is not there"
    assert is_own(use, stands=True), "it does not fail"
    assert not is_own(use, stands=True, fails=True)


def test_other_uses_are_always_the_consumers() -> None:
    assert is_own(use_of(Reference("pkg.Child", (1,))), stands=True, fails=True)


def test_a_class_that_was_in_another_place_is_not_new() -> None:
    moved = FileChanges(removed={"Child": definition("Child", "class")})
    assert is_own(SUBCLASS, moved) is False
    assert is_own(OVERRIDE, moved)
    assert is_own(OVERRIDE, FileChanges(removed={"send": definition("send", "class")}))
    assert is_own(SUBCLASS, FileChanges(removed={"Child": definition("Child")}))
    assert is_own(SUBCLASS, FileChanges(removed={"Other": definition("Other", "class")}))


def test_a_class_that_the_consumer_extends_may_stay_abstract() -> None:
    grandchild = use_of(definition("Grandchild", "class", bases=("Other", "pkg.Child")))
    assert not is_own(SUBCLASS, new_uses=(grandchild,))
    assert is_own(OVERRIDE, new_uses=(grandchild,))
    assert is_own(SUBCLASS, new_uses=(use_of(definition("G", "class", bases=("Child2",))),))
    assert is_own(SUBCLASS, new_uses=(use_of(Reference("Child", (1,))), OVERRIDE))
