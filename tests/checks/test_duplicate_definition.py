"""G213."""

from __future__ import annotations

import pytest
from checks.names import facts

from gate.checks.duplicate_definition import duplicate_definition
from gate.model.finding import Apart, Location, Serial, Severity
from gate.model.names import Double, NameFacts

DOUBLE = Double("agent/a", "agent/b", "m.py", "C", "f", "function", (3, 9))


def test_a_method_defined_twice() -> None:
    [found] = duplicate_definition.ask(facts(NameFacts(doubles=(DOUBLE,))))

    assert found.severity is Severity.ERROR
    assert found.message == "agent/a and agent/b both define `C.f` in m.py; the last one wins"
    assert found.locations == (Location("agent/a", "m.py", 3), Location("agent/b", "m.py", 9))
    assert found.constraints == (Apart(("agent/a", "agent/b")),)


@pytest.mark.parametrize(
    "double",
    [
        Double("agent/a", "agent/b", "m.py", "", "f", "import", (3, 9)),
        Double("agent/a", "agent/b", "m.py", "", "f", "function", (3, 9), registered=True),
    ],
)
def test_what_may_do_no_harm_is_a_warning(double: Double) -> None:
    [found] = duplicate_definition.ask(facts(NameFacts(doubles=(double,))))

    assert found.severity is Severity.WARNING
    assert found.constraints == (Serial(("agent/a", "agent/b")),)
