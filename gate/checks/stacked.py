"""G221."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Before, Confidence, Finding, Severity
from gate.model.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts, Stack


@check("G221", "stacked", Level.DEPENDENCY)
def stacked(facts: Facts) -> Iterator[Finding]:
    """One stream is built on another's commits.

    Why: it carries the other's work; landed first it would land both, unreviewed as one. This asks for an order and
        blocks nothing. Streams that share only a part of their commits are reported without an order.
    Example: agent/b branched off agent/a instead of the target.
    Resolve: land the lower stream first; after a squash or rebase landing, rebase the upper stream onto the target.
    """
    for stack in facts.stacks:
        yield _finding(stack)


def _finding(stack: Stack) -> Finding:
    lower, upper = stack.lower, stack.upper
    commits = counted(stack.commits, "commit")
    return Finding(
        code="G221",
        name="stacked",
        kind="stacked" if stack.exact else "shared",
        severity=Severity.NOTE,
        confidence=Confidence.CERTAIN,
        message=f"{upper} is built on {lower} ({commits})"
        if stack.exact
        else f"{lower} and {upper} share {commits} that the target lacks, and both went on",
        branches=(lower, upper),
        hint=f"land {lower} first"
        if stack.exact
        else "whichever lands first brings the shared commits along",
        constraints=(Before(lower, upper),) if stack.exact else (),
    )
