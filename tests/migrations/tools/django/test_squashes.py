"""Squashes that overlap, as Django's loader has them; `test_oracles` holds it against Django itself."""

from __future__ import annotations

import pytest
from migrations.graph.graphs import node, nodes

from gate.migrations.tools import tool


@pytest.mark.parametrize(
    ("squashes", "fails"),
    [
        pytest.param({"s": ("a1", "a2"), "t": ("a1", "a2")}, True, id="the same"),
        pytest.param({"s": ("a1", "a2"), "t": ("a1", "a2", "a3")}, False, id="one within the other"),
        pytest.param({"s": ("a1", "a2"), "t": ("a2", "a3")}, False, id="one after the other"),
        pytest.param({"s": ("a1", "a2"), "t": ("a3",)}, False, id="apart"),
        pytest.param({"s": ("a1", "t"), "t": ("a2", "s")}, True, id="one another"),
        pytest.param(dict.fromkeys("pqrst", ("a1", "a2", "a3")), False, id="too many to say"),
    ],
)
def test_what_fails_in_whatever_order(squashes: dict[str, tuple[str, ...]], fails: bool) -> None:
    line = nodes("a1", "a2<a1", "a3<a2")
    every = {
        member.key: member
        for member in (*line, *(node(name, replaces=old) for name, old in squashes.items()))
    }
    assert tool("django").always_fails(every, 1) == fails
