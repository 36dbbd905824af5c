"""Repair of colliding migrations as a pure function: the graph and the files' bytes in, new bytes or a refusal out.

Nothing is guessed: whatever cannot be told from the text, or does not come out as expected once the graph has been
built again from the patched files, is refused with the reason.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate.migrations.repair import folder_sums, proof, rewrite
from gate.migrations.repair.plan import plan
from gate.model.repairs import CannotRepair, NoRepair, Repair

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gate.migrations.repair.folder_sums import SummedFolder
    from gate.model.migrations import Delta, Key, Node, Store
    from gate.model.repairs import Rewrite

_SUM = "{path} is that of all that has landed by then: where git finds a conflict in it, this one is right"


def repair(
    stores: Sequence[Store],
    target: Sequence[Node],
    before: Sequence[Delta],
    delta: Delta,
    contents: Mapping[str, bytes],
    *,
    keep_names: bool = False,
    published: Collection[str] = (),
    shared: Collection[tuple[Key, str]] = (),
    new: Collection[str] = (),
    summed: Sequence[SummedFolder] = (),
    out_of_order: bool = True,
) -> Repair | NoRepair:
    """Make the migrations a stream adds follow those of the target and of the streams that land `before` it.

    `contents` has the stream's files as they are at its tip: its migrations, what else it changes, and head files.
    `published` are paths of its migrations that others may have run already; those are merged, never re-parented.
    `shared` are migrations, with their blobs, that streams before it have at their tips: what is stacked on them leaves
    them to those. `new` are paths of `contents` that the target lacks, `summed` the folders with a sum that
    the stream adds to. A version of an ordered store that is merely late, and that the tool runs, is raised only where
    `out_of_order`.
    """
    own = tuple(node for node in delta.added if (node.key, node.blob) not in shared)
    delta = replace(delta, added=own)
    try:
        moves = plan(
            stores, target, before, delta,
            keep_names=keep_names, published=published, out_of_order=out_of_order,
        )  # fmt: skip
        rewrites: tuple[Rewrite, ...] = ()
        nodes = delta.added
        if moves:
            rewrites = rewrite.rewritten(stores, delta.added, moves, contents, new)
            nodes = proof.proved(stores, target, before, delta, moves, rewrites)
        hashed = tuple(folder_sums.rewritten(summed, rewrites, contents))
        steps = (*moves.steps, *(_SUM.format(path=one.path) for one in hashed))
        return Repair(delta.stream, (*rewrites, *hashed), steps, nodes)
    except CannotRepair as refused:
        return NoRepair(delta.stream, str(refused))
    except RecursionError:
        return NoRepair(delta.stream, "one of its files is nested too deeply")
