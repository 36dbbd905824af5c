"""Puts text into Markdown so that it stays text: no link, image, HTML or mention, no broken table or fence.

`prose` writes what is special as character references, which mean the same in a paragraph, a table, a
heading and a block of HTML; so a template cannot put a value where it is unsafe. What is escaped is `Safe`.
Everything else a template prints becomes `prose`, and any operation on a `Safe` gives an ordinary text,
which is then escaped again: the mistake that can be made is the one that shows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.report.text import block, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

# What the forges turn into links and notices after rendering, when references have become characters again:
# mentions and addresses, issue and merge request numbers, URLs. A zero-width space keeps the text and breaks
# the pattern. The number of a list is here because a reference to its dot would be one more thing to read.
_LINKED = r"(?P<linked>@|[#!%](?=\d)|\bgh-(?=\d)|:(?=//)|\bwww(?=\.)|^\d+(?=[.)](?:\s|$)))"

# What Markdown and HTML give a meaning to, wherever it stands or at the start of a line. An underscore
# within a word has none.
_SPECIAL = r"[&<>|`*~$\[\]\\]|(?<![^\W_])_|_(?![^\W_])|^[#+=-]"
_MEANT = re.compile(f"{_LINKED}|{_SPECIAL}", re.IGNORECASE)


class Safe(str):
    """Markdown that means what it shows."""

    __slots__ = ()


def prose(text: str) -> Safe:
    """The text between other words."""
    return Safe(_MEANT.sub(_reference, visible(text).strip()))


def code(text: str) -> Safe:
    """The text as code within a line. A name is not read as a mention there."""
    line = visible(text)
    if not line.strip() or "|" in line:
        return Safe(f"<code>{prose(line)}</code>")
    ticks = "`" * (_longest_run(line) + 1)
    pad = " " if line[0] in "` " or line[-1] in "` " else ""
    return Safe(f"{ticks}{pad}{line}{pad}{ticks}")


def codes(texts: Iterable[str], between: str = ", ") -> Safe:
    """Return each text as code."""
    return Safe(between.join(code(text) for text in texts))


def fence(text: str, lines: int) -> Safe:
    """The text as a block of code of at most so many lines, fenced by more backticks than it has in a row."""
    every = block(text).removesuffix("\n").split("\n")
    kept = every if len(every) <= lines + 1 else every[:lines]
    left_out = len(every) - len(kept)
    body = "\n".join(kept)
    ticks = "`" * max(3, _longest_run(body) + 1)
    more = f"\n\n<sub>and {left_out:,} more lines</sub>" if left_out else ""
    return Safe(f"{ticks}\n{body}\n{ticks}{more}")


def printed(value: object) -> Safe:
    """Return the text of a value as a template prints it.

    Raises:
        TypeError: it is neither text nor a number.
    """
    if isinstance(value, Safe):
        return value
    if isinstance(value, str | int):
        return prose(str(value))
    raise TypeError(f"a template printed a {type(value).__name__}")


def _longest_run(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _reference(match: re.Match[str]) -> str:
    return f"{match[0]}&#8203;" if match["linked"] else f"&#{ord(match[0])};"
