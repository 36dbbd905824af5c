"""G005."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Confidence, Evidence, Finding, Location, Serial, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import DuplicateWork, Facts


@check("G005", "duplicate-work", Level.TEXT)
def duplicate_work(facts: Facts) -> Iterator[Finding]:
    """Two streams carry the same change.

    Why: the same patch (git's patch id, which ignores line numbers and white space) stands on both as different
        commits, or both names stand for one commit. Landing both reviews, tests and counts one piece of work twice, and
        whichever changes it afterwards conflicts with the other.
    Example: agent/a and agent/b were both asked to fix one bug, and cherry-picked one fix.
    Resolve: land one, and drop the commit from the other (a rebase onto the target does it by itself).
    """
    for twins in facts.duplicates:
        yield _finding(twins)


def _finding(twins: DuplicateWork) -> Finding:
    first, second = twins.first, twins.second
    return Finding(
        code="G005",
        name="duplicate-work",
        kind="whole" if twins.whole else "part",
        severity=Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=_message(twins),
        branches=(first, second),
        locations=tuple(Location(branch, path) for path in twins.paths for branch in (first, second)),
        hint=f"close one of {first} and {second}"
        if twins.whole
        else f"land one first; `git rebase` then drops {'it' if len(twins.commits) == 1 else 'them'} from the other",
        constraints=(Serial((first, second)),),
        evidence=tuple(
            Evidence("the same patch", f"{first}: commit {one}\n{second}: commit {other}")
            for one, other in twins.commits[:3]
        ),
        identity=twins.paths,
    )


def _message(twins: DuplicateWork) -> str:
    if not twins.commits:
        return f"{twins.first} and {twins.second} are the same commit"
    if twins.whole:
        return f"{twins.first} and {twins.second} are the same work, as different commits"
    carried = "the same change" if len(twins.commits) == 1 else f"the same {len(twins.commits)} changes"
    return f"{twins.first} and {twins.second} carry {carried} as different commits"
