"""What makes two definitions the same: their text without their names and layout."""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from gate.languages.base.treesitter import text

if TYPE_CHECKING:
    from tree_sitter import Node

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?<![:\"'])//[^\n]*", re.DOTALL)
_SPACE = re.compile(r"\s+|,(?=\s*[)\]}])|;")
_WORD = re.compile(r"[\w$]")


def digest(node: Node, name: str) -> str:
    """Return the digest of a definition's text, without its name where that first stands, comments and layout.

    Semicolons, trailing commas and the kind of quotes count as layout.
    """
    plain = _SPACE.sub("", _COMMENT.sub("", _without_name(text(node), name))).replace("'", '"')
    return blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _without_name(whole: str, name: str) -> str:
    """Return a text without the first place where a name stands as a word of its own."""
    start = whole.find(name) if name else -1
    while start >= 0:
        end = start + len(name)
        if not _WORD.match(whole[start - 1 : start]) and not _WORD.match(whole[end : end + 1]):
            return whole[:start] + whole[end:]
        start = whole.find(name, end)
    return whole
