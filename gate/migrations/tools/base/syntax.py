"""Constants in the syntax tree of a Python migration, and their bytes."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.model.migrations import Mark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.model.migrations import Role

_BOM = b"\xef\xbb\xbf"
_MARKERS = re.compile(rb"^(<{7}|>{7}) ", re.MULTILINE)
_CODING = re.compile(rb"\A[^\n]*(?:\n[^\n]*)?coding[:=][ \t]*([-\w.]+)")
_UTF_8 = (b"utf-8", b"utf8", b"ascii", b"us-ascii")


class Computed(Exception):
    """A value is made at run time. Its text says which, in words that follow "it computes"."""


def in_conflict(content: bytes) -> bool:
    """Return whether conflict markers were committed with the text."""
    return _MARKERS.search(content) is not None


def parsed(content: bytes) -> ast.Module | None:
    """Return the syntax tree, None when there is none: no Python 3, null bytes, nested too deeply."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(content)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


@dataclass(frozen=True, slots=True)
class SourceText:
    """A blob that was parsed from its first byte on, and where its lines start."""

    content: bytes
    starts: tuple[int, ...]
    encoding: str = "utf-8"
    """The encoding that its first lines declare; the tree's columns are bytes of UTF-8 in any case."""

    @classmethod
    def of(cls, content: bytes) -> SourceText:
        """Return the text with its lines."""
        coding = _CODING.search(content[:400])
        plain = coding is None or coding[1].lower() in _UTF_8
        breaks = re.finditer(rb"\r\n|\r|\n", content)
        starts = (0, *(match.end() for match in breaks))
        return cls(content, starts, "utf-8" if plain or coding is None else coding[1].decode("ascii"))

    def mark(self, role: Role, node: ast.Constant, app: str = "") -> Mark:
        """Return a string constant as a mark; without a span when its bytes are not those of one plain literal."""
        text = str(node.value)
        try:
            start, end = (
                self._at(node.lineno, node.col_offset),
                self._at(node.end_lineno, node.end_col_offset),
            )
            start += self.content[start : start + 1] in (b"u", b"U")
            plain = text.encode(self.encoding) == self.content[start + 1 : end - 1]
        except (LookupError, UnicodeError):
            plain = False
        return Mark(role, text, node.lineno, *((start, end) if plain else (-1, -1)), app)

    def _at(self, line: int | None, column: int | None) -> int:
        """Return the byte of the blob at a line, from 1, and a column of the tree."""
        start = self.starts[(line or 1) - 1]
        if self.encoding != "utf-8":
            before = self.content[start : start + (column or 0)].decode(self.encoding)
            return start + len(before.encode()[: column or 0].decode().encode(self.encoding))
        start += column or 0
        return start + len(_BOM) if line == 1 and self.content.startswith(_BOM) else start


Assignments = dict[str, ast.expr]
"""What is assigned at the top of a module or class, the last value of each name."""


def assigned(body: Sequence[ast.stmt]) -> Assignments:
    """Return the names that plain statements bind, with their values."""
    values: Assignments = {}
    for statement in body:
        match statement:
            case ast.Assign(targets=targets, value=value):
                values.update((target.id, value) for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                values[name] = value
    return values


def _looked_up(value: ast.expr, names: Assignments) -> ast.expr:
    """Return what a name bound beside it stands for; names that only lead to one another end somewhere."""
    for _ in range(8):
        if not isinstance(value, ast.Name) or value.id not in names:
            break
        value = names[value.id]
    return value


def constant(value: ast.expr, names: Assignments) -> ast.Constant:
    """Return the string or None that an expression is, looked up where it is a name bound beside it.

    Raises:
        Computed: it is something else.
    """
    value = _looked_up(value, names)
    if isinstance(value, ast.Constant) and (value.value is None or isinstance(value.value, str)):
        return value
    raise Computed


def items(value: ast.expr, names: Assignments) -> Iterator[ast.expr]:
    """Yield the members of a tuple, list or set, also of sums of lists; a lone value is its own member.

    Raises:
        Computed: it is something else.
    """
    value = _looked_up(value, names)
    if isinstance(value, ast.Tuple | ast.List | ast.Set):
        for item in value.elts:
            if isinstance(item, ast.Starred):
                yield from items(item.value, names)
            else:
                yield item
    elif isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        yield from items(value.left, names)
        yield from items(value.right, names)
    elif isinstance(value, ast.Constant):
        yield value
    else:
        raise Computed
