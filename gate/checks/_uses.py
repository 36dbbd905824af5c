"""What the checks of broken uses share: everything but the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._excerpts import of_use
from gate.checks._sides import facing
from gate.model.finding import Apart, Before, Confidence, Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.names import BrokenUse, NameFacts


def use_finding(
    code: str, name: str, facts: Facts, names: NameFacts, use: BrokenUse, message: str, hint: str
) -> Finding:
    """Return the finding of a broken use: the consumer should act, once the producer has landed."""
    blocks = use.sure and not use.guard
    finding = Finding(
        code=code,
        name=name,
        kind=use.kind,
        severity=Severity.ERROR if blocks else Severity.WARNING,
        confidence=Confidence.CERTAIN if use.sure else Confidence.LIKELY,
        message=message + _guard(use),
        branches=(use.consumer, use.producer),
        locations=(
            Location(use.consumer, use.use_place.path, use.use_place.line),
            Location(use.producer, use.change_place.path, use.change_place.line),
        ),
        hint=hint,
        constraints=(Apart((use.producer, use.consumer)),)
        if blocks
        else (Before(use.producer, use.consumer),),
        evidence=of_use(names, use),
        identity=(use.use_place.path, use.name, use.changed_name),
    )
    return facing(finding, facts, names, use)


def broken_uses(facts: Facts) -> Iterator[tuple[NameFacts, BrokenUse]]:
    """Yield every broken use with the facts it is of."""
    for names in facts.all_names:
        for use in names.broken_uses:
            yield names, use


def site(use: BrokenUse) -> str:
    """Return the place of the use: "app/main.py line 12", or the file alone."""
    place = use.use_place
    return f"{place.path} line {place.line}" if place.line else place.path


def _guard(use: BrokenUse) -> str:
    if use.guard == "guarded":
        return " (it expects that this may fail)"
    return " (for type checkers only)" if use.guard == "typing" else ""
