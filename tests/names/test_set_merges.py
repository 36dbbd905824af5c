"""Sets of streams, merged on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from names.literal import Files, LiteralSource, world

from gate.model.git import Clean, NotTried
from gate.model.names import NameFacts
from gate.names import set_merges as module
from gate.names.analysis import NameAnalysis
from gate.names.member_index import index_members
from gate.names.set_merges import SetMerges

if TYPE_CHECKING:
    import pytest

BASE: Files = {"m.py": "def load(): ...\n", "n.py": "x = 1\n"}
A: Files = {"m.py": "x = 1\n"}
B: Files = {"n.py": "import m\n\nm.load()\n"}
C: Files = {"o.py": "x = 1\n"}
LANDED = {name: Clean(name, name) for name in "abc"}


def merges() -> tuple[SetMerges, LiteralSource]:
    scene = world(BASE, {"c": {"o.py": "old.py"}}, a=A, b=B, c=C)
    analysis = NameAnalysis(scene.states, scene.changes, {}, index_members(scene.states, {}), NameFacts())
    return SetMerges(analysis, Clean("", ""), LANDED), scene.source


def test_a_set_is_merged_in_order_and_each_part_once() -> None:
    sets, source = merges()
    merged_set = sets.merged_set(["a", "b", "c"])
    assert merged_set is not None
    assert source.merges == ["+a", "+a+b", "+a+b+c"]
    assert sets.merged_set(("a", "b", "c")) is merged_set
    sets.merged_set(["a", "c"])
    assert source.merges == ["+a", "+a+b", "+a+b+c", "+a+c"]
    assert sets.why == ""


def test_a_set_as_a_state_and_as_one_side() -> None:
    sets, _ = merges()
    merged_set = sets.merged_set(["a", "c"])
    assert merged_set is not None
    assert merged_set.changes.name == "a and c"
    assert merged_set.changes.changed_blobs == {"m.py": "x = 1\n", "old.py": "", "o.py": "x = 1\n"}
    assert merged_set.changes.old_paths == {"o.py": "old.py"}
    assert [*merged_set.changes.file_changes["m.py"].removed] == ["load"]
    assert [definition.name for definition in merged_set.state.facts("m.py").definitions] == ["x"]


def test_a_file_that_a_later_stream_removes_is_not_renamed() -> None:
    sets, source = merges()
    source.commits["+c+a"] = {"o.py": ""}
    merged_set = sets.merged_set(["c", "a"])
    assert merged_set is not None
    assert merged_set.changes.old_paths == {}


def test_no_stream_at_all_is_the_base() -> None:
    sets, source = merges()
    merged_set = sets.merged_set([])
    assert merged_set is not None
    assert (dict(merged_set.changes.changed_blobs), source.merges) == ({}, [])


def test_streams_that_conflict_have_no_merge() -> None:
    sets, source = merges()
    source.conflicts["+a+b"] = ("m.py",)
    assert sets.merged_set(["a", "b"]) is None
    assert sets.merged_set(["a", "b", "c"]) is None
    assert source.merges == ["+a", "+a+b"]
    assert sets.why == ""


def test_a_merge_that_could_not_be_tried_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    sets, source = merges()
    monkeypatch.setattr(LiteralSource, "merge", lambda *_: NotTried("git died"))
    assert sets.merged_set(["a"]) is None
    assert sets.why == "git died"
    assert source.merges == []


def test_merges_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_MERGES", 2)
    sets, source = merges()
    assert sets.merged_set(["a", "b"]) is not None
    assert sets.why == ""
    assert sets.merged_set(["a", "c"]) is None
    assert sets.why == "it takes more than 2 merges"
    assert source.merges == ["+a", "+a+b"]


def test_the_whole_plan_is_not_merged_again() -> None:
    sets, source = merges()
    merged_set = sets.whole_plan(["a", "b", "c"], "a+b+c")
    assert source.merges == []
    assert merged_set.changes.name == "a, b and c"
    assert merged_set.changes.changed_blobs == {**A, **B, **C, "old.py": ""}
    assert merged_set.changes.old_paths == {"o.py": "old.py"}
    assert merged_set.changes.file_changes == {}
    assert [definition.name for definition in merged_set.state.facts("m.py").definitions] == ["x"]


def test_one_stream_is_merged_with_the_base() -> None:
    sets, source = merges()
    assert sets.merged_set(["a"]) is not None
    assert source.merges == ["+a"]
    assert module.MOST_MERGES == 400
