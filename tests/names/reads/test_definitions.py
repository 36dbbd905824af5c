"""Definitions that one side changes and another uses, on literal facts: `w` writes m.py, `r` reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from names.literal import binding, changes, definition, of_uses, use_of, world

from gate.languages.base.changes import FileChanges
from gate.languages.base.symbols import Bound
from gate.languages.base.uses import Answer, Use
from gate.model.names import Place, Read
from gate.model.source import Call, Definition, FileFacts, Parameter, Reference, Signature, StringReference
from gate.names.meeting import ResolvedUse
from gate.names.meetings import Meetings
from gate.names.reads.definitions import definition_reads
from gate.names.reads.read import WEIGHT, RankedRead

if TYPE_CHECKING:
    from collections.abc import Mapping


OLD = definition("load", line=4, signature=Signature())
NEW = definition("load", line=9, signature=Signature((Parameter("x"),)))
DECORATED = definition("load", signature=Signature(), decorators=("x",))
BODY = FileChanges(body={"load": (OLD, NEW)})
TEST = definition("test_load", line=10, end_line=20)
LOAD = use_of(Reference("m.load", (12,)))


def ranked(
    file_changes: FileChanges = BODY,
    *,
    use: Use = LOAD,
    path: str = "tests/test_m.py",
    target: str = "m.py",
    defined: Definition = OLD,
    facts: FileFacts | None = None,
    reader: FileChanges | None = None,
    callers: Mapping[tuple[str, str], str] | None = None,
    kind: str = "new_uses",
    answer: Answer | None = None,
    merged: Mapping[str, str] | None = None,
    **more: Any,
) -> list[RankedRead]:
    """The reads of one use of `m.load` in a test."""
    scene = world({"m.py": "base"}, r={path: "reader"})
    scene.source.blobs.facts_of |= {"reader": facts or of_uses(TEST), **more.pop("versions", {})}
    writer = changes("w", {target: file_changes}, old_paths=more.pop("renames", {}))
    files = {path: reader} if reader is not None else {}
    side = changes("r", files, changed_blobs={path: "reader", **more.pop("blobs", {})}, **more)
    resolved = ResolvedUse(path, use, answer or Answer(fine=True, target=Bound(target, defined)), frozenset())
    uses: dict[str, Any] = {
        "new_uses": {},
        "test_uses": {},
        "indirect_uses": {},
        "callers": {"w": callers or {}},
    }
    meetings = Meetings(**(uses | {kind: {("w", "r"): [resolved]}}))
    merges = {("r", "w"): merged or {}}
    ranked_reads = list(definition_reads(scene.states, {"w": writer, "r": side}, meetings, merges))
    assert all(pair == ("w", "r") for pair, _ in ranked_reads)
    return [ranked_read for _, ranked_read in ranked_reads]


def test_a_test_of_a_changed_function() -> None:
    assert ranked() == [
        RankedRead(
            Read("load", Place("m.py", 9), Place("tests/test_m.py", 12), "body", "test_load", test=True),
            "m.py",
            (False, False, False, False, WEIGHT["body"], 0, 12),
        )
    ]


@pytest.mark.parametrize("kind", ["new_uses", "test_uses", "indirect_uses"])
def test_all_kinds_of_meetings_are_read(kind: str) -> None:
    assert len(ranked(kind=kind)) == 1


@pytest.mark.parametrize(
    ("file_changes", "aspect"),
    [
        (FileChanges(signature={"load": (OLD, NEW)}), "signature"),
        (
            FileChanges(
                signature={"load": (OLD, definition("load", signature=Signature(), decorators=("x",)))}
            ),
            "definition",
        ),
        (BODY, "body"),
        (FileChanges(removed={"load": OLD}), None),
        (FileChanges(added={"load": OLD}), None),
        (FileChanges(declared_type={"load": (OLD, NEW)}), None),
    ],
)
def test_what_the_writer_changes(file_changes: FileChanges, aspect: str | None) -> None:
    assert [ranked_read.read.aspect for ranked_read in ranked(file_changes)] == ([aspect] if aspect else [])


def test_a_variable_and_the_fields_of_a_class() -> None:
    limit = definition("LIMIT", "variable")
    [ranked_read] = ranked(FileChanges(body={"LIMIT": (limit, limit)}), defined=limit)
    assert ranked_read.read.aspect == "value"
    cls, field = definition("Item", "class"), definition("Item.size", "attribute", field="required")
    for file_changes in (
        FileChanges(added={"Item.size": field}),
        FileChanges(removed={"Item.size": field}),
        FileChanges(signature={"Item.size": (OLD, field)}),
    ):
        assert [ranked_read.read.aspect for ranked_read in ranked(file_changes, defined=cls)] == ["fields"]
    plain = definition("Item.size", "attribute")
    assert ranked(FileChanges(added={"Item.size": plain}), defined=cls) == []
    assert ranked(FileChanges(added={"Item.size": field}), defined=definition("Item")) == []
    assert ranked(FileChanges(added={"Item.size": field}), defined=definition("Other", "class")) == []


def test_a_file_that_the_writer_leaves_alone_is_not_read() -> None:
    assert ranked(defined=OLD, answer=Answer(fine=True, target=Bound("other.py", OLD))) == []
    assert ranked(answer=Answer(fine=True)) == []


@pytest.mark.parametrize(
    "use",
    [
        use_of(binding("m", "load")),
        use_of(definition("C", "class", bases=("load",))),
        Use("override", (), definition("C.load")),
        use_of(StringReference("m.load", "patch", 12)),
        use_of(Reference("m.load", (12,), guard="typing")),
        use_of(Reference("m.load", (12,), guard="annotation")),
    ],
)
def test_uses_that_run_nothing_are_no_reads(use: Use) -> None:
    assert ranked(use=use) == []


def test_calls_and_guarded_names_are_reads() -> None:
    assert len(ranked(use=use_of(Reference("m.load", (12,), call=Call()), "call"))) == 1
    assert len(ranked(use=use_of(Reference("m.load", (12,), guard="guarded")))) == 1


def test_code_that_is_no_test_reads_too() -> None:
    [ranked_read] = ranked(path="app.py", facts=of_uses(definition("run", line=10, end_line=20)))
    assert (ranked_read.read.test, ranked_read.read.inside, ranked_read.read.specific) == (
        False,
        "run",
        False,
    )
    assert ranked_read.rank == (True, False, False, True, WEIGHT["body"], 0, 12)
    [ranked_read] = ranked(FileChanges(signature={"load": (OLD, NEW)}), path="app.py")
    assert ranked_read.read.specific


def test_helpers_of_tests_are_read_by_tests_only() -> None:
    [ranked_read] = ranked(target="tests/test_base.py")
    assert ranked_read.rank[:2] == (False, True)
    assert not ranked_read.read.specific
    assert ranked(target="tests/test_base.py", path="app.py") == []


def test_a_use_outside_of_functions() -> None:
    [ranked_read] = ranked(facts=of_uses())
    assert (ranked_read.read.inside, ranked_read.rank[3]) == ("", True)


def test_a_deep_name_says_more() -> None:
    method = definition("Client.load", line=4)
    [ranked_read] = ranked(FileChanges(body={"Client.load": (method, method)}), defined=method)
    assert ranked_read.rank[5] == -1


def test_a_constructor_is_called_by_the_name_of_its_class() -> None:
    scene = definition("Client.__init__", line=4)
    [ranked_read] = ranked(FileChanges(body={"Client.__init__": (scene, scene)}), defined=scene)
    assert ranked_read.read.name == "Client"


def test_a_test_that_was_only_moved_expects_what_it_did() -> None:
    test = definition("test_load", line=10, end_line=20, digest="1")
    assert ranked(facts=of_uses(test), removed_functions={("test_load", "1")}) == []


def test_the_line_is_one_in_a_function_that_the_reader_adds_or_changes() -> None:
    other_test = definition("test_other", line=30, end_line=40)
    use = use_of(Reference("m.load", (12, 32, 33)))
    facts = of_uses(TEST, other_test)
    assert [ranked_read.read.use_place.line for ranked_read in ranked(use=use, facts=facts)] == [12]
    for changed in (
        FileChanges(added={"test_other": other_test}),
        FileChanges(signature={"test_other": (other_test, other_test)}),
        FileChanges(body={"test_other": (other_test, other_test)}),
    ):
        [ranked_read] = ranked(use=use, facts=facts, reader=changed)
        assert (ranked_read.read.use_place.line, ranked_read.read.inside) == (32, "test_other")


def test_the_place_of_a_definition_in_a_file_that_moves() -> None:
    [ranked_read] = ranked(renames={"new.py": "m.py"})
    assert ranked_read.read.definition_place == Place("new.py", 9)
    assert ranked_read.path == "m.py"


# Tools


def many(number: int) -> tuple[FileFacts, Use]:
    """A test file with functions of two lines that all use `m.load`."""
    functions = [definition(f"test_{at}", line=10 * at, end_line=10 * at + 1) for at in range(1, number + 1)]
    return of_uses(*functions), use_of(Reference("m.load", tuple(10 * at for at in range(1, number + 1))))


def test_what_much_of_a_file_uses_is_a_tool_of_it() -> None:
    for number, reads in ((4, 1), (5, 0)):
        facts, use = many(number)
        assert len(ranked(facts=facts, use=use, path="tests/test_other.py")) == reads
        assert len(ranked(facts=facts, use=use, path="tests/test_m.py")) == 1, "the file is about it"


# Callers


ALL = definition("load_all", line=30)
CALLERS = {("m.py", "load_all"): "load"}
ALL_TEST = definition("test_load_all", line=10, end_line=20)


def through(**more: Any) -> list[RankedRead]:
    arguments: dict[str, Any] = {
        "defined": ALL,
        "callers": CALLERS,
        "facts": of_uses(ALL_TEST),
        "kind": "indirect_uses",
    }
    return ranked(**(arguments | more))


def test_a_test_of_a_function_that_calls_the_changed_one() -> None:
    [ranked_read] = through()
    assert (
        ranked_read.read.name,
        ranked_read.read.through,
        ranked_read.read.aspect,
        ranked_read.read.specific,
    ) == (
        "load",
        "load_all",
        "body",
        False,
    )
    assert ranked_read.rank[2] is True
    assert ranked_read.read.definition_place == Place("m.py", 9)


def test_a_caller_that_the_writer_changes_itself_is_read_directly() -> None:
    changed = FileChanges(body={"load": (OLD, NEW), "load_all": (ALL, ALL)})
    [ranked_read] = through(file_changes=changed)
    assert (ranked_read.read.name, ranked_read.read.through) == ("load_all", "")


def test_only_tests_named_after_a_caller_or_its_file_are_about_it() -> None:
    other_test = of_uses(definition("test_x", line=10, end_line=20))
    assert through(facts=other_test, path="tests/test_other.py") == []
    assert len(through(facts=other_test)) == 1
    assert len(through(path="tests/test_other.py")) == 1


def test_a_caller_of_what_does_not_change_reads_nothing() -> None:
    assert through(callers={}) == []
    assert through(file_changes=FileChanges()) == []


# Changes that the reader has too


def version(**digests: str) -> FileFacts:
    return of_uses(*(definition(name.replace("__", "."), digest=digest) for name, digest in digests.items()))


def test_a_reader_that_has_the_change_already() -> None:
    for own_version, both, has in (
        (version(load="1"), version(load="1"), True),
        (version(load="1"), version(load="2"), False),
        (version(), version(load="1"), True),
        (version(load="1"), version(), True),
    ):
        assert reader_has(own_version, both) is has


def reader_has(
    own_version: FileFacts, both: FileFacts, changed: FileChanges = BODY, defined: Definition = OLD
) -> bool:
    """Whether a reader that changes m.py itself has the writer's change; `both` is the merged version."""
    scene = world({"m.py": "base"}, r={"tests/test_m.py": "reader"})
    scene.source.blobs.facts_of |= {"reader": of_uses(TEST), "own": own_version, "both": both}
    writer = changes("w", {"m.py": FileChanges(body={defined.path: (defined, defined)})})
    reader = changes("r", {"m.py": changed}, changed_blobs={"tests/test_m.py": "reader", "m.py": "own"})
    resolved = ResolvedUse(
        "tests/test_m.py", LOAD, Answer(fine=True, target=Bound("m.py", defined)), frozenset()
    )
    meetings = Meetings({("w", "r"): [resolved]}, {}, {}, {"w": {}})
    sides, merges = {"w": writer, "r": reader}, {("r", "w"): {"m.py": "both"}}
    return not list(definition_reads(scene.states, sides, meetings, merges))


def test_members_of_a_class_count_with_it() -> None:
    cls, method = definition("C", "class"), definition("C.f")
    changed = FileChanges(added={"C.f": method})
    same, other_test = version(C="1", C__f="1"), version(C="1", C__f="2")
    assert reader_has(same, same, changed, cls)
    assert not reader_has(same, other_test, changed, cls)
    assert not reader_has(
        version(C="1", D__f="1"), version(C="1", D__f="1"), FileChanges(added={"D.f": method}), cls
    )
    assert reader_has(version(C="1", D__f="1"), version(C="1", D__f="2"), changed, cls)


def test_a_reader_that_changes_another_definition_has_not_the_change() -> None:
    same = version(load="1")
    assert not reader_has(same, same, FileChanges(body={"save": (OLD, NEW)}))
    assert not reader_has(same, same, FileChanges(removed={"load": OLD}))
    assert reader_has(same, same, FileChanges(signature={"load": (OLD, NEW)}))
    assert reader_has(same, same, FileChanges(added={"load": NEW}))


def test_keys_of_literals_are_no_members() -> None:
    key = definition("load.a", "key", digest="1")
    own_version, both = of_uses(OLD, key), of_uses(OLD, definition("load.a", "key", digest="2"))
    assert reader_has(own_version, both)
