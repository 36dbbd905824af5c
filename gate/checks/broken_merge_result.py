"""G223."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts


@check("G223", "broken-merge-result", Level.NAMES, preview=True)
def broken_merge_result(facts: Facts) -> Iterator[Finding]:
    """A file both change merges cleanly as text and cannot be read any more.

    Why: git merges lines, not syntax: an `if` can lose its last statement to one side and its header's indentation to
        the other. Told only when both versions parse and the real merge of them does not.
    Example: agent/a wraps a block in `try:`; agent/b empties the block.
    Resolve: land one, then merge it into the other by hand and run the file's tests.
    """
    for one in facts.names.texts:
        pair = (one.first, one.second)
        yield Finding(
            code="G223",
            name="broken-merge-result",
            severity=Severity.ERROR,
            confidence=Confidence.CERTAIN,
            message=f"{one.path} merges cleanly from {one.first} and {one.second}, but then {one.why}",
            branches=pair,
            locations=tuple(Location(branch, one.path) for branch in pair),
            hint=f"land one, then merge {one.path} by hand on the other",
            constraints=(Apart(pair),),
            identity=(one.path,),
        )
