"""G190."""

from __future__ import annotations

from gate.checks.leftover_file import leftover_file
from support.facts import ask, change, facts, stream

from gate.model.git import ChangeKind


def test_a_file_that_a_merge_left_over() -> None:
    added = change("app/store.py.orig", kind=ChangeKind.ADDED)
    [finding] = ask(leftover_file, facts(stream("agent/a", added)))
    assert finding.message == "agent/a adds app/store.py.orig, which a merge or a patch left over"


def test_one_that_was_there_is_not_the_streams() -> None:
    assert ask(leftover_file, facts(stream("agent/a", change("app/store.py.orig")))) == []
