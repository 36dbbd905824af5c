"""Which names a function or a block binds, before any of it runs.

`var` and functions count for the whole function; so do, here, `let`, `const` and classes of the blocks within it: a
name that is bound anywhere in a function is taken for its own everywhere in it, which can only silence, never accuse.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader.syntax import (
    CLASSES,
    DECLARED_FUNCTIONS,
    FUNCTIONS,
    VARIABLES,
    bound_names,
    literal,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

_BLOCKS = frozenset((
    *("statement_block", "if_statement", "else_clause", "for_statement", "for_in_statement", "while_statement"),
    *("do_statement", "try_statement", "catch_clause", "finally_clause", "switch_statement", "switch_body"),
    *("switch_case", "switch_default", "labeled_statement", "ambient_declaration", "export_statement"),
))  # fmt: skip
_DECLARED = CLASSES | DECLARED_FUNCTIONS | {
    *("interface_declaration", "type_alias_declaration", "enum_declaration", "internal_module", "module"),
}  # fmt: skip


@dataclass(slots=True)
class Frame:
    """One block. `names` are its own, `types` its type parameters; `path` the dotted path of the function or class."""

    kind: Literal["module", "class", "function", "block"]
    path: str
    names: set[str] = field(default_factory=set)
    imports: set[str] = field(default_factory=set)
    """Those of `names` that only a `require` or an `import()` binds."""
    values: dict[str, str] = field(default_factory=dict)
    """Constants bound once, to a chain."""
    owner: str = ""
    """The class `this` is an instance of."""
    whole: bool = False
    """`names` has those of all blocks within it, too."""
    own_this: bool = False
    """`this` is something else here: a function that is no arrow."""


@dataclass(frozen=True, slots=True)
class Root:
    """What the first name of a chain stands for."""

    via: Literal["module", "local", "self", "super", "value"]
    owner: str = ""
    chain: str = ""


def declared(nodes: Iterable[Node]) -> set[str]:
    """The names these statements bind, those of blocks within them included."""
    found: set[str] = set()
    queue = list(nodes)
    while queue:
        node = queue.pop()
        kind = node.type
        if kind in VARIABLES:
            for one in node.named_children:
                found.update(map(text, bound_names(one.child_by_field_name("name"))))
        elif kind == "import_alias":
            found.add(text(node.named_children[0]))
        elif kind in _DECLARED:
            found.add(text(node.child_by_field_name("name")))
        elif kind == "expression_statement":
            found.update(_declared_within(node))
        elif kind in _BLOCKS:
            found.update(map(text, bound_names(node.child_by_field_name("left"))))
            found.update(map(text, bound_names(node.child_by_field_name("parameter"))))
            queue += node.named_children
    return found


def _declared_within(node: Node) -> list[str]:
    """`namespace N {}` stands in an expression statement."""
    return [
        text(one.child_by_field_name("name")) for one in node.named_children if one.type == "internal_module"
    ]


def required(node: Node | None) -> str:
    """The specifier of `require("m")`, `import("m")` or an `await` of that; "" for everything else."""
    while node is not None and node.type in ("await_expression", "parenthesized_expression"):
        node = node.named_children[0] if node.named_children else None
    if node is None or node.type != "call_expression":
        return ""
    if text(node.child_by_field_name("function")) not in ("require", "import"):
        return ""
    given = node.child_by_field_name("arguments")
    return literal(given.named_children[0]) if given is not None and len(given.named_children) == 1 else ""


def root(frames: list[Frame], name: str) -> Root | None:
    """Where a name is bound, seen from the innermost of these blocks; None for locals nothing is known of."""
    for at in range(len(frames) - 1, 0, -1):
        frame = frames[at]
        if name in frame.values:
            return _through(frames[: at + 1], frame, name)
        if name in frame.imports:
            return Root("local", frame.path, name)
        if name in frame.names:
            return None
    return Root("module", "", name)


def this(frames: list[Frame]) -> str:
    """The class whose instance `this` is, "" when that cannot be told."""
    for frame in reversed(frames):
        if frame.owner:
            return frame.owner
        if frame.own_this:
            return ""
    return ""


def _through(frames: list[Frame], frame: Frame, name: str) -> Root | None:
    """What a local constant was made from, as seen from its own block."""
    first, _, rest = frame.values[name].partition(".")
    plain = first.removesuffix("()")
    if plain in frame.values or plain in ("this", "super"):
        return None
    found = root(frames, plain)
    if found is None:
        return None
    start = f"{found.chain}()" if first != plain else found.chain
    return Root(found.via, found.owner, ".".join(filter(None, (start, rest))))


__all__ = ["FUNCTIONS", "Frame", "Root", "declared", "required", "root", "this"]
