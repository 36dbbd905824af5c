"""Lays text out in the columns of a terminal: wrapped, aligned, coloured."""

from __future__ import annotations

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
    """Return the columns of a terminal the text takes: two for a wide Asian character, none for a combining mark."""
    if text.isascii():
        return len(text)
    # Loaded here: its tables are of no use to text in ASCII.
    from wcwidth import wcswidth, wcwidth

    width = wcswidth(text)
    return width if width >= 0 else sum(max(wcwidth(character), 0) for character in text)


def cut(text: str, width: int) -> str:
    """Return the text, its end replaced by `...` where it does not fit."""
    if cells(text) <= width:
        return text
    taken = 0
    for at, character in enumerate(text):
        taken += cells(character)
        if taken > width - 3:
            return f"{text[:at]}..."
    return text


def wrap(text: str, width: int) -> list[str]:
    """Return the words on lines of at most `width` columns; a longer word has a line to itself."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def paragraph(text: str, width: int, indent: str) -> Iterator[str]:
    """Return the text wrapped behind an indent."""
    return (indent + line for line in wrap(text, width - len(indent)))


def fold(text: str, width: int) -> list[str]:
    """Return the text in pieces of at most `width` columns, broken after a mark of punctuation where there is one."""
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
    """Yield the lines of aligned rows; the last cell of a row wraps."""
    columns = [max(map(cells, column)) for column in zip_longest(*rows, fillvalue="")]
    sizes = _fitting([min(size, WIDEST) for size in columns[:-1]], width - len(indent) - LAST)
    for row in rows:
        yield from _row(row, sizes, width, indent)


def _fitting(sizes: list[int], width: int) -> list[int]:
    """Return the sizes of columns, the widest narrowed until all fit."""
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
    first, *others = (piece for words in wrap(row[-1], room) for piece in fold(words, room))
    yield (line + first).rstrip()
    yield from (" " * column + more for more in others)


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
        """Return the text in a style. Leading blanks stay unpainted."""
        bare = text.lstrip(" ")
        if not self._color or not bare:
            return text
        return f"{text[: len(text) - len(bare)]}\x1b[{self._CODES[style]}m{bare}\x1b[0m"
