"""Uses and tests of all sides that depend on one another's changes, and the callers of changed functions."""

from __future__ import annotations

from names.literal import Files, changes, definition, of_uses, world

from gate.languages.base.changes import FileChanges
from gate.model.source import Call, Reference
from gate.names.callers import find_callers
from gate.names.meetings import Meetings, find_meetings

STORE = "def load():\n    return 1\n\n\ndef save():\n    return 2\n\n\ndef all():\n    return load()\n"
BASE: Files = {
    "store.py": STORE,
    "use.py": "x = 1\n",
    "test_use.py": "import store\n\n\ndef test_use():\n    assert store.load()\n",
}
CHANGED: Files = {"store.py": STORE.replace("return 1", "return 3")}


def meetings_of(**sides: Files) -> Meetings:
    scene = world(BASE, **sides)
    return find_meetings(scene.states, scene.changes)


def texts(uses: object) -> dict[tuple[str, str], list[str]]:
    assert isinstance(uses, dict)
    return {pair: [use.use.text for use in pair_uses] for pair, pair_uses in uses.items()}


def test_new_uses_of_what_another_side_changes() -> None:
    meetings = meetings_of(a=CHANGED, b={"use.py": "import store\n\nstore.load()\nstore.save()\n"})
    assert texts(meetings.new_uses) == {("a", "b"): ["store.load", "store.load"]}
    assert (meetings.test_uses, meetings.indirect_uses) == ({}, {})


def test_uses_that_changed_tests_had_before() -> None:
    test = BASE["test_use.py"].replace("assert store.load()", "assert store.load() == 1")
    meetings = meetings_of(a=CHANGED, b={"test_use.py": test})
    assert texts(meetings.test_uses) == {("a", "b"): ["store.load", "store.load"]}
    assert meetings.new_uses == {}


def test_tests_of_functions_that_call_a_changed_one() -> None:
    meetings = meetings_of(
        a=CHANGED, b={"test_use.py": "import store\n\n\ndef test_all():\n    assert store.all()\n"}
    )
    assert texts(meetings.indirect_uses) == {("a", "b"): ["store.all", "store.all"]}
    assert meetings.callers == {"a": {("store.py", "all"): "load"}, "b": {}}


def test_words_that_only_the_own_side_changes_do_not_count() -> None:
    both = {**CHANGED, "use.py": "import store\n\nstore.load()\n"}
    assert meetings_of(a=both).new_uses == {}
    assert meetings_of(a=both, b={"x.py": "y = 1\n"}).new_uses == {}
    assert texts(meetings_of(a=both, b=CHANGED).new_uses) == {("b", "a"): ["store.load", "store.load"]}


def test_without_changed_functions_no_test_is_asked_what_it_calls() -> None:
    meetings = meetings_of(
        a={"x.py": "y = 1\n"},
        b={"test_use.py": "import store\n\n\ndef test_all():\n    assert store.all()\n"},
    )
    assert meetings.indirect_uses == {}


def calling(source: str, *, body: bool = True) -> dict[tuple[str, str], str]:
    """The callers of `load` in a file that a side changes; `body`: only its body changes."""
    load = definition("load")
    changed = (
        FileChanges(body={"load": (load, load)}) if body else FileChanges(signature={"load": (load, load)})
    )
    scene = world({"m.py": "\n"}, a={"m.py": source})
    return find_callers(scene.states, changes("a", {"m.py": changed}, changed_blobs={"m.py": source}))


def test_functions_that_call_a_changed_one_by_its_bare_name() -> None:
    source = "def load(): ...\n\n\ndef one():\n    return load()\n\n\ndef two():\n    return load\n"
    assert calling(source) == {("m.py", "one"): "load"}
    assert calling(source, body=False) == {("m.py", "one"): "load"}
    assert calling("def load(): ...\n\n\ndef one(x):\n    return x.load()\n") == {}
    assert calling("import x\n\n\ndef load(): ...\n\n\ndef one():\n    return x.load()\n") == {}


def test_methods_that_call_a_changed_one_of_their_class() -> None:
    source = "class C:\n    def load(self): ...\n\n    def one(self):\n        return self.load()\n"
    load = definition("C.load")
    scene = world({"m.py": "\n"}, a={"m.py": source})
    side = changes("a", {"m.py": FileChanges(body={"C.load": (load, load)})}, changed_blobs={"m.py": source})
    assert find_callers(scene.states, side) == {("m.py", "C.one"): "C.load"}


def test_a_function_that_many_call_has_no_callers() -> None:
    def source(number: int) -> str:
        return "def load(): ...\n" + "".join(f"\n\ndef f{at}():\n    return load()\n" for at in range(number))

    assert len(calling(source(3))) == 3
    assert calling(source(4)) == {}


def test_callers_that_are_new_or_changed_themselves_are_left_out() -> None:
    load, first = definition("load"), definition("one", line=2, end_line=3)
    facts = of_uses(
        load, first, definition("two", line=4, end_line=5), Reference("load", (3, 5), call=Call())
    )
    scene = world({"m.py": "\n"}, a={"m.py": "text"})
    scene.source.blobs.facts_of["text"] = facts
    for file_changes, callers in (
        (FileChanges(body={"load": (load, load)}), {"one", "two"}),
        (FileChanges(body={"load": (load, load)}, added={"one": first}), {"two"}),
        (FileChanges(body={"load": (load, load), "one": (first, first)}), {"two"}),
    ):
        side = changes("a", {"m.py": file_changes}, changed_blobs={"m.py": "text"})
        assert find_callers(scene.states, side) == {("m.py", caller): "load" for caller in callers}


def test_tests_and_removed_files_have_no_callers() -> None:
    load = definition("load")
    file_changes = FileChanges(body={"load": (load, load)})
    source = "def load(): ...\n\n\ndef one():\n    return load()\n"
    scene = world({"m.py": "\n"}, a={"m.py": source})
    for path, blob in (("test_m.py", source), ("m.py", "")):
        assert (
            find_callers(scene.states, changes("a", {path: file_changes}, changed_blobs={path: blob})) == {}
        )
    unchanged = changes("a", {"m.py": FileChanges()}, changed_blobs={"m.py": source})
    assert find_callers(scene.states, unchanged) == {}
    both = changes("a", {"test_m.py": file_changes, "m.py": file_changes}, changed_blobs={"m.py": source})
    assert find_callers(scene.states, both) == {("m.py", "one"): "load"}
