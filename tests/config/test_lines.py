"""The line of every key, in every way TOML has to write one."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gate.config.lines import lines_of
from gate.config.toml_text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.config.lines import Place

TEXT = '''# a comment with [brackets] and "quotes"
top = 1
a.b."c d" = 2

[table]     # comment
text = """
[not.a.table]
key = 1 \\""" "" """
raw = \'\'\'
]]
\'\'\'
after = "]#"

[[array]]
list = [
    "one",  # ]
    [1, 2],

    {x = 1, y = [
        2]},
]
[array.sub]
key = 1979-05-27 07:32:00
[[array]]
inline = { a.b = "}", "c" = 1.5 }
[[array.nested]]
n = 1
[[array.nested]]
"n\\u0031" = -inf
\'q\' = false
'''

EXPECTED: dict[Place, int] = {
    ("top",): 2,
    ("a", "b", "c d"): 3,
    ("table",): 5,
    ("table", "text"): 6,
    ("table", "raw"): 9,
    ("table", "after"): 12,
    ("array",): 14,
    ("array", 0): 14,
    ("array", 0, "list"): 15,
    ("array", 0, "list", 0): 16,
    ("array", 0, "list", 1): 17,
    ("array", 0, "list", 1, 1): 17,
    ("array", 0, "list", 2): 19,
    ("array", 0, "list", 2, "y"): 19,
    ("array", 0, "list", 2, "y", 0): 20,
    ("array", 0, "sub"): 22,
    ("array", 0, "sub", "key"): 23,
    ("array", 1): 24,
    ("array", 1, "inline", "a", "b"): 25,
    ("array", 1, "inline", "c"): 25,
    ("array", 1, "nested", 0, "n"): 27,
    ("array", 1, "nested", 1): 28,
    ("array", 1, "nested", 1, "n1"): 29,
    ("array", 1, "nested", 1, "q"): 30,
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_place_has_its_line(newline: str) -> None:
    text = TEXT.replace("\n", newline)
    lines = lines_of(text)
    assert {place: lines.get(place) for place in EXPECTED} == EXPECTED
    assert set(places(tomllib.loads(text))) <= lines.keys()


def places(value: object, place: Place = ()) -> Iterator[Place]:
    """The places of all tables, keys and elements of a document."""
    if place:
        yield place
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*place, index))


VALUES = st.recursive(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(quoted),
        st.sampled_from(["1", "-0.5", "true", "1979-05-27T07:32:00Z", "'''a\n]'''", '"""\n[x]\n"""', "''"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda values: "[\n" + ",\n".join(values) + "]"),
        st.lists(inner, max_size=3).map(
            lambda values: "{" + ", ".join(f"k{at} = {value}" for at, value in enumerate(values)) + "}"
        ),
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(values=st.lists(VALUES, max_size=5))
def test_no_value_leads_the_scanner_astray(values: list[str]) -> None:
    text = "".join(f"[[t]]\nkey{at} = {value} # c\n" for at, value in enumerate(values))
    lines = lines_of(text)
    assert set(places(tomllib.loads(text))) <= lines.keys()
    for at in range(len(values)):
        assert text.split("\n")[lines["t", at, f"key{at}"] - 1].startswith(f"key{at} =")
