"""What the checks of broken uses share: everything but the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._shown import of_use
from gate.model.finding import Apart, Before, Confidence, Finding, Location, Severity

if TYPE_CHECKING:
    from gate.model.names import BrokenUse, NameFacts


def finding(code: str, name: str, names: NameFacts, one: BrokenUse, message: str, hint: str) -> Finding:
    """The finding of one broken use: the consumer should act, once the producer has landed."""
    sure = one.sure and not one.guard
    return Finding(
        code=code,
        name=name,
        kind=one.kind,
        severity=Severity.ERROR if sure else Severity.WARNING,
        confidence=Confidence.CERTAIN if one.sure else Confidence.LIKELY,
        message=message + _guarded(one),
        branches=(one.consumer, one.producer),
        locations=(
            Location(one.consumer, one.use_place.path, one.use_place.line),
            Location(one.producer, one.change_place.path, one.change_place.line),
        ),
        hint=hint,
        constraints=(Apart((one.producer, one.consumer)),) if sure else (Before(one.producer, one.consumer),),
        evidence=of_use(names, one),
        identity=(one.use_place.path, one.name, one.changed_name),
    )


def _guarded(one: BrokenUse) -> str:
    if one.guard == "guarded":
        return " (it expects that this may fail)"
    return " (for type checkers only)" if one.guard == "typing" else ""
