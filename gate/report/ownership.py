"""`git gate owners`: whose paths are, by which rule, and what is wrong with the policy."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gate.model.policy import RuleKind
from gate.model.words import counted, series
from gate.report.columns import Paint, paragraph
from gate.report.encoded import encoded
from gate.report.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.model.policy import LintFinding, Policy, Route
    from gate.report import Options


@dataclass(frozen=True, slots=True)
class Owned:
    """A path and where it leads. `change` says what a stream does to it, "" when no stream was asked about."""

    path: str
    route: Route
    change: str = ""


def render(owned: Sequence[Owned], policy: Policy, options: Options) -> str:
    """`PATH: COORDINATOR` for each path, and under it why, and who reviews."""
    paint = Paint(options.color)
    return "".join(
        f"{line}\n" for owned_path in owned for line in _lines(owned_path, policy, options.width, paint)
    )


def _lines(owned_path: Owned, policy: Policy, width: int, paint: Paint) -> Iterator[str]:
    change = f" ({owned_path.change})" if owned_path.change else ""
    yield paint(f"{clean(owned_path.path)}: {clean(owned_path.route.owner or 'nobody')}{change}", "strong")
    yield from paragraph(clean(_reason(owned_path.route, policy)), width, "  ")
    if names := _reviewers(owned_path.route, policy):
        yield from paragraph(f"reviewers: {clean(series(names, len(names)))}", width, "  ")


def _reason(route: Route, policy: Policy) -> str:
    if route.kind is RuleKind.NONE:
        return "no rule matches it"
    line = f", {policy.path} line {route.line}" if route.line else ""
    parts = [f"by {route.kind} `{route.pattern}`{line}"]
    if route.owner is None:
        parts.append("which leaves it unowned on purpose")
    if route.folded:
        parts.append("spelled differently, but the same where letter case or Unicode form do not count")
    if route.serialized:
        parts.append("one stream at a time")
    if route.reason:
        parts.append(route.reason)
    return "; ".join(parts)


def _reviewers(route: Route, policy: Policy) -> tuple[str, ...]:
    return next(
        (coordinator.reviewers for coordinator in policy.coordinators if coordinator.name == route.owner), ()
    )


def render_json(owned: Sequence[Owned], policy: Policy) -> str:
    """Return them as a JSON array."""
    return encoded([_entry(owned_path, policy) for owned_path in owned])


def _entry(owned_path: Owned, policy: Policy) -> dict[str, Any]:
    route = owned_path.route
    return {
        "path": owned_path.path,
        "change": owned_path.change or None,
        "owner": route.owner,
        "reviewers": list(_reviewers(route, policy)),
        "rule": {
            "kind": str(route.kind),
            "pattern": route.pattern,
            "line": route.line,
            "reason": route.reason,
        },
        "domain": route.domain,
        "serialized": route.serialized,
        "folded": route.folded,
    }


def render_lint(findings: Sequence[LintFinding], policy: Policy, options: Options) -> str:
    """`FILE:LINE: SEVERITY NAME: MESSAGE` for each, its hint under it, and a line of counts."""
    paint = Paint(options.color)
    lines = [line for finding in findings for line in _lint_lines(finding, policy, options.width, paint)]
    return "\n".join([*lines, f"{clean(policy.path)}: {_tally(findings)}"]) + "\n"


def _lint_lines(finding: LintFinding, policy: Policy, width: int, paint: Paint) -> Iterator[str]:
    place = f"{policy.path}:{finding.line}" if finding.line else policy.path
    label = paint(str(finding.severity), finding.severity.value)
    yield f"{clean(place)}: {label} {finding.name}"
    yield from paragraph(clean(finding.message), width, "  ")
    if finding.hint:
        yield from paragraph(f"hint: {clean(finding.hint)}", width, "  ")


def _tally(findings: Sequence[LintFinding]) -> str:
    counts = Counter(str(finding.severity) for finding in findings)
    counts_text = [counted(counts[name], name) for name in ("error", "warning", "note") if counts[name]]
    return series(counts_text) if counts_text else "nothing to correct"


def render_lint_json(findings: Sequence[LintFinding], policy: Policy) -> str:
    """Return them as a JSON array."""
    return encoded(
        [
            {
                "name": finding.name,
                "severity": str(finding.severity),
                "message": finding.message,
                "hint": finding.hint,
                "path": policy.path,
                "line": finding.line,
            }
            for finding in findings
        ]
    )
