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

    Why: what was not looked at is not clean. The verdict is unknown (exit 3) until it has been looked at, unless
        something else blocks already.
    Example: agent/a shares no history with the target, so nobody can say what landing it would do.
    Resolve: remove the reason that is named (fetch what is missing, repair the repository) and run the gate again.
    """
    for missing in (*untried_merges(facts), *facts.not_checked):
        if not missing.required:
            continue
        yield Finding(
            code="G002",
            name="not-checked",
            severity=Severity.ERROR,
            confidence=Confidence.CERTAIN,
            message=f"{missing.what} was not checked: {missing.why}",
            branches=missing.branches,
            hint=missing.hint or _hint(missing.why),
            identity=(missing.what,),
        )


def _hint(why: str) -> str:
    if "no history" in why:
        return "fetch the missing history if the clone lacks it; else rebase the branch onto the target"
    return "repair what is named and run the gate again"
