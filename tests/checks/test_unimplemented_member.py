"""G215."""

from __future__ import annotations

from checks.names import broken

from gate.checks.unimplemented_member import unimplemented_member
from gate.model.finding import Confidence, Severity


def test_a_class_that_lacks_an_abstract_member() -> None:
    given = broken(
        kind="unimplemented", name="Files", changed_name="Store.close", why="does not implement `close`"
    )

    [found] = unimplemented_member.ask(given)

    assert (found.severity, found.confidence) == (Severity.ERROR, Confidence.CERTAIN)
    assert found.message == (
        "agent/b adds `Files`, which does not implement `close`; agent/a leaves `Store.close` to it"
    )
    assert found.hint == "land agent/a, then rebase agent/b and implement `close` in n.py line 3"


def test_an_override_that_no_longer_fits() -> None:
    given = broken(
        kind="override", name="Files.save", changed_name="Store.save", why="has no parameter `at`", sure=False
    )

    [found] = unimplemented_member.ask(given)

    assert (found.severity, found.confidence) == (Severity.WARNING, Confidence.LIKELY)
    assert found.message == (
        "agent/b's `Files.save` has no parameter `at`; agent/a changes `Store.save`, which it overrides"
    )
    assert (
        found.hint
        == "land agent/a, then rebase agent/b and change `Files.save` in n.py line 3 to fit `Store.save`"
    )


def test_a_missing_name_is_not_its_own() -> None:
    assert list(unimplemented_member.ask(broken())) == []
