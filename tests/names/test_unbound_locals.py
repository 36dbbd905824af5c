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


def found(first: str, second: str, base: str = BASE, **more: object) -> list[BrokenUse]:
    return list(unbound_locals(pair(first, second, base).pair(**more)))  # type: ignore[arg-type]


def test_the_side_that_adds_the_line_is_the_consumer() -> None:
    [broken] = found(RENAMED, READS)
    assert broken == BrokenUse("undefined", "a", "b", "width", "width", Place("m.py", 8), Place("m.py"))
    [broken] = found(READS, RENAMED)
    assert (broken.producer, broken.consumer) == ("b", "a")


def test_a_parameter_and_a_chain() -> None:
    [broken] = found(BASE.replace("size", "area"), BASE.replace("# two", "size.go.x"))
    assert (broken.name, broken.changed_name) == ("size.go.x", "size")


def test_the_first_name_of_a_chain_may_be_called() -> None:
    made = pair("x = 1\n", "y = 1\n", "z = 1\n")
    made.source.blobs.facts_of |= {"x = 1\n": of_uses(), "y = 1\n": of_uses(Reference("known().x", (1,)))}
    called = (Reference("known().y", (1,)), Reference("size().x", (2,)))
    answers = {
        ("m.py", fact.chain): Answer(missing=Missing("m.py", fact.chain.partition("(")[0])) for fact in called
    }
    made.changes["b"] = replace(made.changes["b"], added_lines=lambda _: {2: "size()"})
    compared = replace(made.pair(), merged=state({"m.py": of_uses(*called)}, answers))
    [broken] = unbound_locals(replace(compared, second=made.side("b")))
    assert (broken.name, broken.changed_name, broken.use_place.line) == ("size().x", "size", 2)


def test_each_name_is_reported_once() -> None:
    reads = READS.replace("print(width)", "print(width, width)\n    print(width)")
    assert len(found(RENAMED, reads)) == 1


def test_a_guarded_use_is_told_as_such() -> None:
    reads = READS.replace("print(width)", "try:\n        print(width)\n    except NameError:\n        pass")
    [broken] = found(RENAMED, reads)
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
    assert found(first, second) == []


def test_a_name_that_a_side_reads_of_the_module_already_is_no_local() -> None:
    base = BASE.replace("import os", "print(width)")
    assert found(base.replace("    width", "    length").replace("return width", "return length"),
                 base.replace("# two", "print(width)"), base) == []  # fmt: skip


def test_nobody_can_tell_whose_use_it_is_where_both_add_a_line() -> None:
    renamed = RENAMED.replace("# one", "print('the old width')")
    assert found(renamed, READS) == []


def test_a_line_with_a_longer_name_or_a_member_does_not_count() -> None:
    renamed = RENAMED.replace("# one", "print(x.width, widths, my_width)\n    print(bandwidth)")
    [broken] = found(renamed, READS)
    assert broken.use_place.line == 8


def test_the_first_line_with_the_name_is_the_place() -> None:
    reads = READS.replace("print(width)", "# a line\n    print(width)\n    print(width)")
    [broken] = found(RENAMED, reads)
    assert broken.use_place.line == 9


def test_files_in_conflict_or_that_do_not_parse_are_not_judged() -> None:
    assert found(RENAMED, READS, unsettled=["m.py"]) == []
    assert found("def (:\n", READS) == []
    assert found(RENAMED, "def (:\n") == []


def test_files_of_one_side_are_not_judged() -> None:
    files: Files = {"m.py": BASE, "n.py": BASE}
    made = world(files, a={"m.py": RENAMED}, b={"n.py": READS})
    assert list(unbound_locals(made.pair())) == []
