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
    return "".join(f"{line}\n" for one in owned for line in _lines(one, policy, options.width, paint))


def _lines(one: Owned, policy: Policy, width: int, paint: Paint) -> Iterator[str]:
    change = f" ({one.change})" if one.change else ""
    yield paint(f"{clean(one.path)}: {clean(one.route.owner or 'nobody')}{change}", "strong")
    yield from paragraph(clean(_reason(one.route, policy)), width, "  ")
    if names := _reviewers(one.route, policy):
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
    return next((one.reviewers for one in policy.coordinators if one.name == route.owner), ())


def render_json(owned: Sequence[Owned], policy: Policy) -> str:
    """The same as a JSON array."""
    return encoded([_entry(one, policy) for one in owned])


def _entry(one: Owned, policy: Policy) -> dict[str, Any]:
    route = one.route
    return {
        "path": one.path,
        "change": one.change or None,
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
    lines = [line for one in findings for line in _lint_lines(one, policy, options.width, paint)]
    return "\n".join([*lines, f"{clean(policy.path)}: {_tally(findings)}"]) + "\n"


def _lint_lines(one: LintFinding, policy: Policy, width: int, paint: Paint) -> Iterator[str]:
    place = f"{policy.path}:{one.line}" if one.line else policy.path
    label = paint(str(one.severity), one.severity.value)
    yield f"{clean(place)}: {label} {one.name}"
    yield from paragraph(clean(one.message), width, "  ")
    if one.hint:
        yield from paragraph(f"hint: {clean(one.hint)}", width, "  ")


def _tally(findings: Sequence[LintFinding]) -> str:
    counts = Counter(str(one.severity) for one in findings)
    said = [counted(counts[name], name) for name in ("error", "warning", "note") if counts[name]]
    return series(said) if said else "nothing to correct"


def render_lint_json(findings: Sequence[LintFinding], policy: Policy) -> str:
    """The same as a JSON array."""
    return encoded(
        [
            {
                "name": one.name,
                "severity": str(one.severity),
                "message": one.message,
                "hint": one.hint,
                "path": policy.path,
                "line": one.line,
            }
            for one in findings
        ]
    )
