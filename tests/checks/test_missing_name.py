"""G211."""

from __future__ import annotations

import pytest
from checks.names import broken

from gate.checks.missing_name import missing_name
from gate.model.finding import Apart, Before, Confidence, Location, Severity


def test_a_removed_name() -> None:
    [found] = missing_name.ask(broken())

    assert (found.severity, found.confidence) == (Severity.ERROR, Confidence.CERTAIN)
    assert found.message == "agent/b uses `m.f`; agent/a removes `f` from m.py"
    assert (
        found.hint
        == "land agent/a, then rebase agent/b and remove the use of `f` in n.py line 3, or keep `f` in agent/a"
    )
    assert found.branches == ("agent/b", "agent/a")
    assert found.locations == (Location("agent/b", "n.py", 3), Location("agent/a", "m.py", 1))
    assert found.constraints == (Apart(("agent/a", "agent/b")),)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"successor": "g", "change": "renamed"}, "agent/b uses `m.f`; agent/a renames `f` to `g`"),
        ({"successor": "k", "change": "moved"}, "agent/b uses `m.f`; agent/a moves `f` to `k`"),
        ({"kind": "undefined", "name": "f"}, "agent/b uses `f` in n.py, where agent/a removes it"),
        (
            {"kind": "fixture", "name": "f", "successor": "g", "change": "renamed"},
            "agent/b asks for the fixture `f`; agent/a renames it to `g`",
        ),
        ({"kind": "patch"}, "agent/b patches `m.f`; agent/a removes `f` from m.py"),
        ({"guard": "typing"}, "agent/b uses `m.f`; agent/a removes `f` from m.py (for type checkers only)"),
    ],
)
def test_what_it_says(more: dict[str, object], message: str) -> None:
    assert [one.message for one in missing_name.ask(broken(**more))] == [message]


def test_a_member_whose_class_was_renamed_is_named_in_full() -> None:
    [found] = missing_name.ask(broken(kind="member", changed_name="A.f", successor="B.f", change="renamed"))

    assert found.hint == "land agent/a, then rebase agent/b and change `A.f` to `B.f` in n.py line 3"


@pytest.mark.parametrize("more", [{"guard": "guarded"}, {"guard": "typing"}, {"sure": False}])
def test_what_may_never_happen_is_a_warning_and_asks_for_an_order(more: dict[str, object]) -> None:
    [found] = missing_name.ask(broken(**more))

    assert found.severity is Severity.WARNING
    assert found.constraints == (Before("agent/a", "agent/b"),)


@pytest.mark.parametrize("kind", ["module", "call"])
def test_other_kinds_are_not_its_own(kind: str) -> None:
    assert list(missing_name.ask(broken(kind=kind))) == []
