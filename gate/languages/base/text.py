"""Which texts nobody wrote by hand as source, whatever their language."""

from __future__ import annotations

import re

_MARKERS = re.compile(rb"^(<{7} |>{7} )", re.MULTILINE)
_LONGEST_LINE = 20_000
"""Bytes. Hand-written lines stay far below; minified or generated files do not."""
_MOST_UNCLOSED = 40
"""`/*` that may follow the last `*/`: patterns of paths in strings look like that, too."""


def has_endless_comments(content: bytes) -> bool:
    """Return whether comments begin many times and never end; a parser would look for the end from each of them."""
    return content.count(b"/*", content.rfind(b"*/") + 1) > _MOST_UNCLOSED


def unreadable(content: bytes) -> str:
    """Return why a text is not read, in words that follow the path and a colon; "" when it is read."""
    if b"\0" in content:
        return "it holds null bytes"
    if _MARKERS.search(content):
        return "it holds conflict markers"
    if len(content) > _LONGEST_LINE and max(map(len, content.split(b"\n"))) > _LONGEST_LINE:
        return f"it has lines of more than {_LONGEST_LINE:,} characters"
    return ""
