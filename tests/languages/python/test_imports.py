"""The imports that begin lines, read off the text alone."""

from __future__ import annotations

import pytest

from gate.languages.python.imports import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import a.b as c, d\n", [("a.b", "", 0), ("d", "", 0)]),
        ("from a.b import c as d, e  # why\n", [("a.b", "c", 0), ("a.b", "e", 0)]),
        ("from ..a import (  # one\n    b,  # two\n    c as d,\n)\n", [("a", "b", 2), ("a", "c", 2)]),
        ("from . import a; import b\n", [("", "a", 1)]),
        ("from a import *\n", [("a", "*", 0)]),
        ("if x:\n    import a\n", []),
        ("from a import (\n", []),
        (f"from {'.' * 200_000}\n" * 2, []),
        (f"from a{' ' * 200_000}\n", []),
        ("from a import (" * 50_000, []),
    ],
)
def test_imports_that_begin_a_line(text: str, expected: list[tuple[str, str, int]]) -> None:
    assert [
        (binding.module, binding.name, binding.level) for binding in read(text.encode()).imports
    ] == expected
