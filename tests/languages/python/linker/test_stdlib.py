"""Where names from outside come from, and the members of Python's own classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from languages.python.linker.states import defined, imported, linker, module

from gate.languages.python.linker import stdlib

if TYPE_CHECKING:
    from gate.model.source import Definition, Import


@pytest.mark.parametrize(
    ("name", "parts", "expected"),
    [
        ("ABC", (imported("abc", "ABC"),), "abc"),
        ("abc.ABC", (imported("abc"),), "abc"),
        ("Message", (imported("email.message", "Message"),), "email"),
        ("ABC", (), ""),
        ("ABC", (imported(".abc", "ABC"),), ""),
        ("ABC", (imported("abc", "ABC"), imported("own", "ABC")), ""),
        ("ABC", (imported("abc", "ABC"), defined("ABC", "class")), ""),
    ],
)
def test_the_origin_of_a_name(name: str, parts: tuple[Definition | Import, ...], expected: str) -> None:
    assert stdlib.origin(linker({"m.py": module(*parts)}), "m.py", name) == expected


@pytest.mark.parametrize(
    ("base", "parts", "member"),
    [
        ("ValueError", (), "args"),
        ("dict", (), "items"),
        ("dict", (), "mro"),
        ("Enum", (imported("enum", "Enum"),), "value"),
        ("Enum", (imported("enum", "Enum"),), "__members__"),
        ("enum.IntFlag", (imported("enum"),), "bit_length"),
    ],
)
def test_members_of_pythons_own_classes(base: str, parts: tuple[Import, ...], member: str) -> None:
    members = stdlib.members(linker({"m.py": module(*parts)}), "m.py", base)

    assert members is not None
    assert member in members
    assert "colour" not in members


@pytest.mark.parametrize(
    ("base", "parts"),
    [
        ("Thing", ()),
        ("object", ()),
        ("len", ()),
        ("dict", (defined("dict", "class"),)),
        ("Enum", (imported("own", "Enum"),)),
        ("auto", (imported("enum", "auto"),)),
    ],
)
def test_classes_that_are_not_pythons_own(base: str, parts: tuple[Definition | Import, ...]) -> None:
    assert stdlib.members(linker({"m.py": module(*parts)}), "m.py", base) is None
