"""G402."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._uses import site
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
        comparison of pairs can see it; the rehearsal of the whole plan does. Reported only of uses that work where
        their stream lands alone. The set is minimal: without any one of the streams the use works. A member of a value
        whose class is unknown, or a class with bases outside the repository, makes it `likely`.
    Example: agent/a drops `load` from `app/files.py`, agent/b drops it from `app/net.py`, and agent/c imports it from
        `app`, which has all names of both.
    Resolve: land the others first, then rebase the last stream; or keep what one of them takes away.
    """
    for broken in facts.set_broken_uses:
        yield _finding(broken)


def _finding(broken: SetBrokenUse) -> Finding:
    use = broken.use
    return Finding(
        code="G402",
        name="set-collision",
        kind=use.kind,
        severity=Severity.ERROR if broken.sure else Severity.WARNING,
        confidence=Confidence.CERTAIN if use.sure else Confidence.LIKELY,
        message=f"{use.consumer} {_VERBS.get(use.kind, 'uses')} `{use.name}`{_fails(broken)}; {_fewer(broken)}",
        branches=(use.consumer, *(cause.branch for cause in broken.causes)),
        locations=(
            Location(use.consumer, use.use_place.path, use.use_place.line),
            *(Location(cause.branch, cause.place.path, cause.place.line) for cause in broken.causes),
        ),
        hint=_hint(broken),
        constraints=(Apart(broken.branches),) if broken.sure else (),
        identity=(use.use_place.path, use.name, use.changed_name),
    )


def _fails(broken: SetBrokenUse) -> str:
    if broken.use.kind in _MISFITS:
        names = series([cause.branch for cause in broken.causes], 5)
        return f", which {broken.use.why}, once {names} have landed"
    return f"; {series([_does(cause) for cause in broken.causes], 5)}"


def _does(cause: Cause) -> str:
    if not cause.changed_name:
        return f"{cause.branch} changes {cause.place.path}"
    if cause.change in ("moved", "renamed") and cause.successor:
        verb = "moves" if cause.change == "moved" else "renames"
        return f"{cause.branch} {verb} `{cause.changed_name}` to `{cause.successor}`"
    return f"{cause.branch} removes `{cause.changed_name}` from {cause.place.path}"


def _fewer(broken: SetBrokenUse) -> str:
    return "either alone does no harm" if len(broken.causes) == 2 else "any fewer of them do no harm"


def _hint(broken: SetBrokenUse) -> str:
    use, (*others, last) = broken.use, broken.branches
    short = use.changed_name.rpartition(".")[2]
    first = f"land {series(others, 5)} first, then rebase {last} and"
    if last != use.consumer:
        return f"{first} keep what {site(use)} of {use.consumer} uses"
    if use.kind in _MISFITS:
        return f"{first} change `{use.name}` in {site(use)} to fit `{use.changed_name}`"
    return f"{first} remove the use of `{short}` in {site(use)}, or keep `{short}` in one of them"
