"""The folded form of a path, in which spellings are equal that file systems or eyes do not tell apart."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MOST_PATHS = 1 << 17
_IGNORABLE_RANGES = (
    *(
        (0x00AD, 0x00AD),
        (0x034F, 0x034F),
        (0x061C, 0x061C),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
    ),
    *(
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
    ),
    *((0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
"""Code points that are not shown: Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt), which includes
what HFS+ ignores in file names (next_hfs_char() in git's utf8.c)."""
_DROPPED = {point: None for first, last in _IGNORABLE_RANGES for point in range(first, last + 1)}


@lru_cache(maxsize=_MOST_PATHS)
def fold(path: str) -> str:
    """Return the form in which two spellings are equal on file systems that do not tell them apart.

    Code points that are not shown are dropped, letter case and compatibility forms evened out (the compatibility
    caseless match of Unicode, D146, composed); dots and spaces at the end of a segment, which Windows drops,
    are cut.
    """
    return "/".join(without_tail(spelling(segment)) or segment for segment in path.split("/"))


def without_tail(segment: str) -> str:
    """Return a segment without the dots and spaces at its end, unless it has nothing else."""
    return segment.rstrip(" .") or segment


def spelling(text: str) -> str:
    """Return a text without code points that are not shown, with letter case and compatibility forms evened out."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFD", text.translate(_DROPPED)).casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
