"""What the planted collisions of all languages share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from names.planted import Plant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.demo.repository_builder import Content

Both = tuple[Mapping[str, "Content"], Mapping[str, "Content"]]
"""The second stream's files with the collision, and without."""


def forms(
    code: str,
    producer: Mapping[str, Content],
    names: Mapping[str, Both],
    renames: Mapping[str, str] | None = None,
) -> Iterator[Plant]:
    """One change, and the forms in which another stream collides with it."""
    for name, (breaks, fits) in names.items():
        yield Plant(code, name, producer, breaks, fits, renames or {})


def swapped(text: str, *swaps: tuple[str, str]) -> str:
    """A text with pieces of it replaced everywhere."""
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    return text
