"""What is no source text a person wrote, whatever its language."""

from __future__ import annotations

import re

_MARKERS = re.compile(rb"^(<{7} |>{7} )", re.MULTILINE)
_LONGEST_LINE = 20_000
"""Hand-written lines stay far below; minified or data files do not."""


_UNCLOSED = 40
"""`/*` that may follow the last `*/`: patterns of paths in strings look like that, too."""


def endless(content: bytes) -> bool:
    """Whether comments begin again and again and never end; a parser would look for the end from each of them."""
    return content.count(b"/*", content.rfind(b"*/") + 1) > _UNCLOSED


def unreadable(content: bytes) -> str:
    """Why this is not read, "" when it is."""
    if b"\0" in content:
        return "it holds null bytes"
    if _MARKERS.search(content):
        return "it holds conflict markers"
    if len(content) > _LONGEST_LINE and max(map(len, content.split(b"\n"))) > _LONGEST_LINE:
        return f"it has lines of more than {_LONGEST_LINE:,} characters"
    return ""
