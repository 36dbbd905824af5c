"""G402."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Location, Severity
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.names import Cause, SetBrokenUse

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
    for found in facts.set_broken_uses:
        yield _finding(found)


def _finding(found: SetBrokenUse) -> Finding:
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
            Location(use.consumer, use.use_place.path, use.use_place.line),
            *(Location(cause.branch, cause.place.path, cause.place.line) for cause in found.causes),
        ),
        hint=f"land {series(found.branches[:-1], 5)} first, then {_follow(found, last)}",
        constraints=(Apart(found.branches),) if found.sure else (),
        identity=(use.use_place.path, use.name, use.changed_name),
    )


def _fails(found: SetBrokenUse) -> str:
    if found.use.kind in _MISFITS:
        names = series([cause.branch for cause in found.causes], 5)
        return f", which {found.use.why}, once {names} have landed"
    return f"; {series([_does(cause) for cause in found.causes], 5)}"


def _does(cause: Cause) -> str:
    if not cause.changed_name:
        return f"{cause.branch} changes {cause.place.path}"
    if cause.change in ("moved", "renamed") and cause.successor:
        verb = "moves" if cause.change == "moved" else "renames"
        return f"{cause.branch} {verb} `{cause.changed_name}` to `{cause.successor}`"
    return f"{cause.branch} removes `{cause.changed_name}` from {cause.place.path}"


def _fewer(found: SetBrokenUse) -> str:
    return "either alone does no harm" if len(found.causes) == 2 else "any fewer of them do no harm"


def _follow(found: SetBrokenUse, last: str) -> str:
    use = found.use
    short = use.changed_name.rpartition(".")[2]
    if last != use.consumer:
        return f"bring {last} up to date with what {use.use_place.path} uses by then"
    if use.kind in _MISFITS:
        return f"bring `{use.name}` in {use.use_place.path} in line with `{use.changed_name}`"
    return f"do without `{short}` in {use.use_place.path}, or keep it in one of them"
