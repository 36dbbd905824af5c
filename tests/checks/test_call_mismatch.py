"""G212."""

from __future__ import annotations

from checks.names import broken

from gate.checks.call_mismatch import call_mismatch
from gate.model.finding import Severity


def test_a_call_that_no_longer_fits() -> None:
    [found] = call_mismatch.ask(broken(kind="call", why="needs `size`"))

    assert found.severity is Severity.ERROR
    assert found.message == "agent/b calls `m.f`; in agent/a it needs `size`"
    assert found.hint == "land agent/a, then rebase agent/b and change the call in n.py line 3 to fit `f`"


def test_a_missing_name_is_not_its_own() -> None:
    assert list(call_mismatch.ask(broken())) == []
