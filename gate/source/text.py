"""What is no source text a person wrote, whatever its language."""

from __future__ import annotations

import re

_MARKERS = re.compile(rb"^(<{7} |>{7} )", re.MULTILINE)
_LONGEST_LINE = 20_000
"""Hand-written lines stay far below; minified or data files do not."""


def unreadable(content: bytes) -> str:
    """Why this is not read, "" when it is."""
    if b"\0" in content:
        return "it holds null bytes"
    if _MARKERS.search(content):
        return "it holds conflict markers"
    if len(content) > _LONGEST_LINE and max(map(len, content.split(b"\n"))) > _LONGEST_LINE:
        return f"it has lines of more than {_LONGEST_LINE:,} characters"
    return ""
