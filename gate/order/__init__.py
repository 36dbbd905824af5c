"""Which streams land now, in which order and batches. Pure: candidates and constraints in, a `Plan` out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gate.model.finding import Constraint
    from gate.model.plan import Candidate, Held, Limits, Plan

__all__ = ["plan", "repair"]


def plan(
    candidates: Sequence[Candidate], constraints: Iterable[tuple[Constraint, str]], limits: Limits
) -> Plan:
    """Return the landing order of `candidates`; each constraint comes with the fingerprint of its finding.

    The streams that land break no `Apart`, are closed under `Before`, and weigh as much as possible: exactly
    where up to 20 streams hang together, by bounded search beyond, and never less than landing them as they
    finished or heaviest first. No batch holds two streams with `Before` or `Serial` between them, or more than
    `limits` allow; there are as few batches as possible: exactly up to 12 streams. Streams in a cycle of
    `Before` land together, in one batch, or not at all. The same input in any order gives the same plan.

    Constraints on streams that are no candidates count for nothing, and so does `Review`. `handoffs` is
    empty. Raises ValueError when two candidates have one name.
    """
    # Only when there is something to plan.
    from gate.order import planning

    return planning.plan(candidates, constraints, limits)


def repair(plan: Plan, lost: Mapping[str, Held], constraints: Iterable[tuple[Constraint, str]]) -> Plan:
    """Return the plan without the streams that turned out not to land, and without those that come after them.

    `lost` says how each is held, by name; names that `plan` does not land are passed over. Nothing else moves: the
    order of the other streams and their batches stay, emptied batches are dropped, and no held stream is let in.
    Handoffs are kept.
    """
    from gate.order import repairing

    return repairing.repair(plan, lost, constraints)
