"""Turns text that others wrote into text that may be shown.

Branch names, paths, messages and file contents are hostile: a terminal escape rewrites the screen, a
bidirectional mark swaps what a reader sees, ten thousand characters push everything else off it. Nothing is
dropped silently: what cannot be shown stands as `\\xHH` or `<U+HHHH>`, and what is left out is counted.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gate.model.report import Report

LONGEST = 400
"""Characters of one value that are shown."""

_SURROGATE = re.compile("[\ud800-\udfff]")

# Whatever steers a terminal, or is there and cannot be seen: the controls C0 and C1, line and paragraph
# separators, and Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties.txt) but for the variation
# selectors of emoji.
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# What the logs of build servers take for a command: `::name` where a line may begin (GitHub), `##[name` and
# `##vso[` anywhere in it (GitHub, Azure, TeamCity).
_COMMAND = re.compile(r"(?<!\S):(?=:[A-Za-z])|#(?=#\w*\[)")
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def valid(text: str) -> str:
    """The text as valid Unicode: a byte that `surrogateescape` kept becomes `\\xHH`."""
    return text if text.isascii() else _SURROGATE.sub(_escaped_byte, text)


def visible(text: str) -> str:
    """The text as one line, with nothing in it that steers a terminal or cannot be seen."""
    if not (text.isascii() and text.isprintable()):
        text = UNSEEN.sub(_escaped, valid(text))
    return _COMMAND.sub(_escaped, text) if "::" in text or "##" in text else text


def clean(text: str, longest: int = LONGEST) -> str:
    """The text made visible, and its middle left out where it is longer than that."""
    return shorten(visible(text), longest)


def block(text: str, longest: int = LONGEST) -> str:
    """The text with its lines and tabs kept, and what is between them made clean."""
    lines = (line.split("\t") for line in text.split("\n"))
    return "\n".join("\t".join(clean(part, longest) for part in parts) for parts in lines)


def shorten(text: str, longest: int) -> str:
    """The text, or its two ends and how many characters lie between; never longer than `longest`."""
    if len(text) <= longest:
        return text
    marker = f"[{len(text) - longest + 20:,} more]"
    kept = longest - len(marker)
    tail = kept // 3
    return f"{text[: kept - tail]}[{len(text) - kept:,} more]{text[len(text) - tail :]}"


def shown(report: Report) -> Report:
    """The report with every text in it made fit to be shown. Renderers for people start from this."""
    import msgspec  # an error's one line needs neither

    from gate.model.report import Report

    return msgspec.convert(_shown(msgspec.to_builtins(report)), Report)


def _shown(value: Any) -> Any:
    """A report as plain values, every text made fit; only a piece of evidence (`text`) has several lines."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_shown(item) for item in value]
    if isinstance(value, dict):
        return {key: block(item) if key == "text" else _shown(item) for key, item in value.items()}
    return value


def _escaped_byte(match: re.Match[str]) -> str:
    point = ord(match[0])
    return f"\\x{point - 0xDC00:02x}" if 0xDC80 <= point <= 0xDCFF else f"\\u{point:04x}"


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    point = ord(character)
    return _NAMED.get(character) or (f"\\x{point:02x}" if point < 0xA0 else f"<U+{point:04X}>")
