"""G212."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._sides import rebase_and, since
from gate.checks._uses import broken_uses, site, use_finding
from gate.model.check import Level, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Finding


@check("G212", "call-mismatch", Level.NAMES)
def call_mismatch(facts: Facts) -> Iterator[Finding]:
    """One stream adds a call that no longer fits the signature another changes.

    Why: the call raises a TypeError as soon as it runs, its coroutine is never awaited, or its result cannot be used
        as the call uses it. Reported only when the callee is surely known, the call fits where its stream lands alone,
        and it does not fit in the real merge; a method that is the only one of its name makes it `likely`. Calls that
        the target has already are for the stream that changes the signature to fix.
    Example: agent/a gives `send` a required parameter `retries`; agent/b adds a call `send(message)`.
    Resolve: land the stream that changes the signature, then change the new call; or give the parameter a default.
    """
    for names, use in broken_uses(facts):
        if use.kind == "call":
            where = f"in {use.producer}{', since the merge base,' if use.producer == names.target else ''}"
            message = f"{since(names, use.consumer)} calls `{use.name}`; {where} it {use.why}"
            begin = rebase_and(names, use.producer, use.consumer)
            hint = f"{begin} change the call in {site(use)} to fit `{use.changed_name}`"
            yield use_finding("G212", "call-mismatch", facts, names, use, message, hint)
