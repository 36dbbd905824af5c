"""Merged data files, read as data."""

from __future__ import annotations

from names.literal import Files, World, definition, world

from gate.languages import registry
from gate.model.names import BrokenText
from gate.model.source import FileFacts
from gate.names.data_files import broken_data, oversized_data, shared_data

BASE: Files = {"x.json": '{"a": 1}\n', "m.py": "x = 1\n"}
FULL = FileFacts("full")
TOO_LARGE = FileFacts("none", registry.TOO_LARGE)


def merged_as(
    merged: FileFacts, first: FileFacts = FULL, second: FileFacts = FULL, unsettled: tuple[str, ...] = ()
) -> tuple[World, list[BrokenText], list[str]]:
    """What is said of a merged file with these facts, and which files are too large."""
    scene = world(BASE, a={"x.json": "first"}, b={"x.json": "second"})
    scene.source.commits["merge"] = {"x.json": "merged"}
    scene.source.blobs.facts_of |= {"first": first, "second": second, "merged": merged}
    files = scene.files("merge", unsettled)
    sides = (scene.changes["a"], scene.changes["b"])
    blobs = scene.source.blobs
    return scene, list(broken_data(blobs, *sides, files)), list(oversized_data(blobs, *sides, files))


def broken_texts(
    merged: FileFacts, first: FileFacts = FULL, second: FileFacts = FULL, unsettled: tuple[str, ...] = ()
) -> list[BrokenText]:
    return merged_as(merged, first, second, unsettled)[1]


def oversized(
    merged: FileFacts, first: FileFacts = FULL, second: FileFacts = FULL, unsettled: tuple[str, ...] = ()
) -> list[str]:
    return merged_as(merged, first, second, unsettled)[2]


def test_data_files_that_both_sides_change_each_in_its_own_way() -> None:
    scene = world(
        {**BASE, "g.json": "1\n", "s.json": "1\n", "b.json": "1\n", "a.json": "1\n"},
        a={
            "x.json": "[1]\n",
            "m.py": "x = 2\n",
            "s.json": "2\n",
            "g.json": "",
            "b.json": "2\n",
            "a.json": "2\n",
        },
        b={
            "x.json": "[2]\n",
            "m.py": "x = 3\n",
            "s.json": "2\n",
            "g.json": "2\n",
            "b.json": "",
            "a.json": "3\n",
        },
    )
    assert shared_data(scene.changes["a"], scene.changes["b"]) == ["a.json", "x.json"]


def test_a_merged_file_that_cannot_be_read() -> None:
    assert broken_texts(FileFacts("none", "it ends too early")) == [
        BrokenText("a", "b", "x.json", "it ends too early")
    ]


def test_a_merged_file_that_is_right_is_fine() -> None:
    assert broken_texts(FULL) == []


def repeating(*keys: tuple[str, int]) -> FileFacts:
    return FileFacts("full", repeated=keys)


def test_a_key_that_the_merge_repeats_and_its_line_on_each_side() -> None:
    first = FileFacts(
        "full", definitions=(definition("k", "key", line=2), definition("other", "key", line=9))
    )
    second = FileFacts("full", definitions=(definition("k", "key", line=5),))
    assert broken_texts(repeating(("k", 7)), first, second) == [
        BrokenText("a", "b", "x.json", "line 7 repeats the key", "k", (2, 5))
    ]


def test_a_key_that_a_side_has_often_or_not_at_all_has_no_line() -> None:
    twice = FileFacts("full", definitions=(definition("k", "key", line=2), definition("k", "key", line=3)))
    [text] = broken_texts(repeating(("k", 7)), twice)
    assert text.lines == (None, None)


def test_a_key_is_reported_at_the_first_line_that_repeats_it() -> None:
    assert {(text.key, text.why) for text in broken_texts(repeating(("k", 7), ("l", 8), ("k", 9)))} == {
        ("k", "line 7 repeats the key"), ("l", "line 8 repeats the key"),
    }  # fmt: skip


def test_what_a_side_repeats_itself_is_no_collision() -> None:
    assert broken_texts(repeating(("k", 7)), repeating(("k", 3))) == []
    assert broken_texts(repeating(("k", 7)), FULL, repeating(("k", 3))) == []
    assert len(broken_texts(repeating(("k", 7)), repeating(("l", 3)))) == 1


def test_a_side_that_cannot_be_read_is_not_compared() -> None:
    broken = FileFacts("none", "it ends too early")
    assert broken_texts(broken, broken) == []
    assert broken_texts(broken, FULL, broken) == []


def test_files_in_conflict_or_removed_are_not_read() -> None:
    broken = FileFacts("none", "it ends too early")
    assert broken_texts(broken, unsettled=("x.json",)) == []
    scene, _, _ = merged_as(broken)
    scene.source.commits["merge"] = {"x.json": ""}
    sides = (scene.changes["a"], scene.changes["b"])
    assert list(broken_data(scene.source.blobs, *sides, scene.files("merge"))) == []
    scene.source.commits["merge"] = {}
    assert list(broken_data(scene.source.blobs, *sides, scene.files("merge"))) == []


def test_a_file_that_is_too_large_is_said_to_be_so() -> None:
    broken = FileFacts("none", "it ends too early")
    assert (broken_texts(TOO_LARGE), oversized(TOO_LARGE)) == ([], ["x.json"])
    assert (broken_texts(broken, TOO_LARGE), oversized(broken, TOO_LARGE)) == ([], ["x.json"])
    assert oversized(broken, FULL, TOO_LARGE) == ["x.json"]
    assert oversized(FULL, TOO_LARGE) == [], "nothing is wrong with the merge, so no side is read"
    assert oversized(broken) == []
    assert oversized(TOO_LARGE, unsettled=("x.json",)) == []
