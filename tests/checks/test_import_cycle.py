"""G214."""

from __future__ import annotations

from checks.names import broken, facts

from gate.checks.import_cycle import import_cycle
from gate.model.finding import Apart, Confidence, Location, Severity
from gate.model.names import Cycle, Link, NameFacts, Place

THERE = Link("app.a", "app.b", "agent/a", Place("app/a.py", 3))
BACK = Link("app.b", "app.a", "agent/b", Place("app/b.py", 5))


def cycle(*entries: str, links: tuple[Link, ...] = (THERE, BACK)) -> Cycle:
    """The two streams close a cycle that fails when any of the entries comes first."""
    return Cycle("agent/a", "agent/b", links, entries, "from app.a import x", "app/b.py", "app.a", "x")


def test_a_cycle_that_always_fails() -> None:
    [found] = import_cycle.ask(facts(NameFacts(cycles=(cycle("app.a", "app.b"),))))

    assert (found.severity, found.confidence) == (Severity.ERROR, Confidence.CERTAIN)
    assert found.branches == ("agent/a", "agent/b")
    assert found.message == (
        "`app.a` imports `app.b` (agent/a) and `app.b` imports `app.a` (agent/b): "
        "importing either fails at `from app.a import x` in app/b.py"
    )
    assert (
        found.hint == "move `x` out of `app.a` to a module that both import, or import it inside a function"
    )
    assert found.locations == (Location("agent/a", "app/a.py", 3), Location("agent/b", "app/b.py", 5))
    assert found.constraints == (Apart(("agent/a", "agent/b")),)


def test_a_cycle_that_fails_from_one_end_is_a_warning() -> None:
    [found] = import_cycle.ask(facts(NameFacts(cycles=(cycle("app.a"),))))

    assert (found.severity, found.confidence) == (Severity.WARNING, Confidence.LIKELY)
    assert found.message.endswith(": importing `app.a` first fails at `from app.a import x` in app/b.py")
    assert found.constraints == ()


def test_a_cycle_through_a_module_nobody_changes() -> None:
    links = (
        THERE,
        Link("app.b", "app.c", "", Place("app/b.py")),
        Link("app.c", "app.a", "agent/b", Place("c.py")),
    )

    [found] = import_cycle.ask(facts(NameFacts(cycles=(cycle("app.a", "app.b", "app.c", links=links),))))

    assert found.message == (
        "`app.a` imports `app.b` (agent/a), `app.b` imports `app.c` and `app.c` imports `app.a` (agent/b): "
        "importing any of them fails at `from app.a import x` in app/b.py"
    )
    assert [one.path for one in found.locations] == ["app/a.py", "c.py"]


def test_a_missing_name_is_not_its_own() -> None:
    assert list(import_cycle.ask(broken())) == []
