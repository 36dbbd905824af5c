"""G223."""

from __future__ import annotations

import pytest
from checks.names import facts

from gate.checks.broken_merge_result import broken_merge_result
from gate.model.finding import Apart, Location, Serial, Severity
from gate.model.names import BrokenText, NameFacts


def test_a_merged_file_that_does_not_parse() -> None:
    text = BrokenText("agent/a", "agent/b", "m.py", "it does not parse")

    [found] = broken_merge_result.ask(facts(NameFacts(broken_texts=(text,))))

    assert found.severity is Severity.ERROR
    assert found.message == "m.py merges cleanly from agent/a and agent/b, but then it does not parse"
    assert found.constraints == (Apart(("agent/a", "agent/b")),)


def test_nothing_broken_nothing_said() -> None:
    assert list(broken_merge_result.ask(facts(NameFacts()))) == []


@pytest.mark.parametrize(
    ("path", "severity", "end"),
    [
        ("package.json", Severity.WARNING, "the last one wins"),
        (".github/dependabot.yml", Severity.WARNING, "the last one wins"),
        (".github/workflows/ci.yaml", Severity.ERROR, "its readers refuse that"),
        ("deploy/docker-compose.prod.yml", Severity.ERROR, "its readers refuse that"),
    ],
)
def test_a_key_that_comes_twice(path: str, severity: Severity, end: str) -> None:
    text = BrokenText("agent/a", "agent/b", path, "line 9 repeats the key", "a.b", (3, None))

    [found] = broken_merge_result.ask(facts(NameFacts(broken_texts=(text,))))

    assert (found.kind, found.severity) == ("key", severity)
    assert found.message == (
        f"{path} merges cleanly from agent/a and agent/b, but then line 9 repeats the key `a.b`; {end}"
    )
    assert found.locations == (Location("agent/a", path, 3), Location("agent/b", path, None))
    pair = ("agent/a", "agent/b")
    assert found.constraints == ((Apart(pair) if severity is Severity.ERROR else Serial(pair)),)
