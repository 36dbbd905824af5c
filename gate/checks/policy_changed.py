"""G001."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Confidence, Finding, Location, Review, Severity
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts

_WHAT = {
    "policy": "the gate's policy",
    "owners": "the owners file",
    "workflow": "a workflow that runs the gate",
    "hooks": "a hook that runs the gate",
    "templates": "the templates of the gate's reports",
}


@check("G001", "policy-changed", Level.TRUST)
def policy_changed(facts: Facts) -> Iterator[Finding]:
    """A stream changes the policy, the gate's workflow or hooks, or the owners file.

    Why: whoever may change the rules can let anything pass. Such a change counts only once it is on the target, so it
        never weakens the judgement of the stream that brings it; but once it has landed it decides for every stream.
    Example: agent/a removes an exception from `gate.toml` and edits the file that the exception guarded.
    Resolve: have the owner of the policy review it, best on a stream that does nothing else.
    """
    changes = sorted(facts.protected, key=lambda change: (change.branch, change.what, change.path))
    for (branch, what), group in groupby(changes, key=lambda change: (change.branch, change.what)):
        yield _finding(facts, branch, what, [change.path for change in group])


def _finding(facts: Facts, branch: str, what: str, paths: list[str]) -> Finding:
    owners = {
        route.owner
        for routed in facts.stream(branch).changes
        for path, route in routed.routes
        if path in paths and route.owner
    }
    by = (facts.policy.owner,) if facts.policy.owner else tuple(sorted(owners))
    return Finding(
        code="G001",
        name="policy-changed",
        kind=what,
        severity=Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=f"{branch} changes {_WHAT[what]}: {series(paths)}",
        branches=(branch,),
        locations=tuple(Location(branch, path) for path in paths),
        hint=f"{series(by) or 'a person with the right to change it'} must review it, best on a stream of its own",
        constraints=(Review(branch, by),),
        identity=tuple(paths),
    )
