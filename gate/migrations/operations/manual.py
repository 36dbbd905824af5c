"""Clashes that no rewriting of names resolves: somebody has to read both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.operations import wording
from gate.model.repairs import NoRepair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from gate.model.operations import Clash


def by_hand(stream: str, before: Collection[str], clashes: Iterable[Clash]) -> NoRepair | None:
    """Return why a stream cannot simply follow those `before` it: the first hard clash, or an unknown on one table.

    Unknown operations that name no table are in too many migrations to refuse for; the finding says so beside.
    """
    between = [clash for clash in clashes if _is_between(clash, stream, before)]
    hard = (clash for clash in between if clash.weight == "hard")
    unknown = (clash for clash in between if clash.weight == "unknown" and clash.table)
    clash = next(hard, None) or next(unknown, None)
    if clash is None:
        return None
    steps = (clash.first, clash.second)
    places = " and ".join(wording.place(step) for step in steps)
    excerpts = tuple((f"{step.stream}: {wording.place(step)}", step.operation.text) for step in steps)
    return NoRepair(stream, f"{wording.sentence(clash)} ({places}): resolve that by hand", excerpts)


def _is_between(clash: Clash, stream: str, before: Collection[str]) -> bool:
    first, second = clash.first.stream, clash.second.stream
    return (first == stream and second in before) or (second == stream and first in before)
