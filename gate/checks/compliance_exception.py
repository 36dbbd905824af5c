"""G102."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Confidence, Finding, Location, Review, Severity
from gate.model.git import ChangeKind
from gate.model.policy import RuleKind
from gate.model.words import series
from gate.route import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts, RoutedChange
    from gate.model.policy import Route

_KINDS = {"120000": "symlink", "160000": "submodule"}


@check("G102", "compliance-exception", Level.OWNERSHIP)
def compliance_exception(facts: Facts) -> Iterator[Finding]:
    """An exception path changed; it is routed to the coordinator of the exception.

    Why: an exception names files that matter wherever they lie, so it wins over every directory rule and over what the
        stream says of itself. It holds for a rename or copy out of the path and into it, a deletion, a change of mode,
        a symlink or submodule in its place or above it, and another spelling of the same path. Of a copy, git must
        find half of the text in the new file.
    Example: agent/platform/tidy moves `services/audit_service.py` to `legacy/audit.py`.
    Resolve: get the review of the coordinator that is named, for this very content.
    """
    for stream in facts.streams:
        for routed in stream.changes:
            exception = _exception(routed)
            if exception is not None:
                yield _finding(stream.name, routed, *exception)


def _exception(routed: RoutedChange) -> tuple[str, Route] | None:
    """Return the path that is an exception, the old path before the new one, and its route."""
    return next(((path, route) for path, route in routed.routes if route.kind is RuleKind.EXCEPTION), None)


def _finding(branch: str, routed: RoutedChange, path: str, route: Route) -> Finding:
    owners = {end.owner for _, end in routed.routes if end.owner and end.kind is RuleKind.EXCEPTION}
    by = tuple(sorted(owners))
    who = series(by) or "a person with the right to decide"
    return Finding(
        code="G102",
        name="compliance-exception",
        kind=routed.change.kind.value,
        severity=Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=f"{branch} {_deed(routed)}{_why(routed, path, route)}",
        branches=(branch,),
        locations=tuple(_locations(branch, routed)),
        hint=f"{who} must review this change; no other rule and no declaration lifts that",
        constraints=(Review(branch, by),),
        identity=(path, routed.change.path, *by),
    )


def _locations(branch: str, routed: RoutedChange) -> Iterator[Location]:
    """Yield the new path, on the first line that changed, and the old path: a waiver must cover both."""
    change = routed.change
    span = next((lines for lines in routed.lines if lines.end >= lines.start), None)
    yield Location(branch, change.path, span.start if span else None, span.end if span else None)
    if change.old_path is not None:
        yield Location(branch, change.old_path)


def _deed(routed: RoutedChange) -> str:
    change = routed.change
    path, old, new = change.path, _KINDS.get(change.old_mode, "file"), _KINDS.get(change.new_mode, "file")
    match change.kind:
        case ChangeKind.RENAMED:
            return f"renames {change.old_path} to {path}"
        case ChangeKind.COPIED:
            return f"copies {change.old_path} to {path}"
        case ChangeKind.DELETED:
            return f"deletes {path}"
        case ChangeKind.MODE:
            return f"changes the mode of {path} from {change.old_mode} to {change.new_mode}"
        case ChangeKind.TYPE:
            return f"turns {path} from a {old} into a {new}"
        case ChangeKind.ADDED:
            return f"adds {path}" if new == "file" else f"adds {path} as a {new}"
    return f"changes {path}"


def _why(routed: RoutedChange, path: str, route: Route) -> str:
    """Return the owner and the exception that says so, as the end of the sentence."""
    old = routed.change.old_path
    that = ", which" if old is None else "; the old path" if path == old else "; the new path"
    whose = f"{route.owner or 'nobody'}'s by exception"
    reason = f": {route.reason}" if route.reason else ""
    if route.folded:
        return f"{that} is another spelling of what is {whose} ({route.pattern}){reason}"
    if not matches(path, (route.pattern,)):
        return f"{that} takes the place of files that are {whose} ({route.pattern})"
    pattern = "" if route.pattern.removeprefix("/") == path else f" ({route.pattern})"
    return f"{that} is {whose}{pattern}{reason}"
