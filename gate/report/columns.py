"""Lays text out in the columns of a terminal: wrapped, aligned, coloured."""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

WIDEST = 40
"""Columns of a table's column; a longer cell has lines of its own."""
NARROWEST = 8
"""Columns that a column of a table keeps where there is little room."""
LAST = 20
"""Columns that are kept for the last column of a table, which wraps."""
GAP = "  "


def cells(text: str) -> int:
    """Columns of a terminal the text takes: two for a wide Asian character, none for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(one) else 2 if unicodedata.east_asian_width(one) in "WF" else 1
        for one in text
    )


def cut(text: str, width: int) -> str:
    """The text, its end replaced by `...` where it does not fit."""
    if cells(text) <= width:
        return text
    taken = 0
    for at, one in enumerate(text):
        taken += cells(one)
        if taken > width - 3:
            return f"{text[:at]}..."
    return text


def wrap(text: str, width: int) -> list[str]:
    """The words on lines of at most `width`; a longer word has its own line, so that it can be copied."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def paragraph(text: str, width: int, indent: str) -> Iterator[str]:
    """The text wrapped behind an indent."""
    return (indent + line for line in wrap(text, width - len(indent)))


def fold(text: str, width: int) -> list[str]:
    """The text in pieces of at most `width`, broken after a mark that ends a part of a name where there is one."""
    pieces = []
    while cells(text) > width:
        end = (
            len(text)
            if text.isascii()
            else next(at for at in range(len(text)) if cells(text[: at + 1]) > width)
        )
        end = max(min(end, width), 1)
        marks = [text.rfind(mark, end // 2, end) + 1 for mark in "/_-. "]
        end = max(marks) or end
        pieces.append(text[:end])
        text = text[end:]
    return [*pieces, text]


def table(rows: Sequence[Sequence[str]], width: int, indent: str = GAP) -> Iterator[str]:
    """Rows of aligned cells, the last of which wraps."""
    columns = [max(map(cells, column)) for column in zip_longest(*rows, fillvalue="")]
    sizes = _fitting([min(size, WIDEST) for size in columns[:-1]], width - len(indent) - LAST)
    for row in rows:
        yield from _row(row, sizes, width, indent)


def _fitting(sizes: list[int], width: int) -> list[int]:
    """The sizes of columns, the widest narrowed until all fit."""
    while sum(sizes) + len(GAP) * len(sizes) > width and max(sizes, default=0) > NARROWEST:
        sizes[sizes.index(max(sizes))] -= 1
    return sizes


def _row(row: Sequence[str], sizes: Sequence[int], width: int, indent: str) -> Iterator[str]:
    line, column = indent, len(indent)
    for cell, size in zip(row, sizes, strict=False):
        start, column = column, column + size + len(GAP)
        pieces = fold(cell, max(width - start, NARROWEST))
        yield from (
            line + pieces[0] if at == 0 else " " * start + piece for at, piece in enumerate(pieces[:-1])
        )
        line = (line if len(pieces) == 1 else " " * start) + pieces[-1]
        if cells(pieces[-1]) > size:
            yield line
            line = ""
        line += " " * (column - cells(line))
    room = max(width - column, NARROWEST)
    first, *rest = (piece for words in wrap(row[-1], room) for piece in fold(words, room))
    yield (line + first).rstrip()
    yield from (" " * column + more for more in rest)


class Paint:
    """Colours for a terminal, or none. Styles are named by what they mean."""

    _CODES = {  # noqa: RUF012 (a constant)
        "error": "31;1",
        "block": "31;1",
        "unknown": "35;1",
        "warning": "33;1",
        "review": "33;1",
        "note": "36",
        "pass": "32;1",
        "strong": "1",
        "faint": "2",
    }

    def __init__(self, color: bool) -> None:
        self._color = color

    def __call__(self, text: str, style: str) -> str:
        """The text in a style. Leading blanks stay unpainted."""
        bare = text.lstrip(" ")
        if not self._color or not bare:
            return text
        return f"{text[: len(text) - len(bare)]}\x1b[{self._CODES[style]}m{bare}\x1b[0m"
