"""What expressions and types read: chains of names, with the shape of their calls."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from gate.languages.base.treesitter import line, text
from gate.languages.javascript.reader import scopes
from gate.languages.javascript.reader.scopes import Frame, Root
from gate.languages.javascript.reader.syntax import literal
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
_ELSEWHERE = frozenset(("globalThis", "window", "self", "global"))


class Reads:
    """Everything read so far, and the blocks we are in."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.guarded = 0
        self.typing = 0
        self._found: dict[Reference, set[int]] = defaultdict(set)

    def references(self) -> tuple[Reference, ...]:
        """Each with all its lines, in the order they were first met."""
        return tuple(
            Reference(one.chain, tuple(sorted(lines)), one.via, one.owner, one.guard, one.call)
            for one, lines in self._found.items()
        )

    def chain(self, node: Node, call: Call | None = None) -> list[Node]:
        """Read a chain of names; what remains to be read of it comes back."""
        parts: list[str] = []
        rest: list[Node] = []
        inner: Node | None = node
        at = line(node)
        while inner is not None:
            kind = inner.type
            if kind in _LINKS:
                last = inner.child_by_field_name("property") or inner.child_by_field_name("name")
                if kind == "subscript_expression":
                    index = inner.child_by_field_name("index")
                    if not literal(index):
                        rest += [index] if index is not None else []
                        if parts:
                            self._add(parts[-1], at, Root("value"), call if len(parts) == 1 else None)
                        parts.clear()
                        call = None
                        inner = inner.child_by_field_name("object")
                        continue
                    parts.append(literal(index))
                else:
                    parts.append(text(last))
                    at = line(last) if last is not None else at
                inner = inner.child_by_field_name("object") or inner.child_by_field_name("module")
            elif kind in _WRAPPERS and inner.named_children:
                rest += inner.named_children[1:]
                inner = inner.named_children[0]
            else:
                break
        parts.reverse()
        if inner is not None:
            rest += self._rooted(inner, parts, at, call)
        return rest

    def _rooted(self, inner: Node, parts: list[str], at: int, call: Call | None) -> list[Node]:
        kind = inner.type
        if kind in ("identifier", "type_identifier", "shorthand_property_identifier"):
            self.named(text(inner), parts, at, call)
            return []
        if kind in ("this", "super"):
            self._member(kind, parts, at, call)
            return []
        if kind in ("call_expression", "new_expression") and parts:
            made = inner.child_by_field_name("function") or inner.child_by_field_name("constructor")
            if made is not None and made.type == "identifier":
                self.named(f"{text(made)}()", parts, at, call)
                return [inner]
        if parts:
            self._add(parts[0], at, Root("value"), call if len(parts) == 1 else None)
        return [inner]

    def named(self, name: str, parts: list[str], at: int, call: Call | None) -> None:
        """Read a chain that begins with a name."""
        plain = name.removesuffix("()")
        if plain in _ELSEWHERE:
            return
        found = scopes.root(self.frames, plain)
        if found is None:
            if parts:
                self._add(parts[0], at, Root("value"), call if len(parts) == 1 else None)
            return
        start = f"{found.chain}()" if name != plain else found.chain
        self._add(".".join((start, *parts)), at, found, call)

    def _member(self, kind: str, parts: list[str], at: int, call: Call | None) -> None:
        owner = scopes.this(self.frames)
        if not owner or not parts:
            return
        via: Literal["self", "super"] = "self" if kind == "this" else "super"
        self._add(".".join(parts), at, Root(via, owner), call)

    def _add(self, chain: str, at: int, found: Root, call: Call | None) -> None:
        guard: Literal["", "guarded", "typing"] = (
            "guarded" if self.guarded else "typing" if self.typing else ""
        )
        self._found[Reference(chain, (), found.via, found.owner, guard, call)].add(at)


def shape(arguments: Node | None, use: str = "") -> Call | None:
    """The shape of a call's arguments; None for a tagged template, which has none."""
    if arguments is not None and arguments.type != "arguments":
        return None
    listed = (
        [one for one in arguments.named_children if one.type != "comment"] if arguments is not None else []
    )
    spread = sum(one.type == "spread_element" for one in listed)
    return Call(len(listed) - spread, (), bool(spread), False, use)  # type: ignore[arg-type]
