"""Which names a function or a block binds, before any of it runs.

`var` and functions count for the whole function; so do, here, `let`, `const` and classes of the blocks within it: a
name that is bound anywhere in a function is taken for its own everywhere in it, which can only silence, never accuse.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gate.languages.base.treesitter import text
from gate.languages.javascript.reader.patterns import bound_names
from gate.languages.javascript.reader.syntax import CLASSES, DECLARED_FUNCTIONS, VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

_BLOCKS = frozenset((
    *("statement_block", "if_statement", "else_clause", "for_statement", "for_in_statement", "while_statement"),
    *("do_statement", "try_statement", "catch_clause", "finally_clause", "switch_statement", "switch_body"),
    *("switch_case", "switch_default", "labeled_statement", "ambient_declaration", "export_statement"),
))  # fmt: skip
_DECLARATIONS = CLASSES | DECLARED_FUNCTIONS | {
    *("interface_declaration", "type_alias_declaration", "enum_declaration", "internal_module", "module"),
}  # fmt: skip


@dataclass(slots=True)
class Block:
    """A module, class, function or block. `path` is the dotted path of the innermost function or class."""

    kind: Literal["module", "class", "function", "block"]
    path: str
    names: set[str] = field(default_factory=set)
    """The names it binds, type parameters included."""
    imports: set[str] = field(default_factory=set)
    """Names that only a `require` or an `import()` binds."""
    values: dict[str, str] = field(default_factory=dict)
    """By name the chain that a constant is bound to, once."""
    owner: str = ""
    """The class `this` is an instance of."""
    whole: bool = False
    """`names` has those of all blocks within it, too."""
    own_this: bool = False
    """`this` is another value than outside: a function that is no arrow."""


@dataclass(frozen=True, slots=True)
class ChainRoot:
    """What the first name of a chain stands for: see `Reference.via` and `Reference.owner`."""

    via: Literal["module", "local", "self", "super", "value"]
    owner: str = ""
    chain: str = ""
    """The name, or the chain that the constant of this name is bound to."""


def declared_names(nodes: Iterable[Node]) -> set[str]:
    """Return the names these statements bind, those of blocks within them included."""
    names: set[str] = set()
    queue = list(nodes)
    while queue:
        node = queue.pop()
        kind = node.type
        if kind in VARIABLES:
            for declarator in node.named_children:
                names.update(map(text, bound_names(declarator.child_by_field_name("name"))))
        elif kind == "import_alias":
            names.add(text(node.named_children[0]))
        elif kind in _DECLARATIONS:
            names.add(text(node.child_by_field_name("name")))
        elif kind == "expression_statement":
            names.update(_namespaces(node))
        elif kind in _BLOCKS:
            names.update(map(text, bound_names(node.child_by_field_name("left"))))
            names.update(map(text, bound_names(node.child_by_field_name("parameter"))))
            queue += node.named_children
    return names


def _namespaces(node: Node) -> list[str]:
    """Return the names of `namespace N {}`, which stands in an expression statement."""
    return [
        text(child.child_by_field_name("name"))
        for child in node.named_children
        if child.type == "internal_module"
    ]


def chain_root(blocks: list[Block], name: str) -> ChainRoot | None:
    """Return where a name is bound, as seen from the innermost block; None for locals of which nothing is known.

    `blocks` lie in one another, the module first.
    """
    for position in range(len(blocks) - 1, 0, -1):
        block = blocks[position]
        if name in block.values:
            return _root_of_constant(blocks[: position + 1], name)
        if name in block.imports:
            return ChainRoot("local", block.path, name)
        if name in block.names:
            return None
    return ChainRoot("module", "", name)


def _root_of_constant(blocks: list[Block], name: str) -> ChainRoot | None:
    """Return what a constant of the innermost block is bound to, as seen from that block."""
    values = blocks[-1].values
    first, _, parts = values[name].partition(".")
    plain = first.removesuffix("()")
    if plain in values or plain in ("this", "super"):
        return None
    root = chain_root(blocks, plain)
    if root is None:
        return None
    start = f"{root.chain}()" if first != plain else root.chain
    return ChainRoot(root.via, root.owner, ".".join(filter(None, (start, parts))))


def class_of_this(blocks: list[Block]) -> str:
    """Return the class whose instance `this` is in the innermost block, "" when that is not known."""
    for block in reversed(blocks):
        if block.owner:
            return block.owner
        if block.own_this:
            return ""
    return ""
