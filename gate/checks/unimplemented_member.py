"""G215."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._sides import did, rebase_and, since
from gate.checks._uses import broken_uses, site, use_finding
from gate.model.check import Level, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Finding


@check("G215", "unimplemented-member", Level.NAMES)
def unimplemented_member(facts: Facts) -> Iterator[Finding]:
    """One stream leaves a member to subclasses, another adds one without it; or an override no longer fits its base.

    Why: Python refuses to make an instance of a class that lacks an abstract member, TypeScript to compile it. A method
        that takes less than the one it overrides fails in the calls that the base makes of it: that is `likely`.
        Reported only of classes and methods that the stream itself adds or changes, all of whose bases are in the
        repository.
    Example: agent/a adds the abstract method `close` to `Store`; agent/b adds `class Files(Store)`, which has none.
    Resolve: land the stream that changes the base, then implement the member, or change the override to fit the base.
    """
    for names, use in broken_uses(facts):
        begin = rebase_and(names, use.producer, use.consumer)
        consumer = since(names, use.consumer)
        if use.kind == "unimplemented":
            change = f"{did(names, use.producer, 'leaves')} `{use.changed_name}` to it"
            message = f"{consumer} adds `{use.name}`, which {use.why}; {change}"
            hint = f"{begin} implement `{use.changed_name.rpartition('.')[2]}` in {site(use)}"
            yield use_finding("G215", "unimplemented-member", facts, names, use, message, hint)
        elif use.kind == "override":
            change = f"{did(names, use.producer, 'changes')} `{use.changed_name}`, which it overrides"
            message = f"{consumer}'s `{use.name}` {use.why}; {change}"
            hint = f"{begin} change `{use.name}` in {site(use)} to fit `{use.changed_name}`"
            yield use_finding("G215", "unimplemented-member", facts, names, use, message, hint)
