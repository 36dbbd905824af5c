"""G210."""

from __future__ import annotations

from checks.names import broken

from gate.checks.missing_module import missing_module
from gate.model.finding import Severity
from gate.model.names import Place


def test_a_removed_module() -> None:
    [found] = missing_module.ask(broken(kind="module", name="p.m", changed_name="p.m"))

    assert found.severity is Severity.ERROR
    assert found.message == "agent/b imports `p.m`, which agent/a removes"


def test_a_renamed_module_comes_with_its_new_name() -> None:
    [found] = missing_module.ask(
        broken(kind="module", name="p.m", changed_name="p.m", successor="p.n", change="renamed")
    )

    assert found.message == "agent/b imports `p.m`, which agent/a moves to `p.n`"
    assert found.hint == "land agent/a, then rebase agent/b and import from `p.n` in n.py line 3"


def test_a_module_that_a_new_one_hides() -> None:
    given = broken(
        kind="module",
        name="json.dumps",
        changed_name="json",
        change="shadowed",
        change_place=Place("json.py"),
        sure=False,
    )
    [found] = missing_module.ask(given)

    assert found.severity is Severity.WARNING
    assert found.message == "agent/b uses `json.dumps`; agent/a adds json.py, which comes first and lacks it"
    assert found.hint == "rename json.py in agent/a, or add to it what `json.dumps` needs"


def test_a_missing_name_is_not_its_own() -> None:
    assert list(missing_module.ask(broken())) == []
