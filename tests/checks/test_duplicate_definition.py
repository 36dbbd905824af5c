"""G213."""

from __future__ import annotations

import pytest
from checks.names import facts

from gate.checks.duplicate_definition import duplicate_definition
from gate.model.finding import Apart, Location, Serial, Severity
from gate.model.names import DuplicateDefinition, NameFacts

DUPLICATE = DuplicateDefinition("agent/a", "agent/b", "m.py", "C", "f", "function", (3, 9))


def test_a_method_defined_twice() -> None:
    [found] = duplicate_definition.ask(facts(NameFacts(duplicates=(DUPLICATE,))))

    assert found.severity is Severity.ERROR
    assert found.message == "agent/a and agent/b both define `C.f` in m.py; the last one wins"
    assert found.locations == (Location("agent/a", "m.py", 3), Location("agent/b", "m.py", 9))
    assert found.constraints == (Apart(("agent/a", "agent/b")),)


@pytest.mark.parametrize(
    "duplicate",
    [
        DuplicateDefinition("agent/a", "agent/b", "m.py", "", "f", "import", (3, 9)),
        DuplicateDefinition("agent/a", "agent/b", "m.py", "", "f", "function", (3, 9), registered=True),
        DuplicateDefinition("agent/a", "agent/b", "m.py", "C", "f", "field", (3, 9)),
        DuplicateDefinition("agent/a", "agent/b", "m.py", "", "F", "constant", (3, 9)),
        DuplicateDefinition("agent/a", "agent/b", "m.py", "C()", "1", "value", (3, 9)),
    ],
)
def test_what_may_do_no_harm_is_a_warning(duplicate: DuplicateDefinition) -> None:
    [found] = duplicate_definition.ask(facts(NameFacts(duplicates=(duplicate,))))

    assert found.severity is Severity.WARNING
    assert found.constraints == (Serial(("agent/a", "agent/b")),)


@pytest.mark.parametrize(
    ("duplicate", "message", "hint"),
    [
        (
            DuplicateDefinition("agent/a", "agent/b", "m.py", "", "f", "function", (3, 9), alike=True),
            "agent/a and agent/b both define `f` in m.py; they say the same",
            "land one of them, then remove `f` from the other",
        ),
        (
            DuplicateDefinition("agent/a", "agent/b", "m.py", "C", "X", "member", (3, 9), alike=True),
            "agent/a and agent/b both define `C.X` in m.py; Python refuses that",
            "land one of them, then remove `C.X` from the other",
        ),
        (
            DuplicateDefinition("agent/a", "agent/b", "m.py", "C()", "1", "value", (3, 9)),
            "agent/a and agent/b both give a member the value `1` of `C` in m.py; one becomes an alias of the other",
            "land one of them, then rename or remove `1` in the other",
        ),
        (
            DuplicateDefinition("agent/a", "agent/b", "m.py", "D[]", "'k'", "key", (3, 9)),
            "agent/a and agent/b both define the key `'k'` of `D` in m.py; the last one wins",
            "land one of them, then rename or remove `'k'` in the other",
        ),
    ],
)
def test_what_is_said_of_it(duplicate: DuplicateDefinition, message: str, hint: str) -> None:
    [found] = duplicate_definition.ask(facts(NameFacts(duplicates=(duplicate,))))

    assert (found.message, found.hint) == (message, hint)
