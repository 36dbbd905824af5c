"""Clashes that no rewriting of names settles: somebody has to read both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.operations import wording
from gate.model.repairs import NoRepair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gate.model.operations import Clash


def by_hand(stream: str, before: Collection[str], clashes: Iterable[Clash]) -> NoRepair | None:
    """Why a stream cannot simply follow those `before` it: the first hard clash, or what is unknown on one table.

    Unknown operations that name no table are in too many migrations to refuse for; the finding says so beside.
    """
    met = [one for one in clashes if _is_between(one, stream, before)]
    found = next((one for one in met if one.weight == "hard"), None) or next(
        (one for one in met if one.weight == "unknown" and one.table), None
    )
    if found is None:
        return None
    both = (found.first, found.second)
    places = " and ".join(wording.place(step) for step in both)
    shown = tuple((f"{step.stream}: {wording.place(step)}", step.operation.text) for step in both)
    return NoRepair(stream, f"{wording.said(found)} ({places}): settle that by hand", shown)


def _is_between(one: Clash, stream: str, before: Collection[str]) -> bool:
    first, second = one.first.stream, one.second.stream
    return (first == stream and second in before) or (second == stream and first in before)
