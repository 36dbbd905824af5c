"""The content of a report in the order people need it: groupings that all formats for people share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gate.model.finding import Severity
from gate.model.report import LocationRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gate.model.report import FindingRecord, Report, StepRecord, StreamRecord

SOMEONE = "a person with the right to decide"


@dataclass(frozen=True, slots=True)
class Group:
    """The findings about the same streams, gravest first, and how many more there are."""

    branches: tuple[str, ...]
    findings: tuple[FindingRecord, ...]
    more: int = 0

    @property
    def worst(self) -> Severity:
        """The gravest severity in it."""
        return max(
            (Severity(finding.severity) for finding in self.findings), key=lambda severity: severity.rank
        )

    @property
    def size(self) -> int:
        """The number of findings, shown or not."""
        return len(self.findings) + self.more


@dataclass(frozen=True, slots=True)
class StreamAction:
    """One thing to do now: the verb, who or what it is about, why, and which streams it concerns."""

    verb: Literal["check", "repair", "review", "land"]
    subject: str
    why: str = ""
    streams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CollisionSummary:
    """Streams that cannot land together: the codes that say so, where, and what the first of them says."""

    branches: tuple[str, ...]
    codes: list[str]
    place: str
    says: str
    more: int


@dataclass(frozen=True, slots=True)
class LandingTurn:
    """One stream in the landing order. `batch` counts from 1; `tree` is the target's once it has landed."""

    batch: int
    stream: str
    status: Literal["clean", "conflict", "not_tried"]
    tree: str
    review_by: list[str]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or coordinator who must act on a stream, and why."""

    stream: str
    decision: str
    who: list[str]
    why: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stream that is held, by findings of which codes, and what would let it land."""

    stream: str
    codes: list[str]
    unblock: str


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a part that are shown, and how many more there are."""

    rows: tuple[object, ...]
    more: int

    @property
    def any(self) -> bool:
        """There is something to say."""
        return bool(self.rows or self.more)


def part(rows: Sequence[object], room: int) -> Part:
    """As many of the rows as there is room for."""
    return Part(tuple(rows[:room]), max(len(rows) - room, 0))


def judged(report: Report) -> list[StreamRecord]:
    """The streams the verdict is about."""
    return [stream for stream in report.streams if stream.judged]


def standing(report: Report) -> list[FindingRecord]:
    """The findings that count."""
    return [finding for finding in report.findings if finding.waived is None]


def waived(report: Report) -> list[FindingRecord]:
    """The findings that are waived."""
    return [finding for finding in report.findings if finding.waived is not None]


def places(report: Report, finding: FindingRecord) -> list[LocationRecord]:
    """Return the places of a finding, on judged streams first; never empty, as formats want a place for everything.

    A finding without one lies in the first path its streams change, else in the policy.
    """
    judged_ones = {stream.name for stream in judged(report)}
    if finding.locations:
        return sorted(finding.locations, key=lambda place: place.branch not in judged_ones)
    streams = {stream.name: stream for stream in report.streams}
    acting = (streams[name] for name in finding.branches if name in streams)
    changed = next(((stream.name, stream.changes[0].path) for stream in acting if stream.changes), None)
    branch, path = changed or (report.target.ref, report.policy.path or "gate.toml")
    return [LocationRecord(branch, path, None, None)]


def tally(report: Report) -> Counter[str]:
    """Return the number of findings that count, by severity."""
    return Counter(finding.severity for finding in standing(report))


def groups(findings: Iterable[FindingRecord]) -> list[Group]:
    """Findings by the streams they are about, in the order of the gravest."""
    by_branches: dict[tuple[str, ...], list[FindingRecord]] = {}
    for finding in findings:
        by_branches.setdefault(tuple(sorted(finding.branches)), []).append(finding)
    groups = [Group(branches, tuple(some)) for branches, some in by_branches.items()]
    return sorted(groups, key=lambda group: (-group.worst.rank, group.branches))


def colliding(report: Report) -> list[CollisionSummary]:
    """The streams with errors between them, those with the most of them first."""
    between = (group for group in groups(standing(report)) if len(group.branches) > 1)
    errors = [
        (group.branches, [finding for finding in group.findings if finding.severity == "error"])
        for group in between
    ]
    collisions = [_collision(branches, some) for branches, some in errors if some]
    return sorted(collisions, key=lambda collision: (-collision.more, collision.branches))


def _collision(branches: tuple[str, ...], errors: Sequence[FindingRecord]) -> CollisionSummary:
    first = errors[0]
    place = first.locations[0].path if first.locations else ""
    return CollisionSummary(
        branches, sorted({finding.code for finding in errors}), place, first.message, len(errors) - 1
    )


def capped(every: Sequence[Group], at_most: int, per_group: int) -> tuple[Group, ...]:
    """The first groups, with that many findings together and in each."""
    kept: list[Group] = []
    room = at_most
    for group in every:
        if room <= 0:
            break
        findings = group.findings[: min(room, per_group)]
        kept.append(Group(group.branches, findings, len(group.findings) - len(findings)))
        room -= len(findings)
    return tuple(kept)


def size(some: Iterable[Group]) -> int:
    """Return the number of findings in these groups, shown or not."""
    return sum(group.size for group in some)


def actions(report: Report) -> list[StreamAction]:
    """Return what to do now, the most urgent first. Held streams wait for others and are left out."""
    return [
        *_unsure(report),
        *(StreamAction("repair", stream.name, stream.why) for stream in _decided(report, "block")),
        *_reviews(report),
        *_first_batch(report),
    ]


def _unsure(report: Report) -> Iterator[StreamAction]:
    for gap in report.coverage.not_checked:
        if gap.required:
            yield StreamAction("check", gap.what, gap.hint or gap.why)


def _decided(report: Report, decision: str) -> Iterator[StreamRecord]:
    return (stream for stream in judged(report) if stream.decision == decision)


def _reviews(report: Report) -> Iterator[StreamAction]:
    waiting: dict[str, list[str]] = {}
    for stream in _decided(report, "review"):
        for reviewer in stream.review_by or [SOMEONE]:
            waiting.setdefault(reviewer, []).append(stream.name)
    for reviewer, streams in sorted(waiting.items()):
        yield StreamAction("review", reviewer, streams=tuple(streams))


def _first_batch(report: Report) -> Iterator[StreamAction]:
    free = {stream.name for stream in _decided(report, "land")}
    ready = tuple(name for name in (report.plan.batches or [[]])[0] if name in free)
    if ready:
        yield StreamAction("land", "batch 1", streams=ready)


def actors(report: Report) -> list[Actor]:
    """Every stream somebody must act on, and who that is."""
    return [
        Actor(stream.name, decision, _who(stream), stream.why)
        for decision in ("block", "hold", "review")
        for stream in _decided(report, decision)
    ]


def _who(stream: StreamRecord) -> list[str]:
    if stream.decision == "review":
        return stream.review_by or [SOMEONE]
    return [stream.coordinator or "its author"]


def held(report: Report) -> list[Waiting]:
    """The streams that do not land now, with the codes of the findings that say so."""
    codes = {finding.fingerprint: finding.code for finding in report.findings}
    return [
        Waiting(
            held_stream.branch,
            sorted({codes[key] for key in held_stream.because if key in codes}),
            held_stream.unblock,
        )
        for held_stream in report.plan.held
    ]


def landings(report: Report) -> list[LandingTurn]:
    """The landing order, one line a stream."""
    steps = {step.branch: step for step in report.rehearsal.steps}
    reviewers = {stream.name: stream.review_by for stream in report.streams if stream.decision == "review"}
    return [
        _landing(number, name, steps.get(name), reviewers.get(name, []))
        for number, batch in enumerate(report.plan.batches, 1)
        for name in batch
    ]


def _landing(batch: int, name: str, step: StepRecord | None, reviewers: list[str]) -> LandingTurn:
    if step is None:
        return LandingTurn(batch, name, "not_tried", "", reviewers)
    return LandingTurn(batch, name, step.status, step.tree or "", reviewers)
