"""Names of migrations that are moved: the next number, and the words they had."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gate.model.migrations import Key, Node

_NUMBERED = re.compile(r"(?P<number>\d{1,8})(?P<words>_.*|)", re.DOTALL)
_SQUASHED = re.compile(r"\d+_squashed_(?P<number>\d{1,8})")
"""Django reads the second number of a squash (`Migration.parse_number`)."""
_SEQUENCE = 5
"""An Alembic id of more digits is a date or made up."""


def numbered(node: Node, above: Iterable[Key], taken: Collection[str], *, clashing: bool) -> str:
    """The name a migration gets after `above`: that of the highest number there, plus one, if names are numbered.

    People do the same: in 1,391 of 1,394 re-parented Django migrations that were renamed.
    """
    found = _NUMBERED.fullmatch(node.id)
    numbers = [number for key in above if (number := _number(key.id)) is not None]
    if found is None or not numbers or not (node.system == "django" or _in_sequence(node)):
        return _other(node, taken) if clashing else node.id
    number, width = max(numbers) + 1, len(found["number"])
    while (new := f"{number:0{width}}{found['words']}") in taken and new != node.id:
        number += 1
    return _other(node, taken) if clashing and new == node.id else new


def _number(name: str) -> int | None:
    found = _SQUASHED.match(name) or _NUMBERED.fullmatch(name)
    return int(found["number"]) if found else None


def _in_sequence(node: Node) -> bool:
    """Whether an Alembic id counts on from its parent's, as a few projects write them."""
    parents = [_NUMBERED.fullmatch(key.id) for key in node.own_parents]
    own = _NUMBERED.fullmatch(node.id)
    assert own is not None
    return len(own["number"]) <= _SEQUENCE and any(
        one and len(one["number"]) == len(own["number"]) and int(one["number"]) + 1 == int(own["number"])
        for one in parents
    )


def _other(node: Node, taken: Collection[str]) -> str:
    """A name of its own: for Alembic an id of the usual form, made of what the migration is."""
    if node.system == "django":
        count = 2
        while f"{node.id}_{count}" in taken:
            count += 1
        return f"{node.id}_{count}"
    return hashlib.sha256(f"{node.id} {node.path} {node.blob}".encode("utf-8", "replace")).hexdigest()[:12]
