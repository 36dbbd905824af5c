"""Names that the merge of two sides defines more often than a compiler takes them."""

from __future__ import annotations

import pytest

from gate.languages.base.compiled_duplicates import find_duplicates
from gate.languages.base.duplicate_lines import added_line
from gate.languages.base.merged_file import MergedFile
from gate.model.source import Definition, FileFacts


def define(
    line: int, name: str = "f", kind: str = "function", digest: str = "", **more: object
) -> Definition:
    return Definition(name, "", kind, line, line, digest=digest, **more)  # type: ignore[arg-type]


def duplicates(*sides: list[Definition]) -> list[tuple[str, str, tuple[int | None, int | None]]]:
    first, second, merged = (FileFacts("full", definitions=tuple(side)) for side in sides)
    result = list(find_duplicates(MergedFile("a", "b", "f.go", merged, (first, second))))
    assert all(
        (duplicate.first, duplicate.second, duplicate.path, duplicate.fatal) == ("a", "b", "f.go", True)
        for duplicate in result
    )
    return [(duplicate.name, duplicate.kind, duplicate.lines) for duplicate in result]


ADDED = (define(2, digest="x"), define(7, digest="y"))


@pytest.mark.parametrize(
    ("first", "second", "merged", "expected"),
    [
        ([ADDED[0]], [ADDED[1]], [*ADDED], [("f", "function", (2, 7))]),
        ([ADDED[0]], [], [*ADDED], []),
        ([ADDED[0]], [ADDED[1]], [ADDED[0]], []),
        ([*ADDED], [ADDED[1]], [*ADDED], []),
        (
            [define(2, overload="(A)")],
            [define(7, overload="(B)")],
            [define(2, overload="(A)"), define(7, overload="(B)")],
            [],
        ),
        ([define(2, conditional=True)], [define(7)], [define(2, conditional=True), define(7)], []),
        ([define(2, "_")], [define(7, "_")], [define(2, "_"), define(7, "_")], []),
        ([define(2)], [define(7, kind="class")], [define(2), define(7, kind="class")], []),
        ([define(2)], [define(7, kind="variable")], [define(2), define(7, kind="variable")], []),
        (
            [define(2, kind="class")],
            [define(7, kind="variable")],
            [define(2, kind="class"), define(7, kind="variable")],
            [],
        ),
        (
            [define(2, kind="attribute")],
            [define(7, kind="attribute")],
            [define(2, kind="attribute"), define(7, kind="attribute")],
            [("f", "variable", (2, 7))],
        ),
        (
            [define(2, kind="variable")],
            [define(7, kind="attribute")],
            [define(2, kind="variable"), define(7, kind="attribute")],
            [("f", "variable", (2, 7))],
        ),
        (
            [define(2, kind="class")],
            [define(7, kind="enum")],
            [define(2, kind="class"), define(7, kind="enum")],
            [("f", "class", (2, 7))],
        ),
    ],
)
def test_names_defined_by_both(
    first: list[Definition],
    second: list[Definition],
    merged: list[Definition],
    expected: list[tuple[str, str, tuple[int | None, int | None]]],
) -> None:
    assert duplicates(first, second, merged) == expected


def test_the_line_is_that_of_what_a_side_adds() -> None:
    shared, added, later = define(1, digest="x"), define(5, digest="y"), define(9, digest="z")

    assert added_line([shared, later, added], [shared]) == 5
    assert added_line([shared], [shared, added]) == 1
