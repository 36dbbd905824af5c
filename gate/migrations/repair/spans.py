"""Pieces of files that change: bytes from, bytes to, and the text that takes their place."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from gate.model.repairs import CannotRepair

if TYPE_CHECKING:
    from collections.abc import Mapping

Span = tuple[int, int, str]
Spans = defaultdict[str, set[Span]]
"""What changes in files, by path."""


def no_spans() -> Spans:
    """Return an empty set for every path."""
    return defaultdict(set)


def merge(spans: Spans, more: Mapping[str, set[Span]]) -> None:
    """Add what changes to `spans`."""
    for path, changes in more.items():
        spans[path] |= changes


def replaced(content: bytes, spans: set[Span]) -> bytes:
    """Return the content with these spans replaced.

    Raises:
        CannotRepair: two of them overlap.
    """
    ordered = sorted(spans)
    if any(span[1] > later[0] for span, later in pairwise(ordered)):
        raise CannotRepair("one constant would have to become two")
    for start, end, text in reversed(ordered):
        content = content[:start] + text.encode("ascii") + content[end:]
    return content
