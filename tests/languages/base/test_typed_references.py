"""Local names and what gives their values."""

from __future__ import annotations

import pytest

from gate.languages.base.typed_references import LONGEST_CHAIN, LocalNames, value_chain


def names() -> LocalNames:
    """`store` holds what `open.make()` gives, `twice` is bound twice, `plain` has an unknown value."""
    local = LocalNames()
    local.bind("store", lambda: "open.make()")
    local.bind("twice", lambda: "T()")
    local.bind("twice")
    local.bind("plain")
    local.bind("empty", lambda: "")
    local.bind("derived", lambda: local.chain(["plain", "x()"]))
    local.resolve_values()
    return local


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["outer", "x"], ["outer", "x"]),
        (["outer()", "x"], ["outer()", "x"]),
        (["store"], ["open", "make()"]),
        (["store", "x", "y()"], ["open", "make()", "x", "y()"]),
        (["store()", "x"], []),
        (["twice", "x"], []),
        (["plain", "x"], []),
        (["empty", "x"], []),
        (["derived", "x"], []),
        (["store", *["x"] * (LONGEST_CHAIN - 3)], ["open", "make()", *["x"] * (LONGEST_CHAIN - 3)]),
        (["store", *["x"] * (LONGEST_CHAIN - 1)], []),
    ],
)
def test_a_chain_begins_with_what_gives_the_value_of_a_local_name(
    parts: list[str], expected: list[str]
) -> None:
    assert names().expand(parts) == expected
    assert names().chain(parts) == ".".join(expected)


def test_local_names_are_those_that_are_bound() -> None:
    assert ["store" in names(), "plain" in names(), "outer" in names()] == [True, True, False]
    assert names().chain([]) == names().chain([""]) == ""


def test_a_value_is_what_a_call_gives() -> None:
    assert value_chain(["a", "b()"]) == ["a", "b()"]
    assert value_chain(["a()", "b"]) == value_chain([]) == []
