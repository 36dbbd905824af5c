"""Whether names have to be compared at all, and which changed files nobody reads."""

from __future__ import annotations

import pytest

from gate.languages import registry
from gate.model.facts import NotChecked
from gate.names.scope import can_meet, unread_languages


@pytest.mark.parametrize(
    ("paths", "meet"),
    [
        ([{"m.py"}, {"a.txt"}], True),
        ([{"a.txt"}, {"a.txt"}], False),
        ([{"a.json"}, {"b.json"}], False),
        ([{"a.json"}, {"a.json"}], True),
        ([["a.json", "a.json"], []], False),
        ([], False),
    ],
)
def test_sides_can_meet_in_a_source_file_or_in_one_data_file(paths: list[set[str]], meet: bool) -> None:
    assert can_meet(paths) is meet


def test_languages_that_nobody_reads() -> None:
    assert unread_languages(["a.rb", "b.rb", "b.rb", "c.php", "m.py", "a.txt"]) == (
        NotChecked("names in 1 changed file", "PHP is not read for names"),
        NotChecked("names in 2 changed files", "Ruby is not read for names"),
    )
    assert unread_languages([]) == ()


def test_a_language_whose_extra_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_is_installed", lambda package: not package)
    [note] = unread_languages(["m.go"])
    assert (note.why, note.hint) == ("Go is not read for names", "install `git-gate[langs]`")
