"""One small analysis as literals, the report of it, and ways to make it hostile or large."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from support.large import large_report

from gate.model.facts import Facts, NotChecked, PairFacts, RoutedChange, StreamFacts
from gate.model.finding import (
    Apart,
    Before,
    Confidence,
    Evidence,
    Finding,
    Location,
    Review,
    Severity,
    Waived,
)
from gate.model.git import Change, ChangeKind, Clean, Conflicted, Stream, Target
from gate.model.plan import Handoff, Held, Plan, Rehearsal, RehearsalStep
from gate.model.policy import Policy, Route, RuleKind
from gate.model.verdict import Outcome, Pair, PairDecision, StreamDecision, StreamVerdict
from gate.report.wire import publish

if TYPE_CHECKING:
    from collections.abc import Callable

    from gate.model.report import Report

SOLVER = "backend/app/scheduling/solver.py"
AUDIT = "backend/app/services/audit_service.py"


@dataclass(frozen=True)
class Analysis:
    """What `publish` takes, so that a test can change one part of it with `dataclasses.replace`."""

    facts: Facts
    findings: tuple[Finding, ...]
    pairs: tuple[Pair, ...]
    streams: tuple[StreamVerdict, ...]
    plan: Plan
    rehearsal: Rehearsal
    outcome: Outcome = Outcome.BLOCK
    version: str = "1.2.3"

    def publish(self) -> Report:
        return publish(
            self.facts,
            self.findings,
            self.pairs,
            self.streams,
            self.plan,
            self.rehearsal,
            self.outcome,
            self.version,
        )


def _oid(digit: str) -> str:
    return digit * 40


def _stream(name: str, digit: str, path: str, owner: str, rule: RuleKind = RuleKind.DIRECTORY) -> StreamFacts:
    return StreamFacts(
        Stream(name, f"refs/heads/{name}", _oid(digit), _oid(digit), _oid("0")),
        Clean(_oid(digit), _oid(digit)),
        (RoutedChange(Change(path, ChangeKind.MODIFIED), Route(owner, rule, path)),),
        owner,
        "policy",
    )


COLLISION = Finding(
    "G201",
    "file-collision",
    Severity.ERROR,
    Confidence.CERTAIN,
    f"agent/tabu and agent/greedy both change {SOLVER}, and git cannot merge the two.",
    ("agent/tabu", "agent/greedy"),
    "content",
    (Location("agent/tabu", SOLVER, 12, 14), Location("agent/greedy", SOLVER, 12, 13)),
    "Land agent/greedy; then merge it into agent/tabu and settle the lines there.",
    (Apart(("agent/greedy", "agent/tabu")),),
    (
        Evidence("agent/greedy", "    best = greedy(slots)\n    return best\n", "agent/greedy", SOLVER, 12),
        Evidence("agent/tabu", "    return tabu(slots, tenure=7)\n", "agent/tabu", SOLVER, 12),
    ),
)
EXCEPTION = Finding(
    "G102",
    "compliance-exception",
    Severity.WARNING,
    Confidence.CERTAIN,
    f"agent/audit changes {AUDIT}, an exception path.",
    ("agent/audit",),
    locations=(Location("agent/audit", AUDIT, 40, 44),),
    hint="Ask COORD_RESILIENCE for a review.",
    constraints=(Review("agent/audit", ("COORD_RESILIENCE",)),),
)
STACKED = Finding(
    "G221",
    "stacked",
    Severity.NOTE,
    Confidence.LIKELY,
    "agent/guide is built on a commit of agent/audit.",
    ("agent/guide", "agent/audit"),
    constraints=(Before("agent/audit", "agent/guide"),),
)
ACCEPTED = Finding(
    "G103",
    "unowned-path",
    Severity.WARNING,
    Confidence.CERTAIN,
    "Nobody owns tools/x.sh.",
    ("agent/guide",),
    waived=Waived("it moves next week", "2026-12-01"),
)


@pytest.fixture
def analysis() -> Analysis:
    """Four streams: two that collide, one that must be reviewed, one built on it."""
    steps = (("agent/greedy", "a"), ("agent/audit", "b"), ("agent/guide", "c"))
    return Analysis(
        facts=Facts(
            Target("refs/heads/main", _oid("f"), _oid("e")),
            Policy(origin="target", digest="ab12" * 16),
            (
                _stream("agent/audit", "1", AUDIT, "COORD_RESILIENCE", RuleKind.EXCEPTION),
                _stream("agent/greedy", "2", SOLVER, "COORD_ENGINE"),
                _stream("agent/guide", "3", "docs/guide.md", "COORD_OPS"),
                _stream("agent/tabu", "4", SOLVER, "COORD_ENGINE"),
            ),
            pairs=(PairFacts("agent/greedy", "agent/tabu", Conflicted(_oid("d"), (SOLVER,), ())),),
            not_checked=(NotChecked("calls across files", "no language is named", hint="name one"),),
        ),
        findings=(ACCEPTED, STACKED, EXCEPTION, COLLISION),
        pairs=(
            Pair("agent/audit", "agent/greedy", PairDecision.PARALLEL, "not_needed"),
            Pair(
                "agent/greedy",
                "agent/tabu",
                PairDecision.SERIALIZE,
                "conflict",
                ("agent/greedy", "agent/tabu"),
                ("G201",),
                (f"both change {SOLVER}", "their merge conflicts: one at a time"),
            ),
        ),
        streams=(
            StreamVerdict("agent/tabu", StreamDecision.HOLD, why="it collides with agent/greedy"),
            StreamVerdict(
                "agent/audit", StreamDecision.REVIEW, ("COORD_RESILIENCE",), "it changes an exception"
            ),
            StreamVerdict("agent/greedy", StreamDecision.LAND),
            StreamVerdict("agent/guide", StreamDecision.LAND),
        ),
        plan=Plan(
            tuple(name for name, _ in steps),
            (("agent/greedy", "agent/audit"), ("agent/guide",)),
            (
                Held(
                    "agent/tabu", (COLLISION.fingerprint,), "merge agent/greedy into it and settle the lines"
                ),
            ),
            ("agent/audit", "agent/guide"),
            (Handoff("agent/guide", "agent/audit", ("audit_service.log", "the table audits")),),
        ),
        rehearsal=Rehearsal(
            _oid("c"), tuple(RehearsalStep(name, Clean(_oid(digit), _oid("9"))) for name, digit in steps)
        ),
    )


@pytest.fixture
def report(analysis: Analysis) -> Report:
    """The report of that analysis."""
    return analysis.publish()


@pytest.fixture
def empty(analysis: Analysis) -> Report:
    """The report when there is nothing to judge."""
    return replace(
        analysis,
        facts=replace(analysis.facts, streams=(), pairs=(), not_checked=()),
        findings=(),
        pairs=(),
        streams=(),
        plan=Plan(),
        rehearsal=Rehearsal(_oid("e")),
        outcome=Outcome.PASS,
    ).publish()


@pytest.fixture
def hostile(report: Report) -> Callable[[str], Report]:
    """The report with a text before and after every free text in it."""
    return lambda text: _around(report, text)


@pytest.fixture
def wide(large: Report) -> Callable[[str], Report]:
    """200 streams and 200 findings, with a text before and after every free text but the target's name."""
    streams = [msgspec.structs.replace(one, changes=one.changes[:1]) for one in large.streams]
    some = msgspec.structs.replace(
        large, streams=streams, findings=large.findings[:200], pairs=large.pairs[:200]
    )
    return lambda text: msgspec.structs.replace(_around(some, text), target=large.target)


def _around(value: Any, text: str, kind: Any = None) -> Any:
    if isinstance(value, msgspec.Struct):
        kinds = get_type_hints(type(value))
        changed = {name: _around(getattr(value, name), text, kind) for name, kind in kinds.items()}
        return type(value)(**changed)
    if isinstance(value, list):
        (item,) = get_args(kind)
        return [_around(one, text, item) for one in value]
    free = kind is str or (get_origin(kind) is not None and str in get_args(kind))
    return f"{text}{value}{text}" if free and isinstance(value, str) else value


@pytest.fixture(scope="session")
def large() -> Report:
    """200 streams of 10 paths, and 2,000 findings with both versions of what collides."""
    return large_report()
