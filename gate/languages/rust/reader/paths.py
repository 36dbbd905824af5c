"""Paths of Rust, and the trees of `use`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.treesitter import children, field, first_child, text
from gate.languages.base.typed_references import LONGEST_CHAIN

if TYPE_CHECKING:
    from tree_sitter import Node

    from gate.languages.base.typed_references import Parts

PATHS = frozenset(("scoped_identifier", "scoped_type_identifier"))
_STARTS = ("identifier", "type_identifier", "crate", "super", "self")
_MOST_USES = 1000

UsedName = tuple[str, str, str]
"""What one leaf of a `use` imports, as (module, name, alias); the name is "*" for a glob."""


def path_of(node: Node | None) -> Parts:
    """Return the parts of `a::b::c`, type arguments left out; [] for what is no path."""
    reversed_parts: Parts = []
    while node is not None and node.type in PATHS and len(reversed_parts) < LONGEST_CHAIN:
        reversed_parts.append(text(field(node, "name")))
        node = field(node, "path")
        if node is not None and node.type == "generic_type":
            node = field(node, "type")
    return [text(node), *reversed(reversed_parts)] if node is not None and node.type in _STARTS else []


def used_names(start: Node | None) -> list[UsedName]:
    """Return what the argument of a `use` imports."""
    names: list[UsedName] = []
    stack: list[tuple[Node, tuple[str, ...]]] = [(start, ())] if start is not None else []
    while stack and len(names) < _MOST_USES:
        node, prefix = stack.pop()
        kind = node.type
        if kind == "scoped_use_list":
            inner = (*prefix, *_whole_path(field(node, "path")))
            stack += ((child, inner) for child in children(field(node, "list") or node))
        elif kind == "use_list":
            stack += ((child, prefix) for child in children(node))
        elif kind == "use_wildcard":
            inner = (*prefix, *_whole_path(first_child(node)))
            names.append((".".join(inner), "*", ""))
        elif kind == "use_as_clause":
            inner = _without_self((*prefix, *_whole_path(field(node, "path"))))
            names.append((".".join(inner[:-1]), inner[-1] if inner else "", text(field(node, "alias"))))
        else:
            path = _whole_path(node)
            inner = prefix if path == ("self",) and prefix else (*prefix, *path)
            if path:
                names.append((".".join(inner[:-1]), inner[-1], inner[-1]))
    return names


def _without_self(path: tuple[str, ...]) -> tuple[str, ...]:
    return path[:-1] if path[-1:] == ("self",) and len(path) > 1 else path


def _whole_path(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    return tuple(path_of(node)) if node.type in PATHS else (text(node),)
