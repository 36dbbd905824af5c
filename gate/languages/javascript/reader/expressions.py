"""Calls, JSX and what else of expressions needs care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader.reads import CHAINS, shape
from gate.languages.javascript.reader.syntax import dotted, literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import Walk

_MOCKS = frozenset((
    *("jest.mock", "jest.unmock", "jest.doMock", "jest.requireActual", "jest.requireMock", "require.resolve"),
    *("vi.mock", "vi.doMock", "vi.importActual", "vi.importMock"),
))  # fmt: skip
_EXPORTERS = ("Object.assign", "Object.defineProperty", "__exportStar", "tslib.__exportStar")


def call(walk: Walk, node: Node, use: str = "") -> Sequence[Node] | None:
    """A call or `new`; `use` is what becomes of the result."""
    made = node.child_by_field_name("function") or node.child_by_field_name("constructor")
    given = node.child_by_field_name("arguments")
    name = "import" if made is not None and made.type == "import" else dotted(made)
    specifier = literal(given.named_children[0]) if given is not None and given.named_children else ""
    if specifier and (name in ("require", "import") or name in _MOCKS):
        if name not in ("require", "import") or not _binds(node.parent):
            walk.bring(specifier, "", "", node)
        return given.named_children[1:] if given is not None else None
    rest = [one for one in node.named_children if one != made]
    if made is not None and made.type in CHAINS:
        rest += walk.reads.chain(made, shape(given, use))
    elif made is not None:
        rest.append(made)
    if name == "eval":
        walk.dynamic.add("eval")
    if walk.commonjs and name in _EXPORTERS:
        first = dotted(given.named_children[0]) if given is not None and given.named_children else ""
        if first in ("exports", "module.exports"):
            walk.dynamic.add("exports")
    return rest


def awaited(walk: Walk, node: Node) -> Sequence[Node] | None:
    """`await f()`."""
    inner = node.named_children[0] if node.named_children else None
    if inner is not None and inner.type == "call_expression":
        return call(walk, inner, "awaited")
    return node.named_children


def statement(walk: Walk, node: Node) -> Sequence[Node] | None:
    """An expression whose result is dropped."""
    inner = node.named_children[0] if node.named_children else None
    if inner is not None and inner.type == "call_expression":
        return call(walk, inner, "dropped")
    return node.named_children


def element(walk: Walk, node: Node) -> Sequence[Node] | None:
    """`<Name ...>`."""
    name = node.child_by_field_name("name")
    rest = [one for one in node.named_children if one != name]
    if name is not None and (name.type != "identifier" or text(name)[:1].isupper() or "." in text(name)):
        rest += walk.reads.chain(name)
    return rest


def attribute_of_element(_: Walk, node: Node) -> Sequence[Node] | None:
    """`name={value}` of an element."""
    return [one for one in node.named_children if one.type != "property_identifier"]


def pair(_: Walk, node: Node) -> Sequence[Node] | None:
    """`key: value` of an object."""
    key, given = node.child_by_field_name("key"), node.child_by_field_name("value")
    return [
        one
        for one in (key, given)
        if one is not None and one.type not in ("property_identifier", "string", "number")
    ]


def nothing(_: Walk, _node: Node) -> Sequence[Node] | None:
    """What holds nothing to read."""
    return None


def _binds(parent: Node | None) -> bool:
    """Whether what is required gets a name right away."""
    while parent is not None and parent.type in ("await_expression", "parenthesized_expression"):
        parent = parent.parent
    return parent is not None and parent.type == "variable_declarator"
