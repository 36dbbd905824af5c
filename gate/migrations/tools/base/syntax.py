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
    """Whether conflict markers were committed with the text."""
    return _MARKERS.search(content) is not None


def parsed(content: bytes) -> ast.Module | None:
    """The syntax tree, None when there is none: no Python 3, null bytes, nested too deeply."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(content)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


@dataclass(frozen=True, slots=True)
class Text:
    """A blob that was parsed from its first byte on, and where its lines start."""

    content: bytes
    starts: tuple[int, ...]
    encoding: str = "utf-8"
    """What its first lines declare; the tree's columns are bytes of UTF-8, whatever that is."""

    @classmethod
    def of(cls, content: bytes) -> Text:
        """The text with its lines."""
        coding = _CODING.search(content[:400])
        plain = coding is None or coding[1].lower() in _UTF_8
        breaks = re.finditer(rb"\r\n|\r|\n", content)
        starts = (0, *(one.end() for one in breaks))
        return cls(content, starts, "utf-8" if plain or coding is None else coding[1].decode("ascii"))

    def mark(self, role: Role, node: ast.Constant, app: str = "") -> Mark:
        """A string constant as a mark; without a span when its bytes are not those of one plain literal."""
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
        start = self.starts[(line or 1) - 1]
        if self.encoding != "utf-8":
            before = self.content[start : start + (column or 0)].decode(self.encoding)
            return start + len(before.encode()[: column or 0].decode().encode(self.encoding))
        start += column or 0
        return start + len(_BOM) if line == 1 and self.content.startswith(_BOM) else start


Names = dict[str, ast.expr]
"""What is assigned at the top of a module or class, the last one of each name."""


def assigned(body: Sequence[ast.stmt]) -> Names:
    """The names that plain statements bind, with their values."""
    found: Names = {}
    for statement in body:
        match statement:
            case ast.Assign(targets=targets, value=value):
                found.update((one.id, value) for one in targets if isinstance(one, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                found[name] = value
    return found


def _meant(value: ast.expr, names: Names) -> ast.expr:
    """What a name bound beside it stands for; names that only lead to one another are not gone through for ever."""
    for _ in range(8):
        if not isinstance(value, ast.Name) or value.id not in names:
            break
        value = names[value.id]
    return value


def constant(value: ast.expr, names: Names) -> ast.Constant:
    """The string or None that an expression is, looked up where it is a name bound beside it.

    Raises:
        Computed: it is something else.
    """
    value = _meant(value, names)
    if isinstance(value, ast.Constant) and (value.value is None or isinstance(value.value, str)):
        return value
    raise Computed


def items(value: ast.expr, names: Names) -> Iterator[ast.expr]:
    """The members of a tuple, list or set; a lone value is its own. Sums of lists are gone through.

    Raises:
        Computed: it is something else.
    """
    value = _meant(value, names)
    if isinstance(value, ast.Tuple | ast.List | ast.Set):
        for one in value.elts:
            if isinstance(one, ast.Starred):
                yield from items(one.value, names)
            else:
                yield one
    elif isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        yield from items(value.left, names)
        yield from items(value.right, names)
    elif isinstance(value, ast.Constant):
        yield value
    else:
        raise Computed
