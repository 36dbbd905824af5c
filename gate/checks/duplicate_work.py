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

    Why: both have the same patch (by git's patch id, which ignores line numbers and white space) as different commits,
        or both names stand for one commit. Landing both reviews, tests and counts one piece of work twice, and
        whichever changes it afterwards conflicts with the other.
    Example: agent/a and agent/b were both asked to fix one bug, and cherry-picked one fix.
    Resolve: land one, and drop the commit from the other (a rebase onto the target does so by itself).
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
        hint=_hint(twins),
        constraints=(Serial((first, second)),),
        evidence=tuple(
            Evidence("the same patch", f"{first}: commit {commits[0]}\n{second}: commit {commits[1]}")
            for commits in twins.commits[:3]
        ),
        identity=twins.paths,
    )


def _message(twins: DuplicateWork) -> str:
    if not twins.commits:
        return f"{twins.first} and {twins.second} are the same commit"
    if twins.whole:
        return f"{twins.first} and {twins.second} are the same work, as different commits"
    changes = "the same change" if len(twins.commits) == 1 else f"the same {len(twins.commits)} changes"
    return f"{twins.first} and {twins.second} carry {changes} as different commits"


def _hint(twins: DuplicateWork) -> str:
    if twins.whole:
        return f"close one of {twins.first} and {twins.second}"
    commits = "it" if len(twins.commits) == 1 else "them"
    return f"land one of them; rebasing the other onto the target drops {commits} there"
