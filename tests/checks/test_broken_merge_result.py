"""G223."""

from __future__ import annotations

from checks.names import facts

from gate.checks.broken_merge_result import broken_merge_result
from gate.model.finding import Apart, Severity
from gate.model.names import BrokenText, NameFacts


def test_a_merged_file_that_does_not_parse() -> None:
    text = BrokenText("agent/a", "agent/b", "m.py", "it does not parse")

    [found] = broken_merge_result.ask(facts(NameFacts(texts=(text,))))

    assert found.severity is Severity.ERROR
    assert found.message == "m.py merges cleanly from agent/a and agent/b, but then it does not parse"
    assert found.constraints == (Apart(("agent/a", "agent/b")),)


def test_nothing_broken_nothing_said() -> None:
    assert list(broken_merge_result.ask(facts(NameFacts()))) == []
