"""G402."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Location, Severity
from gate.model.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.names import Broken, SetBroken

_VERBS = {
    "module": "imports",
    "fixture": "asks for the fixture",
    "patch": "patches",
    "string": "names",
    "call": "calls",
}
_MISFITS = ("call", "unimplemented", "override")


@check("G402", "set-collision", Level.SET, preview=True, reads=True)
def set_collision(facts: Facts) -> Iterator[Finding]:
    """Only three or more streams together break a name that one of them starts to use.

    Why: each of the others takes away a part of what the use rests on, and any of them alone leaves enough of it, so no
        comparison of pairs can see it; the rehearsal of the whole plan does. Told only of uses that work where their
        stream lands alone. The set named is minimal: without any one of them it works. A member of a value whose class
        nobody can tell, or a class with bases outside the repository, makes it `likely`.
    Example: agent/a drops `load` from `app/files.py`, agent/b drops it from `app/net.py`, and agent/c imports it from
        `app`, which has all names of both.
    Resolve: land the others first, then bring the last one up to date; or keep what one of them takes away.
    """
    for found in facts.set_broken:
        yield _finding(found)


def _finding(found: SetBroken) -> Finding:
    use, last = found.parts[0], found.branches[-1]
    others = [part.producer for part in found.parts]
    before = tuple(name for name in found.branches if name != last)
    return Finding(
        code="G402",
        name="set-collision",
        kind=use.kind,
        severity=Severity.ERROR if found.sure else Severity.WARNING,
        confidence=Confidence.CERTAIN if all(part.sure for part in found.parts) else Confidence.LIKELY,
        message=f"{_use(use)}; {_lost(found)}: it works without any one of them",
        branches=(found.consumer, *others),
        locations=(
            Location(use.consumer, use.used.path, use.used.line),
            *(Location(part.producer, part.changed.path, part.changed.line) for part in found.parts),
        ),
        hint=f"land {listed(before, 5)} first, then bring {last} up to date: {_follow(found, last)}",
        constraints=(Apart(found.branches),) if found.sure else (),
        identity=(use.used.path, use.name, use.lost),
    )


def _use(use: Broken) -> str:
    return f"{use.consumer} {_VERBS.get(use.kind, 'uses')} `{use.name}`"


def _lost(found: SetBroken) -> str:
    """What each of the others does, the first in full."""
    return ", ".join(_does(part) for part in found.parts)


def _does(part: Broken) -> str:
    if part.kind in _MISFITS:
        return f"{part.producer} changes `{part.lost}`, which then {part.why}"
    if part.how:
        how = "moves" if part.how == "moved" else "renames"
        return f"{part.producer} {how} `{part.lost}` to `{part.became}`"
    return f"{part.producer} takes `{part.lost}` from {part.changed.path}"


def _follow(found: SetBroken, last: str) -> str:
    use = found.parts[0]
    short = use.lost.rpartition(".")[2]
    if last == found.consumer:
        does = "in line with" if use.kind in _MISFITS else "without"
        return f"bring `{use.name}` in {use.used.path} {does} `{short}`"
    return f"let it keep what `{use.name}` in {use.used.path} needs, or change that use"
