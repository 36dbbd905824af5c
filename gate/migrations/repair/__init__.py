"""Repair of colliding migrations as a pure function: the graph and the files' bytes in, new bytes or a reason out.

Nothing is guessed: whatever is not certain from the text, or does not come out as expected once the graph has been
built again from the patched files, is refused with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.repair import folder_sums, proof, rewrite
from gate.migrations.repair.plan import make_plan
from gate.model.repairs import CannotRepair, NoRepair, Repair

if TYPE_CHECKING:
    from gate.migrations.repair.situation import Situation
    from gate.model.repairs import Rewrite

_SUM = "{path} is that of all that has landed by then: where git finds a conflict in it, this one is right"


def repair(situation: Situation) -> Repair | NoRepair:
    """Make the migrations a stream adds follow those of the target and of the streams that land before it."""
    stream = situation.delta.stream
    try:
        plan = make_plan(situation)
        rewrites: tuple[Rewrite, ...] = ()
        nodes = situation.added
        if plan:
            rewrites = rewrite.rewritten(situation, plan)
            nodes = proof.proved(situation, plan, rewrites)
        sums = tuple(folder_sums.rewritten(situation.summed, rewrites, situation.contents))
        steps = (*plan.steps, *(_SUM.format(path=rewrite.path) for rewrite in sums))
        return Repair(stream, (*rewrites, *sums), steps, nodes)
    except CannotRepair as reason:
        return NoRepair(stream, str(reason))
    except RecursionError:
        return NoRepair(stream, "one of its files is nested too deeply")
