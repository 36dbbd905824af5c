"""G402."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Location, Severity
from gate.model.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.names import Cause, SetBroken

_VERBS = {
    "module": "imports",
    "fixture": "asks for the fixture",
    "patch": "patches",
    "string": "names",
    "call": "calls",
}
_MISFITS = ("call", "unimplemented", "override")


@check("G402", "set-collision", Level.SET, reads=True)
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
    use, last = found.use, found.branches[-1]
    return Finding(
        code="G402",
        name="set-collision",
        kind=use.kind,
        severity=Severity.ERROR if found.sure else Severity.WARNING,
        confidence=Confidence.CERTAIN if use.sure else Confidence.LIKELY,
        message=f"{use.consumer} {_VERBS.get(use.kind, 'uses')} `{use.name}`{_fails(found)}; {_fewer(found)}",
        branches=(use.consumer, *(cause.branch for cause in found.causes)),
        locations=(
            Location(use.consumer, use.used.path, use.used.line),
            *(Location(cause.branch, cause.place.path, cause.place.line) for cause in found.causes),
        ),
        hint=f"land {listed(found.branches[:-1], 5)} first, then {_follow(found, last)}",
        constraints=(Apart(found.branches),) if found.sure else (),
        identity=(use.used.path, use.name, use.lost),
    )


def _fails(found: SetBroken) -> str:
    if found.use.kind in _MISFITS:
        names = listed([cause.branch for cause in found.causes], 5)
        return f", which {found.use.why}, once {names} have landed"
    return f"; {listed([_does(cause) for cause in found.causes], 5)}"


def _does(cause: Cause) -> str:
    if not cause.lost:
        return f"{cause.branch} changes {cause.place.path}"
    if cause.how in ("moved", "renamed") and cause.became:
        verb = "moves" if cause.how == "moved" else "renames"
        return f"{cause.branch} {verb} `{cause.lost}` to `{cause.became}`"
    return f"{cause.branch} removes `{cause.lost}` from {cause.place.path}"


def _fewer(found: SetBroken) -> str:
    return "either alone does no harm" if len(found.causes) == 2 else "any fewer of them do no harm"


def _follow(found: SetBroken, last: str) -> str:
    use = found.use
    short = use.lost.rpartition(".")[2]
    if last != use.consumer:
        return f"bring {last} up to date with what {use.used.path} uses by then"
    if use.kind in _MISFITS:
        return f"bring `{use.name}` in {use.used.path} in line with `{use.lost}`"
    return f"do without `{short}` in {use.used.path}, or keep it in one of them"
