"""Local names, what gives their values, and chains that begin with them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from gate.languages.base.typed_references import LONGEST_CHAIN, LocalNames, TypedReferences, value_chain
from gate.model.source import Call

if TYPE_CHECKING:
    from tree_sitter import Node


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
        (["store", *["x"] * (LONGEST_CHAIN - 2)], []),
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


class Lines(TypedReferences):
    """A language whose lines bind a name (`x = T()`) or read a chain (`x.y`); `_` is never read."""

    def read_declaration(
        self, *lines: str, names: tuple[str, ...] = (), owner: str = "", call: Call | None = None
    ) -> None:
        self._owner, self._call = owner, call
        nodes = [SimpleNamespace(start_point=(row, 0), line=line) for row, line in enumerate(lines)]
        bindings = [node for node in nodes if " = " in node.line]
        self._read_declaration(
            cast("list[Node]", bindings),
            cast("list[Node]", [node for node in nodes if node not in bindings]),
            names,
        )

    def _bind(self, node: Node) -> None:
        name, _, value = cast("SimpleNamespace", node).line.partition(" = ")
        self._locals.bind(name, lambda: self._locals.chain(value.split(".")))

    def _read(self, start: Node) -> None:
        self._add(cast("SimpleNamespace", start).line.split("."), start, self._owner, self._call)

    def _is_readable(self, root: str) -> bool:
        return root != "_"


def test_references_of_a_declaration_are_without_its_local_names() -> None:
    lines = Lines()
    lines.read_declaration("x = T()", "x.y", "x", "p.x", "x.y", "T", "_.x", "n.x", names=("n",), owner="A")
    lines.read_declaration("x.y", owner="A", call=Call(1))
    lines.read_declaration("_ = p()", "_.y")

    assert [(use.chain, use.lines, use.owner, use.call, use.via) for use in lines.references()] == [
        ("T().y", (2, 5), "A", None, "module"),
        ("p.x", (4,), "A", None, "module"),
        ("T", (6,), "A", None, "module"),
        ("x.y", (1,), "A", Call(1), "module"),
        ("p().y", (2,), "", None, "module"),
    ]
    assert lines.roots() == {"T", "p", "x"}
