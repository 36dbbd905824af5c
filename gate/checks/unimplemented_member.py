"""G215."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._uses import finding
from gate.model.check import Level, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Finding


@check("G215", "unimplemented-member", Level.NAMES)
def unimplemented_member(facts: Facts) -> Iterator[Finding]:
    """One stream leaves a member to subclasses, another adds one without it; or an override no longer fits its base.

    Why: Python refuses to make an instance of a class that lacks an abstract member, TypeScript to compile it. A method
        that takes less than the one it overrides fails in the calls that the base makes of it: that is `likely`. Told
        only of classes and methods the stream itself adds or changes, whose bases are all of the repository.
    Example: agent/a adds the abstract method `close` to `Store`; agent/b adds `class Files(Store)`, which has none.
    Resolve: land the one that changes the base, then implement the member, or bring the override in line.
    """
    for one in facts.names.broken_uses:
        path = one.use_place.path
        if one.kind == "unimplemented":
            left = f"{one.producer} leaves `{one.changed_name}` to it"
            message = f"{one.consumer} adds `{one.name}`, which {one.why}; {left}"
            hint = f"land {one.producer}, then implement `{one.changed_name.rpartition('.')[2]}` in {path}"
            yield finding("G215", "unimplemented-member", facts.names, one, message, hint)
        elif one.kind == "override":
            changed = f"{one.producer} changes `{one.changed_name}`, which it overrides"
            message = f"{one.consumer}'s `{one.name}` {one.why}; {changed}"
            hint = f"land {one.producer}, then bring `{one.name}` in {path} in line with `{one.changed_name}`"
            yield finding("G215", "unimplemented-member", facts.names, one, message, hint)
