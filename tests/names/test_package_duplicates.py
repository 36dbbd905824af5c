"""Names that two sides define in different files of one package."""

from __future__ import annotations

from typing import Any

import pytest
from names.literal import Files, definition, of_uses, world

from gate.model.names import DuplicateDefinition
from gate.names.package_duplicates import package_duplicates, pairs_sharing_package
from gate.names.stream_changes import compare_sides

BASE: Files = {"p/base.go": "package p\n\nfunc Base() {}\n"}
F = "package p\n\nfunc F() {}\n"


def duplicates_of(
    first: Files, second: Files, base: Files = BASE, unsettled: tuple[str, ...] = ()
) -> list[DuplicateDefinition]:
    return list(package_duplicates(world(base, a=first, b=second).pair(unsettled=unsettled)))


def near(**sides: Files) -> list[tuple[str, str]]:
    return list(pairs_sharing_package(world(BASE, **sides).changes))


def test_a_function_in_two_files_of_a_folder() -> None:
    assert duplicates_of({"p/x.go": F}, {"p/y.go": f"{F}\nvar x = 1\n"}) == [
        DuplicateDefinition("a", "b", "p/x.go", "", "F", "function", (3, 3), fatal=True, second_path="p/y.go")
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("var F = 1\n", "variable"),
        ("const F = 1\n", "variable"),
        ("type F struct{}\n", "class"),
        ("type F interface{}\n", "class"),
    ],
)
def test_kinds_of_definitions(text: str, kind: str) -> None:
    [duplicate] = duplicates_of({"p/x.go": f"package p\n\n{text}"}, {"p/y.go": F})
    assert duplicate.kind == kind


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"p/x.go": F}, {"q/x.go": F}),
        ({"p/x.go": F}, {"p/y.go": "package p\n\nfunc G() {}\n"}),
        ({"p/x.go": F}, {"p/x.go": F}),
        ({"p/x.go": F}, {"p/y.go": F.replace("package p", "package p_test")}),
        ({"p/x.go": F}, {"p/y_windows.go": F}),
        ({"p/x_windows.go": F}, {"p/y.go": F}),
        ({"p/x.go": "package p\n\nfunc main() {}\n"}, {"p/y.go": "package p\n\nfunc main() {}\n"}),
        ({"p/x.py": "def f(): ...\n"}, {"p/y.py": "def f(): ...\n"}),
    ],
)
def test_what_may_stand_beside_one_another(first: Files, second: Files) -> None:
    assert duplicates_of(first, second) == []


def test_a_name_that_one_side_already_has_in_both_files_is_no_collision() -> None:
    assert duplicates_of({"p/x.go": F}, {"p/x.go": F, "p/y.go": F}) == []
    assert duplicates_of({"p/x.go": F, "p/y.go": F}, {"p/y.go": F}) == []


def test_files_that_cannot_be_read_define_nothing() -> None:
    assert duplicates_of({"p/x.go": F}, {"p/y.go": F}, unsettled=("p/y.go",)) == []
    assert duplicates_of({"p/x.go": F}, {"p/y.go": F}, unsettled=("p/x.go",)) == []


def test_a_name_of_two_files_of_the_second_side_meets_each() -> None:
    both = {"p/z.go": F, "p/y.go": "package p\n\nfunc G() {}\n\nfunc H() {}\n"}
    first = {"p/x.go": F.replace("F", "G") + "\nfunc F() {}\n"}
    assert [
        (duplicate.path, duplicate.name, duplicate.second_path) for duplicate in duplicates_of(first, both)
    ] == [
        ("p/x.go", "F", "p/z.go"),
        ("p/x.go", "G", "p/y.go"),
    ]


def test_methods_and_constructors_of_other_types_are_other_names() -> None:
    java = "package p;\n\nclass {} {{ void run() {{}} }}\n"
    assert duplicates_of({"p/A.java": java.format("A")}, {"p/B.java": java.format("B")}) == []
    assert len(duplicates_of({"p/A.java": java.format("A")}, {"p/B.java": java.format("A")})) >= 1


@pytest.mark.parametrize(
    ("more", "number"),
    [({}, 1), ({"kind": "attribute"}, 0), ({"kind": "namespace"}, 0), ({"conditional": True}, 0)],
)
def test_definitions_of_which_a_package_may_have_several(more: dict[str, Any], number: int) -> None:
    files = {name: {f"p/{name}.go": name, "p/package.json": name} for name in "ab"}
    scene = world(BASE, None, **files)
    scene.source.blobs.facts_of |= {name: of_uses(definition("F", **more)) for name in "ab"}
    sides = compare_sides(scene.states, list(scene.sides.values()))
    assert len(list(pairs_sharing_package(sides))) == number


def test_pairs_that_add_one_name_to_one_folder() -> None:
    assert near(a={"p/x.go": F}, b={"p/y.go": F}, c={"p/z.go": "package p\n\nfunc G() {}\n"}) == [("a", "b")]
    assert near(a={"p/x.go": F}, b={"q/y.go": F}) == []
    assert near(b={"p/x.go": F}, a={"p/y.go": F}) == [("a", "b")]
    assert near(a={"p/x.go": F}, b={"p/x.go": F}) == [], "one file is no package"
    assert near(a={"p/x.go": F}, b={"p/x.go": F, "p/y.go": F}) == [("a", "b")]
    assert near(a={"p/x.go": F, "p/y.go": F}) == []
