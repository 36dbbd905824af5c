"""G212."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._uses import finding
from gate.model.check import Level, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Finding


@check("G212", "call-mismatch", Level.NAMES)
def call_mismatch(facts: Facts) -> Iterator[Finding]:
    """One stream adds a call that no longer fits the signature another changes.

    Why: the call raises a TypeError as soon as it runs, its coroutine is never awaited, or its result cannot be used
        so. Told only when the callee is surely known, the call fits where its stream lands alone, and it does not fit
        in the real merge; a method that is the only one of its name makes it `likely`. Calls that were there before
        are the other stream's own to fix.
    Example: agent/a gives `send` a required parameter `retries`; agent/b adds a call `send(message)`.
    Resolve: land the one that changes the signature, then bring the new call in line; or give the parameter a default.
    """
    for one in facts.names.broken_uses:
        if one.kind == "call":
            message = f"{one.consumer} calls `{one.name}`; in {one.producer} it {one.why}"
            hint = f"land {one.producer}, then bring the call in {one.use_place.path} in line with `{one.changed_name}`"
            yield finding("G212", "call-mismatch", facts.names, one, message, hint)
