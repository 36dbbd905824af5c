"""Locals that one side renames while the other adds a line that reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from names.literal import Files, World, of_uses, state, world

from gate.languages.base.symbols import Missing
from gate.languages.base.uses import Answer
from gate.model.names import BrokenUse, Place
from gate.model.source import Reference
from gate.names.unbound_locals import unbound_locals

BASE = """import os


def f(size):
    width = 1
    # one
    # two
    # three
    return width
"""
RENAMED = BASE.replace("width", "length")
READS = BASE.replace("    # two\n", "    # two\n    print(width)\n")


def pair(first: str, second: str, base: str = BASE, path: str = "m.py") -> World:
    return world({path: base}, a={path: first}, b={path: second})


def broken_of(first: str, second: str, base: str = BASE, **more: object) -> list[BrokenUse]:
    return list(unbound_locals(pair(first, second, base).pair(**more)))  # type: ignore[arg-type]


def test_the_side_that_adds_the_line_is_the_consumer() -> None:
    [broken] = broken_of(RENAMED, READS)
    assert broken == BrokenUse("undefined", "a", "b", "width", "width", Place("m.py", 8), Place("m.py"))
    [broken] = broken_of(READS, RENAMED)
    assert (broken.producer, broken.consumer) == ("b", "a")


def test_a_parameter_and_a_chain() -> None:
    [broken] = broken_of(BASE.replace("size", "area"), BASE.replace("# two", "size.go.x"))
    assert (broken.name, broken.changed_name) == ("size.go.x", "size")


def test_the_first_name_of_a_chain_may_be_called() -> None:
    scene = pair("x = 1\n", "y = 1\n", "z = 1\n")
    scene.source.blobs.facts_of |= {"x = 1\n": of_uses(), "y = 1\n": of_uses(Reference("known().x", (1,)))}
    called = (Reference("known().y", (1,)), Reference("size().x", (2,)))
    answers = {
        ("m.py", fact.chain): Answer(missing=Missing("m.py", fact.chain.partition("(")[0])) for fact in called
    }
    scene.changes["b"] = replace(scene.changes["b"], added_lines=lambda _: {2: "size()"})
    compared = replace(scene.pair(), merged=state({"m.py": of_uses(*called)}, answers))
    [broken] = unbound_locals(replace(compared, second=scene.side("b")))
    assert (broken.name, broken.changed_name, broken.use_place.line) == ("size().x", "size", 2)


def test_each_name_is_reported_once() -> None:
    reads = READS.replace("print(width)", "print(width, width)\n    print(width)")
    assert len(broken_of(RENAMED, reads)) == 1


def test_a_guarded_use_is_told_as_such() -> None:
    reads = READS.replace("print(width)", "try:\n        print(width)\n    except NameError:\n        pass")
    [broken] = broken_of(RENAMED, reads)
    assert broken.guard == "guarded"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (RENAMED, BASE.replace("# two", "print(size)")),
        (BASE.replace("# one", "x = 1"), READS),
        (RENAMED, READS.replace("print(width)", "print(os.width)")),
        (RENAMED, READS.replace("print(width)", "width = 2")),
    ],
)
def test_names_that_are_bound_are_fine(first: str, second: str) -> None:
    assert broken_of(first, second) == []


def test_a_name_that_a_side_reads_of_the_module_already_is_no_local() -> None:
    base = BASE.replace("import os", "print(width)")
    assert broken_of(base.replace("    width", "    length").replace("return width", "return length"),
                 base.replace("# two", "print(width)"), base) == []  # fmt: skip


def test_nobody_can_tell_whose_use_it_is_where_both_add_a_line() -> None:
    renamed = RENAMED.replace("# one", "print('the old width')")
    assert broken_of(renamed, READS) == []


def test_a_line_with_a_longer_name_or_a_member_does_not_count() -> None:
    renamed = RENAMED.replace("# one", "print(x.width, widths, my_width)\n    print(bandwidth)")
    [broken] = broken_of(renamed, READS)
    assert broken.use_place.line == 8


def test_the_first_line_with_the_name_is_the_place() -> None:
    reads = READS.replace("print(width)", "# a line\n    print(width)\n    print(width)")
    [broken] = broken_of(RENAMED, reads)
    assert broken.use_place.line == 9


def test_files_in_conflict_or_that_do_not_parse_are_not_judged() -> None:
    assert broken_of(RENAMED, READS, unsettled=["m.py"]) == []
    assert broken_of("def (:\n", READS) == []
    assert broken_of(RENAMED, "def (:\n") == []


def test_files_of_one_side_are_not_judged() -> None:
    files: Files = {"m.py": BASE, "n.py": BASE}
    scene = world(files, a={"m.py": RENAMED}, b={"n.py": READS})
    assert list(unbound_locals(scene.pair())) == []


def of_merged(fact: Reference, answer: Answer, *lines: str) -> list[BrokenUse]:
    """What is said of a name in the merged file that neither side's version reads; `lines` are those b adds."""
    scene = pair("x = 1\n", "y = 1\n", "z = 1\n")
    scene.source.blobs.facts_of |= {"x = 1\n": of_uses(), "y = 1\n": of_uses()}
    scene.changes["b"] = replace(scene.changes["b"], added_lines=lambda _: dict(enumerate(lines, 1)))
    merged = state({"m.py": of_uses(fact)}, {("m.py", fact.chain): answer})
    return list(unbound_locals(replace(scene.pair(), second=scene.side("b"), merged=merged)))


SIZE = Reference("size", (2,))
UNBOUND = Answer(missing=Missing("m.py", "size"))


def test_a_name_must_be_missing_from_the_very_file() -> None:
    assert len(of_merged(SIZE, UNBOUND, "size")) == 1
    assert of_merged(SIZE, Answer(fine=True), "size") == []
    assert of_merged(SIZE, Answer(missing=Missing("o.py", "size")), "size") == []
    assert of_merged(SIZE, Answer(missing=Missing("m.py", "other")), "size") == []
    assert of_merged(Reference("size", (2,), via="self", owner="C"), UNBOUND, "size") == []


def test_a_name_that_no_side_adds_a_line_with_is_nobodys_use() -> None:
    assert of_merged(SIZE, UNBOUND) == []
    assert of_merged(SIZE, UNBOUND, "x = 1") == []
