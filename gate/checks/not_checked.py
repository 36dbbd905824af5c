"""G002."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.facts import untried_merges
from gate.model.finding import Confidence, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts


@check("G002", "not-checked", Level.TRUST)
def not_checked(facts: Facts) -> Iterator[Finding]:
    """Something that had to be checked was not, and why.

    Why: what was not checked is not clean. The verdict is unknown (exit 3) until it has been checked, unless something
        else blocks already.
    Example: agent/a shares no history with the target, so nobody can say what landing it would do.
    Resolve: remove the reason in the message (fetch what is missing, repair the repository) and run the gate again.
    """
    for gap in (*untried_merges(facts), *facts.not_checked):
        if not gap.required:
            continue
        yield Finding(
            code="G002",
            name="not-checked",
            severity=Severity.ERROR,
            confidence=Confidence.CERTAIN,
            message=f"{gap.what} was not checked: {gap.why}",
            branches=gap.branches,
            hint=gap.hint or _hint(gap.why),
            identity=(gap.what,),
        )


def _hint(why: str) -> str:
    if "no history" in why:
        return "fetch the missing history if the clone lacks it; else rebase the branch onto the target"
    return "remove the reason and run the gate again"
