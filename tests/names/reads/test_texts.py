"""Texts that one side removes and tests of another expect."""

from __future__ import annotations

from typing import Any

import pytest
from names.literal import Files, World, changes, definition, of_uses, use_of, world

from gate.languages.base.changes import FileChanges
from gate.languages.base.uses import Answer
from gate.model.names import Place, Read
from gate.model.source import FileFacts, Reference
from gate.names.meeting import ResolvedUse
from gate.names.meetings import Meetings
from gate.names.reads.read import RankedRead
from gate.names.reads.texts import (
    ExpectedText,
    RemovedText,
    adds_text,
    expected_texts,
    is_sentence,
    meeting_texts,
    plain,
    removed_texts,
    text_reads,
)

NO_MEETINGS = Meetings({}, {}, {}, {})
MESSAGE = "there is no file of that name"
STORE = f'def load(path):\n    raise ValueError("{MESSAGE}")\n\n\nNAME = "the store"\n'
REWORDED = STORE.replace(MESSAGE, "nothing was found in the store")
TEST = f'import store\n\n\ndef test_load():\n    assert store.load(1) == "{MESSAGE}"\n'
BASE: Files = {"store.py": STORE, "tests/test_x.py": "x = 1\n"}


def texts(
    meetings: Meetings = NO_MEETINGS, base: Files = BASE, **sides: Files
) -> list[tuple[tuple[str, str], RankedRead]]:
    scene = world(base, **sides)
    return list(text_reads(scene.states, scene.changes, meetings))


def test_a_test_that_expects_a_message_which_another_side_rewords() -> None:
    assert texts(w={"store.py": REWORDED}, r={"tests/test_x.py": TEST}) == [
        (
            ("w", "r"),
            RankedRead(
                Read(
                    "load", Place("store.py"), Place("tests/test_x.py", 5), "text", "test_load",
                    test=True, text=MESSAGE,
                ),
                "store.py",
                (0, 0, 0, 0, 0, -len(MESSAGE), 5),
            ),
        )
    ]  # fmt: skip


def test_without_a_removed_text_or_a_test_there_is_nothing() -> None:
    assert texts(w={"store.py": STORE + "x = 1\n"}, r={"tests/test_x.py": TEST}) == []
    assert texts(w={"store.py": REWORDED}, r={"app.py": TEST}) == []
    assert texts(w={"store.py": REWORDED, "tests/test_x.py": TEST}) == []


def test_another_language_expects_nothing() -> None:
    assert texts(w={"store.py": REWORDED}, r={"tests/x.test.ts": f'const x = "{MESSAGE}";\n'}) == []


def test_a_short_text_must_be_of_the_file_the_test_is_about() -> None:
    base = {"store.py": STORE.replace(MESSAGE, "missing file"), "tests/test_x.py": "x = 1\n"}
    test = "def test_load():\n    assert f() == 'missing file'\n"
    reworded = {"store.py": REWORDED}
    assert texts(NO_MEETINGS, base, w=reworded, r={"tests/test_x.py": test}) == []
    assert len(texts(NO_MEETINGS, base, w=reworded, r={"tests/test_store.py": test})) == 1
    assert len(texts(NO_MEETINGS, base, w=reworded, r={"tests/test_x.py": f"import store\n{test}"})) == 1


@pytest.mark.parametrize("kind", ["new_uses", "test_uses"])
def test_a_test_that_uses_the_file_is_about_it(kind: str) -> None:
    base = {"store.py": STORE.replace(MESSAGE, "missing file"), "tests/test_x.py": "x = 1\n"}
    test = {"tests/test_x.py": "def test_load():\n    assert f() == 'missing file'\n"}

    def results(path: str, file: str) -> int:
        use = ResolvedUse(
            path, use_of(Reference("x", (1,))), Answer(fine=True), frozenset({("a.py", ""), (file, "x")})
        )
        arguments: dict[str, Any] = {"new_uses": {}, "test_uses": {}, "indirect_uses": {}, "callers": {}}
        meetings = Meetings(**(arguments | {kind: {("w", "r"): [use]}}))
        return len(texts(meetings, base, w={"store.py": REWORDED}, r=test))

    assert results("tests/test_x.py", "store.py") == 1
    assert results("tests/test_y.py", "store.py") == 0
    assert results("tests/test_x.py", "o.py") == 0


def test_a_test_that_was_only_moved_expects_what_it_did() -> None:
    base = {**BASE, "tests/test_old.py": TEST}
    assert (
        texts(
            NO_MEETINGS, base, w={"store.py": REWORDED}, r={"tests/test_old.py": "", "tests/test_x.py": TEST}
        )
        == []
    )


def test_a_reader_that_changes_the_text_itself_expects_its_own() -> None:
    own_text = STORE.replace('"the store"', '"a store"')
    assert len(texts(w={"store.py": REWORDED}, r={"tests/test_x.py": TEST, "store.py": own_text})) == 1
    changed = STORE.replace("(path)", "(path, x)")
    assert texts(w={"store.py": REWORDED}, r={"tests/test_x.py": TEST, "store.py": changed}) == []
    changed = STORE.replace("    raise", "    x = 1\n    raise")
    assert texts(w={"store.py": REWORDED}, r={"tests/test_x.py": TEST, "store.py": changed}) == []
    removed = "x = 1\n"
    assert texts(w={"store.py": REWORDED}, r={"tests/test_x.py": TEST, "store.py": removed}) == []


def test_a_text_outside_of_definitions_that_the_reader_has_no_more() -> None:
    base = {"store.py": f'print("{MESSAGE}")\n', "tests/test_x.py": "x = 1\n"}
    for own_text, number in ((base["store.py"] + "x = 1\n", 1), ("x = 1\n", 0)):
        results = texts(
            NO_MEETINGS, base, w={"store.py": "print(1)\n"}, r={"tests/test_x.py": TEST, "store.py": own_text}
        )
        assert len(results) == number


def test_a_reader_that_brings_the_text_elsewhere() -> None:
    brought = {"app.py": f'def run():\n    return "{MESSAGE}"\n'}
    assert texts(w={"store.py": REWORDED}, r={"tests/test_x.py": TEST, **brought}) == []
    assert len(texts(w={"store.py": REWORDED}, r={"tests/test_x.py": TEST, "app.py": "x = 1\n"})) == 1


def removed(old: str, new: str, **more: str) -> list[tuple[str, str]]:
    """The texts that a side removes from m.py, with the definitions they stand in."""
    scene = world({"m.py": old}, a={"m.py": new, **more})
    return [(results.name, results.text) for results in removed_texts(scene.states, scene.changes["a"])]


def test_texts_of_changed_and_of_removed_definitions() -> None:
    assert removed(
        "def f():\n    return 'number one and two'\n", "def f():\n    return 'number three'\n"
    ) == [("f", "number one and two")]
    assert removed("def f():\n    return 'number one and two'\n", "x = 1\n") == [("f", "number one and two")]
    assert removed("def f():\n    return 'number one and two'\n", "def f(x):\n    return 1\n") == [
        ("f", "number one and two")
    ]
    assert removed("print('number one and two')\n", "print(1)\n") == [("", "number one and two")]


def test_texts_that_are_kept_somewhere() -> None:
    old = "def f():\n    return 'number one and two'\n"
    assert removed(old, "def g():\n    return 'number one and two'\n") == []
    assert removed(old, "def g():\n    return 'number one  and two three'\n") == []
    assert removed(old, "def f():\n    return 1\n", **{"n.py": "x = 'number one and two'\n"}) == []
    assert removed(old, "def f():\n    return 1\n", **{"n.py": "x = 'number one and two three'\n"}) == [
        ("f", "number one and two")
    ]


def test_removed_files_and_tests_remove_no_texts() -> None:
    assert removed("def f():\n    return 'number one and two'\n", "") == []
    scene = world({"test_m.py": "def f():\n    return 'number one and two'\n"}, a={"test_m.py": "x = 1\n"})
    assert removed_texts(scene.states, scene.changes["a"]) == []


def test_a_text_is_of_the_innermost_definition() -> None:
    facts = FileFacts(
        "full",
        definitions=(
            definition("C", "class", line=1, end_line=9), definition("C.f", line=2, end_line=5),
            definition("K.a", "key", line=3, end_line=3), definition("g", line=20, end_line=30),
        ),
        strings=(("number one and two", 3), ("three four", 9), ("five six", 1), ("seven", 10), ("eight", 31)),
    )  # fmt: skip
    scene = world({"m.py": "old"}, a={"m.py": "new"})
    scene.source.blobs.facts_of |= {"old": facts, "new": of_uses()}
    altered = FileChanges(removed={name: definition(name) for name in ("C", "C.f", "g")})
    side = changes("a", {"m.py": altered}, changed_blobs={"m.py": "new"})
    assert [(results.name, results.text) for results in removed_texts(scene.states, side)] == [
        ("C.f", "number one and two"), ("C", "three four"), ("C", "five six"), ("", "seven"), ("", "eight"),
    ]  # fmt: skip
    unaltered = changes(
        "a", {"m.py": FileChanges(removed={"C": definition("C")})}, changed_blobs={"m.py": "new"}
    )
    assert "number one and two" not in [results.text for results in removed_texts(scene.states, unaltered)]


def expected(**files: str) -> list[ExpectedText]:
    base = {"test_m.py": "x = 'old text'\n"}
    scene = world(base, a={path.replace("_py", ".py"): text for path, text in files.items()})
    return expected_texts(scene.states, scene.changes["a"])


def test_texts_that_are_new_in_tests() -> None:
    assert expected(test_m_py="x = 'old text'\ny = 'new text'\n") == [
        ExpectedText("test_m.py", 2, "new text")
    ]
    assert expected(m_py="y = 'new text'\n") == []


def test_texts_of_a_test_that_moved_are_not_new() -> None:
    scene: World = world(
        {"test_m.py": "x = 'old text'\n"},
        {"a": {"test_n.py": "test_m.py"}},
        a={"test_n.py": "x = 'old text'\n"},
    )
    assert expected_texts(scene.states, scene.changes["a"]) == []


def test_texts_that_a_side_adds_outside_of_tests() -> None:
    scene = world(
        {}, a={"m.py": "x = 'number one  and two three'\n", "test_m.py": "x = 'four five'\n", "n.txt": "six"}
    )
    assert adds_text(scene.states, scene.changes["a"], "number one and two")
    assert not adds_text(scene.states, scene.changes["a"], "four five")
    assert not adds_text(scene.states, scene.changes["a"], "six")


def meet(removed: str, expected: str, reader: str = "r") -> bool:
    text, test = RemovedText("m.py", None, removed), ExpectedText("test_m.py", 1, expected)
    results = list(meeting_texts({"w": [text]}, {reader: [test]}))
    assert results in ([], [("w", reader, text, test)])
    return bool(results)


@pytest.mark.parametrize(
    ("removed", "expected", "meets"),
    [
        ("no such file", "no such file", True),
        ("no such file here", "no such file", True),
        ("no such file", "there is no such file", True),
        ("no such file", "no  such\\ file", True),
        ("no such file", "no file", False),
        ("no file", "no file", True),
        ("no file", "there is no file", False),
        ("one two three four", "one two three five", False),
        ("one two three", "two three four", False),
        ("", "", True),
    ],
)
def test_texts_meet_where_one_holds_the_other(removed: str, expected: str, meets: bool) -> None:
    assert meet(removed, expected) is meets


def test_a_side_does_not_meet_itself() -> None:
    assert not meet("no such file", "no such file", "w")


def test_all_texts_with_a_run_of_words_meet_and_each_once() -> None:
    first, second = RemovedText("m.py", None, "a b c d"), RemovedText("n.py", None, "x a b c")
    test = ExpectedText("test_m.py", 1, "x a b c d")
    results = list(meeting_texts({"v": [second], "w": [first]}, {"r": [test]}))
    assert {(writer, text.path) for writer, _, text, _ in results} == {("v", "n.py"), ("w", "m.py")}
    assert len(results) == 2


def test_texts_as_they_read() -> None:
    assert plain(" a\\.b \n c ") == "a.b c"
    assert [is_sentence(text) for text in ("a b c d e", "a b c d", "a b  c d")] == [True, False, False]


def test_a_text_is_not_kept_by_the_ends_of_two_others() -> None:
    new = "x = 'abcdefgh ijklmnop'\ny = 'qrstuvwx yz'\n"
    assert removed("print('ijklmnopqrstuvwx')\n", new) == [("", "ijklmnopqrstuvwx")]


def test_a_file_after_a_test_removes_texts_too() -> None:
    base = {"test_m.py": "x = 'number one and two'\n", "m.py": "print('number three')\n"}
    scene = world(base, a={"test_m.py": "x = 1\n", "m.py": "print(1)\n"})
    assert [text.text for text in removed_texts(scene.states, scene.changes["a"])] == ["number three"]
