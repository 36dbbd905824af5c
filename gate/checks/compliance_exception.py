"""G102."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Confidence, Finding, Location, Review, Severity
from gate.model.git import ChangeKind
from gate.model.policy import RuleKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts, RoutedChange
    from gate.model.policy import Route

_LINK, _SUBMODULE = "120000", "160000"


@check("G102", "compliance-exception", Level.OWNERSHIP)
def compliance_exception(facts: Facts) -> Iterator[Finding]:
    """An exception path changed; it is routed to the coordinator of the exception.

    Why: an exception names files that matter wherever they lie, so it wins over every directory rule and over what the
        stream says of itself. It holds for a rename or copy out of the path and into it, a deletion, a change of mode,
        a symlink or submodule in its place or above it, and another spelling of the same path.
    Example: agent/platform/tidy moves `services/audit_service.py` to `legacy/audit.py`.
    Resolve: get the review of the coordinator that is named, for this very content.
    """
    for one in facts.streams:
        for routed in one.changes:
            hit = _exception(routed)
            if hit is not None:
                yield _finding(one.name, routed, *hit)


def _exception(routed: RoutedChange) -> tuple[str, Route] | None:
    """The path that is an exception, the old one before the new one, and its route."""
    return next(((path, route) for path, route in routed.routes if route.kind is RuleKind.EXCEPTION), None)


def _finding(branch: str, routed: RoutedChange, path: str, route: Route) -> Finding:
    owner = route.owner or ""
    span = next((lines for lines in routed.lines if lines.end >= lines.start), None)
    owners = tuple(
        sorted(
            {other.owner for _, other in routed.routes if other.owner and other.kind is RuleKind.EXCEPTION}
        )
    )
    return Finding(
        code="G102",
        name="compliance-exception",
        kind=routed.change.kind.value,
        severity=Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=f"{branch} {_deed(routed, path)}, which is {owner}'s by exception ({route.pattern})",
        branches=(branch,),
        locations=(
            Location(branch, routed.change.path, span.start if span else None, span.end if span else None),
        ),
        hint=f"{owner} must review this change; no other rule and no declaration lifts that",
        constraints=(Review(branch, owners),),
        identity=(path, routed.change.path),
    )


def _deed(routed: RoutedChange, path: str) -> str:
    change = routed.change
    match change.kind:
        case ChangeKind.RENAMED:
            return f"renames {change.old_path} to {change.path}"
        case ChangeKind.COPIED:
            return f"copies {change.old_path} to {change.path}"
        case ChangeKind.DELETED:
            return f"deletes {path}"
        case ChangeKind.MODE:
            return f"changes the mode of {path} from {change.old_mode} to {change.new_mode}"
    if change.new_mode == _LINK:
        return f"puts a symlink at {path}"
    if change.new_mode == _SUBMODULE:
        return f"puts a submodule at {path}"
    return f"adds {path}" if change.kind is ChangeKind.ADDED else f"changes {path}"
