"""Calls, JSX and other expressions that need care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader.chains import CHAINS, call_shape
from gate.languages.javascript.reader.syntax import callee, chain_text, literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from gate.languages.javascript.reader.state import FileWalk

_MOCKS = frozenset((
    *("jest.mock", "jest.unmock", "jest.doMock", "jest.requireActual", "jest.requireMock", "require.resolve"),
    *("vi.mock", "vi.doMock", "vi.importActual", "vi.importMock"),
))  # fmt: skip
_EXPORTERS = ("Object.assign", "Object.defineProperty", "__exportStar", "tslib.__exportStar")


def call(walk: FileWalk, node: Node, use: str = "") -> Sequence[Node] | None:
    """Read a call or `new`; `use` is what becomes of the result."""
    function = callee(node)
    arguments = node.child_by_field_name("arguments")
    first = arguments.named_children[0] if arguments is not None and arguments.named_children else None
    name = "import" if function is not None and function.type == "import" else chain_text(function)
    specifier = literal(first)
    if specifier and (name in ("require", "import") or name in _MOCKS):
        if name not in ("require", "import") or not _is_bound(node.parent):
            walk.add_import(specifier, "", "", node)
        return arguments.named_children[1:] if arguments is not None else None
    parts = [child for child in node.named_children if child != function]
    if function is not None and function.type in CHAINS:
        parts += walk.chains.read(function, call_shape(arguments, use))
    elif function is not None:
        parts.append(function)
    if name == "eval":
        walk.dynamic.add("eval")
    if walk.commonjs and name in _EXPORTERS and chain_text(first) in ("exports", "module.exports"):
        walk.dynamic.add("exports")
    return parts


def await_expression(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `await f()`."""
    return _used_call(walk, node, "awaited")


def expression_statement(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read an expression whose result is dropped."""
    return _used_call(walk, node, "dropped")


def _used_call(walk: FileWalk, node: Node, use: str) -> Sequence[Node] | None:
    inner = next(iter(node.named_children), None)
    if inner is not None and inner.type == "call_expression":
        return call(walk, inner, use)
    return node.named_children


def element(walk: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `<Name ...>`; names in lower case are those of HTML."""
    name = node.child_by_field_name("name")
    parts = [child for child in node.named_children if child != name]
    if name is not None and (name.type != "identifier" or text(name)[:1].isupper() or "." in text(name)):
        parts += walk.chains.read(name)
    return parts


def attribute_of_element(_: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `name={value}` of an element."""
    return [child for child in node.named_children if child.type != "property_identifier"]


def pair(_: FileWalk, node: Node) -> Sequence[Node] | None:
    """Read `key: value` of an object."""
    return [
        part
        for part in (node.child_by_field_name("key"), node.child_by_field_name("value"))
        if part is not None and part.type not in ("property_identifier", "string", "number")
    ]


def nothing(_: FileWalk, _node: Node) -> Sequence[Node] | None:
    """Read nothing of what holds nothing to read."""
    return None


def _is_bound(parent: Node | None) -> bool:
    """Return whether what is required below this node is bound to a name right away."""
    while parent is not None and parent.type in ("await_expression", "parenthesized_expression"):
        parent = parent.parent
    return parent is not None and parent.type == "variable_declarator"
