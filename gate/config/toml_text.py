"""Values and comments as TOML writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_WIDTH = 80
"""Columns an array may take on one line."""


def quoted(text: str) -> str:
    """Return a TOML string, on one line."""
    return '"' + "".join(_SHORT.get(character) or _escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    # TOML forbids control characters; the bidirectional ones it allows would make the file lie to its reader
    if character.isprintable() or "\ud800" <= character <= "\udfff":
        return character
    point = ord(character)
    return f"\\u{point:04x}" if point <= 0xFFFF else f"\\U{point:08x}"


def name_of_key(name: str) -> str:
    """Return a key's name, in quotes where TOML wants them."""
    return name if _BARE.fullmatch(name) else quoted(name)


def array(texts: Collection[str]) -> str:
    """Return an array of strings, with a line for each where they are long."""
    strings = [quoted(text) for text in texts]
    if sum(map(len, strings)) + 2 * len(strings) <= _WIDTH:
        return f"[{', '.join(strings)}]"
    return "[\n" + "".join(f"    {string},\n" for string in strings) + "]"


def comment(lines: Iterable[str]) -> str:
    """Return comment lines, without control characters."""
    shown = ("".join(character if character.isprintable() else " " for character in line) for line in lines)
    return "".join(f"# {line}".rstrip() + "\n" for line in shown)
