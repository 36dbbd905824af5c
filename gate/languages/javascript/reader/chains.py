"""What expressions and types read: chains of names, with the shape of their calls."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from gate.languages.base.treesitter import line, text
from gate.languages.javascript.reader.scopes import Block, ChainRoot, chain_root, class_of_this
from gate.languages.javascript.reader.syntax import callee, literal
from gate.model.source import Call, Reference

if TYPE_CHECKING:
    from tree_sitter import Node

_WRAPPERS = (
    "non_null_expression",
    "parenthesized_expression",
    "instantiation_expression",
    "satisfies_expression",
)
_LINKS = ("member_expression", "subscript_expression", "nested_type_identifier", "nested_identifier")
CHAINS = frozenset((
    *("identifier", "member_expression", "subscript_expression", "shorthand_property_identifier", "this", "super"),
    *("non_null_expression", "nested_identifier"),
))  # fmt: skip
"""Expressions that begin a chain."""
_GLOBAL_OBJECTS = frozenset(("globalThis", "window", "self", "global"))
_VALUE = ChainRoot("value")


class ChainReader:
    """Collects the references of a file, seen from the innermost of `blocks`, which lie in one another."""

    def __init__(self) -> None:
        self.blocks: list[Block] = [Block("module", "")]
        self.guarded = 0
        """How many `try` with a handler are open."""
        self.typing = 0
        """How many types are open."""
        self._lines: dict[Reference, set[int]] = defaultdict(set)
        """The lines of each reference, which is kept without lines."""

    def references(self) -> tuple[Reference, ...]:
        """Return each reference with all its lines, in the order in which they were first read."""
        return tuple(
            Reference(
                reference.chain,
                tuple(sorted(lines)),
                reference.via,
                reference.owner,
                reference.guard,
                reference.call,
            )
            for reference, lines in self._lines.items()
        )

    def read(self, node: Node, call: Call | None = None) -> list[Node]:
        """Read a chain of names, and return the parts of it that are yet to be read.

        `call` is the shape of the call of the whole chain.
        """
        parts: list[str] = []  # the names behind the root, the last one first
        unread: list[Node] = []
        inner: Node | None = node
        at_line = line(node)
        while inner is not None:
            kind = inner.type
            if kind == "subscript_expression":
                index = inner.child_by_field_name("index")
                name = literal(index)
                if name:
                    parts.append(name)
                else:
                    # The name of the member is computed: what lies behind it is read of an unknown value.
                    unread += [index] if index is not None else []
                    self._add_value(parts[::-1], at_line, call)
                    parts.clear()
                    call = None
                inner = inner.child_by_field_name("object")
            elif kind in _LINKS:
                last = inner.child_by_field_name("property") or inner.child_by_field_name("name")
                parts.append(text(last))
                at_line = line(last) if last is not None else at_line
                inner = inner.child_by_field_name("object") or inner.child_by_field_name("module")
            elif kind in _WRAPPERS and inner.named_children:
                unread += inner.named_children[1:]
                inner = inner.named_children[0]
            else:
                break
        if inner is not None:
            unread += self._read_from_root(inner, parts[::-1], at_line, call)
        return unread

    def _read_from_root(self, root: Node, parts: list[str], at_line: int, call: Call | None) -> list[Node]:
        """Read the parts behind the root of a chain, and return the root where that is yet to be read."""
        kind = root.type
        if kind in ("identifier", "type_identifier", "shorthand_property_identifier"):
            self.read_name(text(root), parts, at_line, call)
            return []
        if kind in ("this", "super"):
            self._read_member("self" if kind == "this" else "super", parts, at_line, call)
            return []
        if kind in ("call_expression", "new_expression") and parts:
            function = callee(root)
            if function is not None and function.type == "identifier":
                self.read_name(f"{text(function)}()", parts, at_line, call)
                return [root]
        self._add_value(parts, at_line, call)
        return [root]

    def read_name(self, name: str, parts: list[str], at_line: int, call: Call | None) -> None:
        """Read a chain that begins with a name."""
        plain = name.removesuffix("()")
        if plain in _GLOBAL_OBJECTS:
            return
        root = chain_root(self.blocks, plain)
        if root is None:
            self._add_value(parts, at_line, call)
            return
        start = f"{root.chain}()" if name != plain else root.chain
        self._add(".".join((start, *parts)), at_line, root, call)

    def _read_member(
        self, via: Literal["self", "super"], parts: list[str], at_line: int, call: Call | None
    ) -> None:
        """Read members of `this` or `super`."""
        owner = class_of_this(self.blocks)
        if owner and parts:
            self._add(".".join(parts), at_line, ChainRoot(via, owner), call)

    def _add_value(self, parts: list[str], at_line: int, call: Call | None) -> None:
        """Add the first member that is read of a value of which nothing is known."""
        if parts:
            self._add(parts[0], at_line, _VALUE, call if len(parts) == 1 else None)

    def _add(self, chain: str, at_line: int, root: ChainRoot, call: Call | None) -> None:
        guard: Literal["", "guarded", "typing"] = (
            "guarded" if self.guarded else "typing" if self.typing else ""
        )
        self._lines[Reference(chain, (), root.via, root.owner, guard, call)].add(at_line)


def call_shape(arguments: Node | None, use: str = "") -> Call | None:
    """Return the shape of a call's arguments; None for a tagged template, which has none."""
    if arguments is not None and arguments.type != "arguments":
        return None
    nodes = (
        [node for node in arguments.named_children if node.type != "comment"] if arguments is not None else []
    )
    spread = sum(node.type == "spread_element" for node in nodes)
    return Call(len(nodes) - spread, (), bool(spread), False, use)  # type: ignore[arg-type]
