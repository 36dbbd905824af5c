"""What the merge of a Python file binds twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from languages.python.linker.states import defined, imported, module

from gate.languages.base.merged_file import MergedFile
from gate.languages.python.duplicates import find_duplicates
from gate.model.source import Definition

if TYPE_CHECKING:
    from gate.model.names import DuplicateDefinition
    from gate.model.source import Import

    Part = Definition | Import


C = defined("C", "class", digest="1")


def duplicates(
    first: Part, second: Part, *around: Part, path: str = "m.py", merged: tuple[Part, ...] = ()
) -> list[DuplicateDefinition]:
    """What the merge of a file has twice to which each side adds a definition; `merged` for any other merge."""
    file = MergedFile(
        "agent/a",
        "agent/b",
        path,
        module(*(merged or (*around, first, second))),
        (module(*around, first), module(*around, second)),
    )
    return list(find_duplicates(file))


def kinds(first: Part, second: Part, *around: Part, path: str = "m.py") -> list[str]:
    return [duplicate.kind for duplicate in duplicates(first, second, *around, path=path)]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (defined("f", "function", digest="1"), defined("f", "function", digest="2"), "function"),
        (defined("f", "function"), defined("f", "class"), "class"),
        (defined("f", "function"), defined("f", "function", fixture="f"), "fixture"),
        (defined("X", "variable", digest="1"), defined("X", "variable", digest="2"), "constant"),
        (defined("C.x", "variable", digest="1"), defined("C.x", "variable", digest="2"), "field"),
        (defined("C.f", "function", digest="1"), defined("C.f", "function", digest="2"), "function"),
    ],
)
def test_what_is_bound_twice(first: Definition, second: Definition, kind: str) -> None:
    assert kinds(first, second) == [kind]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (defined("x", "variable", digest="1"), defined("x", "variable", digest="2")),
        (defined("X", "variable", digest="1"), defined("X", "variable", digest="1")),
        (defined("C.x", "variable", digest="1"), defined("C.x", "variable", digest="1")),
        (defined("_", "function", digest="1"), defined("_", "function", digest="2")),
        (defined("f", "function", conditional=True), defined("f", "function")),
        (defined("f", "function"), defined("g", "function")),
        (defined("f", "function"), defined("C.f", "function")),
        (defined("f", "function", decorators=("overload",)), defined("f", "function")),
        (defined("f", "function"), defined("f", "function", decorators=("f.setter",))),
    ],
)
def test_what_may_be_bound_again(first: Definition, second: Definition) -> None:
    assert kinds(first, second) == []


def test_tests_are_told_by_their_files() -> None:
    first, second = defined("test_x", "function", digest="1"), defined("test_x", "function", digest="2")

    helpers = defined("make", "function", digest="1"), defined("make", "function", digest="2")

    assert kinds(first, second, path="tests/test_m.py") == ["test"]
    assert kinds(first, second) == ["function"]
    assert kinds(*helpers, path="tests/test_m.py") == ["function"]


def test_what_one_side_has_twice_already_is_not_the_merge_s() -> None:
    twice = (defined("f", "function", digest="1"), defined("f", "function", digest="2"))
    file = MergedFile("a", "b", "m.py", module(*twice), (module(*twice), module(twice[0])))

    assert list(find_duplicates(file)) == []


def test_what_only_one_side_binds_is_not_the_merge_s() -> None:
    first = defined("f", "function", digest="1")
    merged = (first, defined("f", "function", digest="2"))

    assert duplicates(first, defined("g", "function"), merged=merged) == []
    assert duplicates(defined("g", "function"), first, merged=merged) == []


def test_what_may_be_bound_again_hides_nothing_behind_it() -> None:
    sides = [
        (
            defined("_", "function", digest=digest),
            defined("X", "variable", digest="0"),
            defined(f"only_{digest}", "function"),
            defined("f", "function", digest=digest),
        )
        for digest in ("1", "2")
    ]
    file = MergedFile("a", "b", "m.py", module(*sides[0], *sides[1]), (module(*sides[0]), module(*sides[1])))

    assert [duplicate.name for duplicate in find_duplicates(file)] == ["f"]


def test_a_conditional_definition_counts_for_the_side_that_has_it() -> None:
    plain, second = defined("f", "function", digest="1"), defined("f", "function", digest="2")
    conditional = defined("f", "function", conditional=True)
    file = MergedFile(
        "a", "b", "m.py", module(plain, second, conditional), (module(plain, conditional), module(second))
    )

    assert list(find_duplicates(file)) == []


def test_lines_are_those_each_side_adds() -> None:
    first, second = (Definition("f", "", "function", line, line, digest=str(line)) for line in (3, 7))
    [duplicate] = duplicates(first, second)

    assert (duplicate.first, duplicate.second, duplicate.lines) == ("agent/a", "agent/b", (3, 7))


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        (defined("f", "function", digest="1"), defined("f", "function", digest="1"), True),
        (defined("f", "function", digest="1"), defined("f", "function", digest="2"), False),
        (defined("f", "function"), defined("f", "function"), False),
        (
            defined("f", "function", digest="1", decorators=("cache",)),
            defined("f", "function", digest="1"),
            False,
        ),
    ],
)
def test_definitions_that_do_the_same(first: Definition, second: Definition, alike: bool) -> None:
    assert [duplicate.alike for duplicate in duplicates(first, second)] == [alike]


def test_classes_are_alike_with_all_they_hold() -> None:
    first, second = defined("C.f", "function", digest="1"), defined("C.f", "function", digest="2")
    same = MergedFile("a", "b", "m.py", module(C, first, C, first), (module(C, first), module(C, first)))
    unlike = MergedFile("a", "b", "m.py", module(C, first, C, second), (module(C, first), module(C, second)))

    near = defined("g", "function", digest="1"), defined("g", "function", digest="2")
    beside = MergedFile(
        "a", "b", "m.py", module(C, first, C, first), (module(C, first, near[0]), module(C, first, near[1]))
    )

    assert [(duplicate.name, duplicate.alike) for duplicate in find_duplicates(same)] == [("C", True)]
    assert [(duplicate.name, duplicate.alike) for duplicate in find_duplicates(beside)] == [("C", True)]
    assert [(duplicate.name, duplicate.alike) for duplicate in find_duplicates(unlike)] == [("C", False)]


@pytest.mark.parametrize(
    ("name", "decorator", "registered"),
    [
        ("f", "functools.lru_cache(maxsize=1)", False),
        ("f", "pytest.mark.slow", False),
        ("f", "mock.patch.object", False),
        ("f", "app.route", True),
        ("f", "given", True),
        ("test_f", "given", False),
    ],
)
def test_decorators_may_have_put_both_to_use(name: str, decorator: str, registered: bool) -> None:
    first = defined(name, "function", digest="1", decorators=(decorator,))
    second = defined(name, "function", digest="2")

    assert [duplicate.registered for duplicate in duplicates(first, second)] == [registered]


ENUM = defined("Colour", "class", bases=("enum.Enum",))


def test_members_of_enums_come_without_their_values() -> None:
    first = (defined("Colour.RED", "variable", digest="1"), defined("Colour().1", "key", digest="1"))
    second = (defined("Colour.RED", "variable", digest="2"), defined("Colour().1", "key", digest="2"))
    file = MergedFile(
        "a",
        "b",
        "m.py",
        module(ENUM, *first, *second),
        (module(ENUM, *first), module(ENUM, *second)),
    )

    assert [duplicate.kind for duplicate in find_duplicates(file)] == ["member"]


def test_a_value_of_two_members_of_an_enum() -> None:
    first, second = defined("Colour().1", "key", digest="1"), defined("Colour().1", "key", digest="2")

    assert kinds(first, second, ENUM) == ["value"]


def test_a_value_beside_a_method_of_an_enum_defined_twice() -> None:
    first = (defined("Colour.f", "function", digest="1"), defined("Colour().1", "key", digest="1"))
    second = (defined("Colour.f", "function", digest="2"), defined("Colour().1", "key", digest="2"))
    file = MergedFile("a", "b", "m.py", module(*first, *second), (module(*first), module(*second)))

    assert [duplicate.kind for duplicate in find_duplicates(file)] == ["function", "value"]


def test_names_of_other_classes_are_fields() -> None:
    first, second = defined("C.x", "variable", digest="1"), defined("C.x", "variable", digest="2")

    assert kinds(first, second, C) == ["field"]
    assert kinds(first, second, defined("C", "function")) == ["field"]


def test_keys_of_one_literal() -> None:
    first, second = defined("d[].'x'", "key", digest="1"), defined("d[].'x'", "key", digest="2")
    literal = defined("d", "variable")

    assert kinds(first, second, literal) == ["key"]
    assert duplicates(first, second, merged=(literal, first, literal, second)) == []


def test_what_lies_in_a_nested_class_defined_twice_is_not_told_too() -> None:
    first = (defined("O.C", "class", digest="1"), defined("O.C.f", "function", digest="1"))
    second = (defined("O.C", "class", digest="2"), defined("O.C.f", "function", digest="2"))
    file = MergedFile("a", "b", "m.py", module(*first, *second), (module(*first), module(*second)))

    assert [(duplicate.scope, duplicate.name) for duplicate in find_duplicates(file)] == [("O", "C")]


def test_what_lies_in_a_class_defined_twice_is_not_told_too() -> None:
    first, second = defined("C.f", "function", digest="1"), defined("C.f", "function", digest="2")
    near = (defined("CD.f", "function", digest="1"), defined("CD.f", "function", digest="2"))
    file = MergedFile(
        "a",
        "b",
        "m.py",
        module(C, first, C, second, *near),
        (module(C, first, near[0]), module(C, second, near[1])),
    )

    assert [(duplicate.scope, duplicate.name) for duplicate in find_duplicates(file)] == [
        ("", "C"),
        ("CD", "f"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (imported("a", "x"), imported("b", "x"), ["import"]),
        (imported("a", "x"), imported(".a", "x"), ["import"]),
        (imported("a", "x"), imported("a", "y", alias="x"), ["import"]),
        (imported("a", alias="x", renamed=True), imported("b", alias="x", renamed=True), ["import"]),
        (imported("a", "x"), imported("a", "x"), []),
        (imported("a.b"), imported("a.c"), []),
        (imported("a", "x", scope="f"), imported("b", "x"), []),
        (imported("a", "x", conditional=True), imported("b", "x"), []),
        (imported("a", "*"), imported("b", "*"), []),
    ],
)
def test_imports(first: Import, second: Import, expected: list[str]) -> None:
    assert kinds(first, second) == expected


def test_a_name_one_side_imports_twice_is_not_the_merge_s() -> None:
    twice, once = (imported("a", "x"), imported("b", "x")), imported("c", "x")
    first = MergedFile("a", "b", "m.py", module(*twice, once), (module(*twice), module(once)))
    second = MergedFile("a", "b", "m.py", module(*twice, once), (module(once), module(*twice)))

    assert list(find_duplicates(first)) == list(find_duplicates(second)) == []


def test_an_import_that_only_one_side_keeps_is_not_doubled() -> None:
    first, second = imported("a", "x"), imported("b", "x")

    assert duplicates(first, second, merged=(first,)) == []
