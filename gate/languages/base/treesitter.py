"""What readers through tree-sitter share: parsing under guards, and questions about the nodes of a syntax tree."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from tree_sitter import Language, Parser

from gate.languages.base.text import has_endless_comments, unreadable
from gate.model.source import Definition, FileFacts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tree_sitter import Node

    from gate.model.source import Import

    Settings = tuple[tuple[str, str], ...]
    """Facts about a whole file, as (key, value)."""

_COMMENT = re.compile(rb"//[^\n]*|/\*.*?\*/", re.DOTALL)
_LAYOUT = re.compile(rb"\s+")
_MOST_NODES = 400_000
_COMMENTS = ("comment", "line_comment", "block_comment")


def parser_of(grammar: Callable[[], object]) -> Parser:
    """Return a parser for the grammar of a module's `language` function."""
    return Parser(Language(grammar()))


def parse(content: bytes, parser: Parser) -> Node | FileFacts:
    """Return the syntax tree of a file, or the facts that say why there is none."""
    why = unreadable(content) or ("its comments never end" if has_endless_comments(content) else "")
    if why:
        return FileFacts("none", why)
    root = parser.parse(content).root_node
    if root.descendant_count > _MOST_NODES:
        return FileFacts("none", f"it has more than {_MOST_NODES:,} pieces of syntax")
    return root


def partial_facts(
    definitions: Iterable[Definition], imports: Iterable[Import], settings: Settings = ()
) -> FileFacts:
    """Return the facts of a file with syntax errors: what it defines may exist, and nothing is absent from it."""
    return FileFacts(
        "partial", "it does not parse; read in part", tuple(definitions), tuple(imports), settings=settings
    )


def text(node: Node | None) -> str:
    """Return the text of a node, "" for none."""
    return node.text.decode("utf-8", "replace") if node is not None and node.text is not None else ""


def line(node: Node) -> int:
    """Return the line a node begins on, from 1."""
    return node.start_point[0] + 1


def end_line(node: Node) -> int:
    """Return the line a node ends on, from 1."""
    return node.end_point[0] + 1


def children(node: Node | None) -> list[Node]:
    """Return the named children of a node, comments left out; none of no node."""
    return [child for child in node.named_children if child.type not in _COMMENTS] if node is not None else []


def first_child(node: Node | None) -> Node | None:
    """Return the first of `children`, None where there is none."""
    return next(iter(children(node)), None)


def children_but_names(node: Node) -> list[Node]:
    """Return the named children of a node that are not in its field `name`."""
    names = {child.id for child in node.children_by_field_name("name")}
    return [child for child in node.named_children if child.id not in names]


def field(node: Node | None, name: str) -> Node | None:
    """Return the child in a field, None where there is none."""
    return node.child_by_field_name(name) if node is not None else None


def walk(start: Node | None, stop: frozenset[str] = frozenset()) -> Iterator[Node]:
    """Yield a node and all that is in it, in the order of the text; nothing inside of nodes of the kinds in `stop`."""
    stack = [start] if start is not None else []
    while stack:
        node = stack.pop()
        yield node
        if node is start or node.type not in stop:
            stack.extend(reversed(node.named_children))


def define(name: str, scope: str, kind: Any, node: Node, **details: Any) -> Definition:
    """Return a definition at the lines of a node; `details` are further fields of it."""
    return Definition(name, scope, kind, line(node), end_line(node), **details)


def digest(node: Node, name: str = "") -> str:
    """Return a digest of a definition's text without its name where it is defined, its layout and its comments."""
    plain = _COMMENT.sub(b"", node.text or b"").replace(name.encode(), b"", 1)
    return blake2b(_LAYOUT.sub(b"", plain), digest_size=8).hexdigest()
