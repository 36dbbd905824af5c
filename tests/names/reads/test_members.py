"""Members of unknown values whose names say whose they are: `w` changes a method of m.py, `r` reads the name."""

from __future__ import annotations

from typing import Any

import pytest
from names.literal import changes, definition, of_uses, world

from gate.languages.base.changes import FileChanges
from gate.model.names import Place, Read
from gate.model.source import FileFacts, Reference
from gate.names.reads.members import member_reads
from gate.names.reads.read import WEIGHT, RankedRead

OLD, NEW = definition("Shop.compute_total", line=3), definition("Shop.compute_total", line=8)
SIGNATURE = FileChanges(signature={"Shop.compute_total": (OLD, NEW)})
BODY = FileChanges(body={"Shop.compute_total": (OLD, NEW)})
READ = Reference("shop.compute_total", (12,), via="value")
TEST = definition("test_total", line=10, end_line=20)


def reads(
    file_changes: FileChanges = SIGNATURE,
    *references: Reference,
    path: str = "app.py",
    old: FileFacts | None = None,
    reader: dict[str, FileChanges] | None = None,
    written: str = "m.py",
    renames: dict[str, str] | None = None,
    **more: Any,
) -> list[RankedRead]:
    scene = world({path: "old"} if old else {}, w={}, r={path: "new"})
    scene.source.blobs.facts_of |= {"old": old or of_uses(), "new": of_uses(TEST, *(references or (READ,)))}
    writer = changes("w", {written: file_changes}, old_paths=renames or {})
    side = changes("r", reader or {}, changed_blobs={path: "new"}, new_uses={path: ()}, **more)
    ranked_reads = list(member_reads(scene.states, {"w": writer, "r": side}))
    assert all(pair == ("w", "r") for pair, _ in ranked_reads)
    return [ranked_read for _, ranked_read in ranked_reads]


def test_a_method_that_is_called_differently() -> None:
    assert reads() == [
        RankedRead(
            Read(
                "Shop.compute_total", Place("m.py", 8), Place("app.py", 12), "signature", "test_total",
                test=False, specific=False,
            ),
            "m.py",
            (True, False, True, True, WEIGHT["signature"], -1, 12),
        )
    ]  # fmt: skip


def test_a_changed_body_is_read_by_tests_of_its_file_only() -> None:
    assert reads(BODY) == []
    assert reads(BODY, path="tests/test_x.py") == []
    [ranked_read] = reads(BODY, path="tests/test_m.py")
    assert (ranked_read.read.aspect, ranked_read.read.test, ranked_read.rank[0]) == ("body", True, False)
    assert reads(BODY, path="tests/test_m.py", written="tests/m.py") == []


def test_a_test_reads_another_signature_of_any_file() -> None:
    [ranked_read] = reads(path="tests/test_x.py")
    assert ranked_read.read.test


@pytest.mark.parametrize(
    ("name", "telling"),
    [
        ("compute_all1", True),
        ("compute_all", False),
        ("computealltotals", False),
        ("_computetotal", False),
        ("test_compute_total", False),
    ],
)
def test_names_that_say_whose_they_are(name: str, telling: bool) -> None:
    method = definition(f"Shop.{name}")
    ranked_reads = reads(
        FileChanges(signature={"x": (method, method)}), Reference(f"shop.{name}", (12,), via="value")
    )
    assert (len(ranked_reads) == 1) is telling


def test_only_methods_are_read() -> None:
    function, variable = definition("compute_total"), definition("Shop.compute_total", "variable")
    assert reads(FileChanges(signature={"compute_total": (function, function)})) == []
    assert reads(FileChanges(signature={"x": (OLD, variable)})) == []
    assert reads(FileChanges(added={"x": NEW}, removed={"y": OLD})) == []


@pytest.mark.parametrize(
    ("reference", "number"),
    [
        (Reference("x.compute_total", (12,)), 1),
        (Reference("x().compute_total().y", (12,)), 1),
        (Reference("compute_total", (12,)), 0),
        (Reference("compute_total", (12,), via="value"), 1),
        (Reference("x.compute_total", (12,), guard="typing"), 0),
        (Reference("x.compute_total", (12,), guard="annotation"), 0),
        (Reference("x.compute_total", (12,), guard="guarded"), 1),
        (Reference("x.compute_totals", (12,)), 0),
    ],
)
def test_names_that_a_chain_reads(reference: Reference, number: int) -> None:
    assert len(reads(SIGNATURE, reference)) == number


def test_the_last_line_of_a_reference_is_its_place() -> None:
    [ranked_read] = reads(SIGNATURE, Reference("x.compute_total", (1, 30)))
    assert (ranked_read.read.use_place.line, ranked_read.read.inside, ranked_read.rank[-1]) == (30, "", 30)


def test_chains_that_the_old_version_has_are_not_new() -> None:
    assert reads(old=of_uses(READ)) == []
    assert len(reads(old=of_uses(Reference("other.compute_total", (12,), via="value")))) == 1


def test_chains_in_functions_that_the_reader_adds_are_new() -> None:
    added = {"app.py": FileChanges(added={"test_total": TEST})}
    assert len(reads(old=of_uses(READ), reader=added)) == 1
    changed = {"app.py": FileChanges(body={"test_total": (TEST, TEST)})}
    assert reads(old=of_uses(READ), reader=changed) == []


def test_functions_that_the_reader_only_moved_read_nothing_new() -> None:
    assert reads(removed_functions={("test_total", "")}) == []


def test_the_old_version_of_a_file_that_moved() -> None:
    scene = world({"old.py": "old"}, w={}, r={"app.py": "new"})
    scene.source.blobs.facts_of |= {"old": of_uses(READ), "new": of_uses(READ)}
    writer = changes("w", {"m.py": SIGNATURE})
    side = changes(
        "r", changed_blobs={"app.py": "new"}, new_uses={"app.py": ()}, old_paths={"app.py": "old.py"}
    )
    assert list(member_reads(scene.states, {"w": writer, "r": side})) == []


def test_a_reader_that_changes_the_method_itself() -> None:
    for own_changes in (SIGNATURE, BODY):
        assert reads(reader={"m.py": own_changes}) == []
    assert len(reads(reader={"m.py": FileChanges(added={"Shop.compute_total": NEW})})) == 1
    assert len(reads(reader={"o.py": BODY})) == 1


def test_a_side_does_not_read_what_it_writes() -> None:
    scene = world({}, w={"app.py": "new"})
    scene.source.blobs.facts_of["new"] = of_uses(READ)
    both = changes("w", {"m.py": SIGNATURE}, changed_blobs={"app.py": "new"}, new_uses={"app.py": ()})
    assert list(member_reads(scene.states, {"w": both})) == []
    second_writer = changes("x", {"n.py": SIGNATURE})
    assert [pair for pair, _ in member_reads(scene.states, {"w": both, "x": second_writer})] == [("x", "w")]


def test_several_names_of_a_chain_and_several_methods_of_a_name() -> None:
    second = definition("Shop.assemble_parts")
    file_changes = FileChanges(signature={"a": (OLD, NEW), "b": (second, second)}, body={"c": (OLD, NEW)})
    ranked_reads = reads(
        file_changes, Reference("x.compute_total.assemble_parts", (12,)), path="tests/test_m.py"
    )
    assert [(ranked_read.read.name, ranked_read.read.aspect) for ranked_read in ranked_reads] == [
        ("Shop.assemble_parts", "signature"), ("Shop.compute_total", "signature"), ("Shop.compute_total", "body"),
    ]  # fmt: skip


def test_the_place_of_a_method_in_a_file_that_moves() -> None:
    [ranked_read] = reads(renames={"new.py": "m.py"})
    assert (ranked_read.read.definition_place, ranked_read.path) == (Place("new.py", 8), "m.py")
