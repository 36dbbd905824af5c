"""What the readers through tree-sitter share: parsing under guards, walking without recursion, gathering reads."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Literal

from tree_sitter import Language, Parser

from gate.languages.base.text import has_endless_comments
from gate.model.source import Definition, FileFacts, Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tree_sitter import Node

    from gate.model.source import Call, Import

_MARKERS = re.compile(rb"^(<{7} |>{7} )", re.MULTILINE)
_COMMENT = re.compile(rb"//[^\n]*|/\*.*?\*/", re.DOTALL)
_LAYOUT = re.compile(rb"\s+")
_LONGEST_LINE = 20_000
"""Hand-written lines stay far below; minified or generated files do not."""
_MOST_NODES = 400_000
LONGEST = 12
"""Parts of a chain; nobody writes more by hand."""
COMMENTS = ("comment", "line_comment", "block_comment")

Parts = list[str]
"""A chain, part by part."""


def grammar(language: Callable[[], object]) -> Parser:
    """A parser for one grammar's module function."""
    return Parser(Language(language()))


def parsed(content: bytes, parser: Parser) -> Node | FileFacts:
    """The syntax tree of a file, or why there is none."""
    if b"\0" in content:
        return FileFacts("none", "it holds null bytes")
    if _MARKERS.search(content):
        return FileFacts("none", "it holds conflict markers")
    if len(content) > _LONGEST_LINE and max(map(len, content.split(b"\n"))) > _LONGEST_LINE:
        return FileFacts("none", "it has lines of more than 20,000 characters")
    if has_endless_comments(content):
        return FileFacts("none", "its comments never end")
    root = parser.parse(content).root_node
    if root.descendant_count > _MOST_NODES:
        return FileFacts("none", "it has more than 400,000 pieces of syntax")
    return root


def partial(definitions: Iterable[Definition], imports: Iterable[Import], settings: Settings) -> FileFacts:
    """What is left of a file with syntax errors: what it defines may be there, and nothing is absent from it."""
    return FileFacts(
        "partial", "it does not parse; read in part", tuple(definitions), tuple(imports), settings=settings
    )


Settings = tuple[tuple[str, str], ...]


def text(node: Node | None) -> str:
    """The text of a node, "" for none."""
    return node.text.decode("utf-8", "replace") if node is not None and node.text is not None else ""


def line(node: Node) -> int:
    """Where it begins."""
    return node.start_point[0] + 1


def end_line(node: Node) -> int:
    """Where it ends."""
    return node.end_point[0] + 1


def parts_of(node: Node) -> list[Node]:
    """Its named children, comments left out."""
    return [one for one in node.named_children if one.type not in COMMENTS]


def field(node: Node | None, name: str) -> Node | None:
    """The child in a field."""
    return node.child_by_field_name(name) if node is not None else None


def below(start: Node, stop: frozenset[str] = frozenset()) -> Iterator[Node]:
    """The node and all that is in it, in the order of the text; nothing inside of the kinds in `stop`."""
    stack = [start]
    while stack:
        node = stack.pop()
        yield node
        if node is start or node.type not in stop:
            stack.extend(reversed(node.named_children))


def define(name: str, scope: str, kind: Any, node: Node, **more: Any) -> Definition:
    """A definition at the lines of a node."""
    return Definition(name, scope, kind, line(node), end_line(node), **more)


def digest(node: Node, name: str = "") -> str:
    """Of a definition's text: without its name where it is defined, its layout and its comments."""
    plain = _COMMENT.sub(b"", node.text or b"").replace(name.encode(), b"", 1)
    return blake2b(_LAYOUT.sub(b"", plain), digest_size=8).hexdigest()


class Reads:
    """The references of one file, each with all its lines."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, Literal["module", "self"], str, Call | None], set[int]] = {}

    def add(
        self,
        chain: str,
        at: int,
        *,
        via: Literal["module", "self"] = "module",
        owner: str = "",
        call: Call | None = None,
    ) -> None:
        """One more."""
        self._found.setdefault((chain, via, owner, call), set()).add(at)

    def roots(self) -> set[str]:
        """The names chains begin with."""
        return {chain.partition(".")[0].removesuffix("()") for chain, *_ in self._found}

    def references(self) -> tuple[Reference, ...]:
        """All of them."""
        return tuple(
            Reference(chain, tuple(sorted(lines)), via, owner, "", call)
            for (chain, via, owner, call), lines in self._found.items()
        )


class Locals:
    """What a function binds, wherever in it: a chain that begins with such a name means nothing outside.

    Blocks are not told apart, so a name that is bound in one of them is taken for bound in all; `kinds` has what is
    surely known of a value: the chain that gives one like it (`Type()`, `package.make()`).
    """

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self._given: dict[str, Callable[[], str]] = {}
        self.kinds: dict[str, str] = {}

    def bind(self, name: str, given: Callable[[], str] | None = None) -> None:
        """One more name; `given` says what its value is, asked once all names are known."""
        self.names[name] = self.names.get(name, 0) + 1
        if given is not None:
            self._given[name] = given

    def settle(self) -> Locals:
        """Ask what the values are; a name bound more than once has none that is sure."""
        for name, given in self._given.items():
            if self.names[name] == 1:
                found = given()
                if found:
                    self.kinds[name] = found
        return self

    def rooted(self, parts: Parts) -> Parts:
        """The chain with a local at its root replaced by what gives its value; [] where that is unknown."""
        root = parts[0].removesuffix("()")
        if root not in self.names:
            return parts
        kind = self.kinds.get(root, "")
        if not kind or root != parts[0]:
            return []
        start = kind.split(".")
        return [*start, *parts[1:]] if len(start) + len(parts) <= LONGEST else []
