"""A report as large as the product promises to render."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.facts import Facts, RoutedChange, StreamFacts
from gate.model.finding import Apart, Confidence, Evidence, Finding, Location, Severity
from gate.model.git import Change, ChangeKind, Clean, Stream, Target
from gate.model.plan import Held, Plan, Rehearsal, RehearsalStep
from gate.model.policy import Policy, Route, RuleKind
from gate.model.verdict import Outcome, Pair, PairDecision, StreamDecision, StreamVerdict
from gate.report.wire import publish

if TYPE_CHECKING:
    from gate.model.report import Report


def large_report() -> Report:
    """200 streams of 10 paths, and 2,000 findings with both versions of what collides."""
    names = [f"agent/stream-{number:03}" for number in range(200)]
    facts = Facts(
        Target("refs/heads/main", _oid("f"), _oid("e")),
        Policy(origin="target", digest="ab12" * 16),
        tuple(_wide_stream(name) for name in names),
    )
    findings = tuple(
        _collision(names[number % 200], names[(number * 7 + 1) % 200], number) for number in range(2000)
    )
    batches = tuple(tuple(names[start : start + 6]) for start in range(0, 150, 6))
    verdicts = [
        StreamVerdict(name, StreamDecision.LAND if at < 150 else StreamDecision.HOLD, why="it collides")
        for at, name in enumerate(names)
    ]
    pairs = [
        Pair(
            one, other, PairDecision.SERIALIZE, "conflict", (one, other), ("G201",), ("Both change a file.",)
        )
        for one, other in sorted({tuple(sorted(finding.branches)) for finding in findings})
    ]
    held = tuple(Held(name, (findings[0].fingerprint,), "rebase it") for name in names[150:])
    order = tuple(name for batch in batches for name in batch)
    steps = tuple(RehearsalStep(name, Clean(_oid("a"), _oid("9"))) for name in order)
    return publish(
        facts,
        findings,
        pairs,
        verdicts,
        Plan(order, batches, held),
        Rehearsal(_oid("c"), steps),
        Outcome.BLOCK,
        "1.2.3",
    )


def _wide_stream(name: str) -> StreamFacts:
    changes = tuple(
        RoutedChange(
            Change(f"backend/app/area_{number}/module_{number}.py", ChangeKind.MODIFIED),
            Route("COORD_PLATFORM", RuleKind.DIRECTORY, "backend/app/*"),
        )
        for number in range(10)
    )
    stream = Stream(name, f"refs/heads/{name}", _oid("1"), _oid("1"), _oid("0"))
    return StreamFacts(stream, Clean(_oid("2"), _oid("3")), changes, "COORD_PLATFORM", "policy")


def _collision(first: str, second: str, number: int) -> Finding:
    path = f"backend/app/area_{number % 10}/module_{number}.py"
    hunk = "".join(f"    value_{line} = compute({line})\n" for line in range(8))
    return Finding(
        "G201",
        "file-collision",
        (Severity.ERROR, Severity.WARNING, Severity.NOTE)[number % 3],
        Confidence.CERTAIN,
        f"{first} and {second} both change {path}, and git cannot merge the two.",
        (first, second),
        "content",
        (Location(first, path, 3, 10), Location(second, path, 3, 10)),
        "Land one; then merge it into the other and settle the lines there.",
        (Apart((first, second)),),
        (Evidence(first, hunk, first, path, 3), Evidence(second, hunk, second, path, 3)),
        (path,),
    )


def _oid(digit: str) -> str:
    return digit * 40
