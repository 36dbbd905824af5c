"""The sentences that all formats for people share. Pure functions of the report; nothing here is decided."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gate.model.words import counted, series
from gate.report.outline import judged, tally, waived

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.model.report import (
        ChangeRecord,
        EvidenceRecord,
        FindingRecord,
        LocationRecord,
        PairRecord,
        Report,
    )
    from gate.report.outline import StreamAction

SHORT = 10
"""Digits of an object id that are shown."""
MOST = 8
"""Names of streams in a heading."""


def about(branches: Sequence[str]) -> str:
    """Return the heading of findings about these streams, or about none."""
    return series(branches, MOST) or "The repository"


def short(oid: str | None) -> str:
    """The start of an object id."""
    return (oid or "")[:SHORT]


def target(report: Report) -> str:
    """The target by the name people call it."""
    return report.target.ref.removeprefix("refs/heads/").removeprefix("refs/remotes/")


def headline(report: Report) -> str:
    """The verdict in one sentence."""
    streams = judged(report)
    stuck = sum(stream.decision in ("block", "hold") for stream in streams)
    waiting = sum(stream.decision == "review" for stream in streams)
    all_of_them = counted(len(streams), "stream")
    if not streams:
        return "there is no stream to judge"
    if report.verdict == "unknown":
        return f"not everything could be checked, so nothing is sure for {all_of_them}"
    if report.verdict == "pass":
        return f"{all_of_them} can land" if len(streams) > 1 else "the stream can land"
    if report.verdict == "review":
        return f"{waiting} of {all_of_them} must be reviewed before landing"
    if not stuck:
        return f"{counted(tally(report)['error'], 'error')} in {all_of_them}"
    return f"{stuck} of {all_of_them} cannot land as {'it is' if stuck == 1 else 'they are'}"


def mode(report: Report) -> str:
    """Return what the mode means for the verdict; "" when it counts."""
    return "audit: reported, not enforced" if report.policy.mode == "audit" else ""


def prospect(report: Report) -> str:
    """Return the decisions in numbers: `5 ready, 1 to review, 2 held`."""
    by_decision = Counter(stream.decision for stream in judged(report))
    parts = {
        "ready": by_decision["land"],
        "to review": by_decision["review"],
        "held": by_decision["hold"],
        "blocked": by_decision["block"],
    }
    return ", ".join(f"{count:,} {state}" for state, count in parts.items() if count)


def counts(report: Report) -> str:
    """`2 errors, 1 warning and 3 notes (1 waived)`."""
    by_severity = tally(report)
    parts = [
        counted(by_severity[severity], severity)
        for severity in ("error", "warning", "note")
        if by_severity[severity]
    ]
    left_out = len(waived(report))
    return (series(parts) if parts else "no findings") + (f" ({left_out:,} waived)" if left_out else "")


def detail(action: StreamAction, at_most: int) -> str:
    """The rest of the sentence that the verb and the subject of an action begin."""
    streams = series(action.streams, at_most)
    return f"must look at {streams}" if action.verb == "review" else action.why or streams


def efficiency(report: Report) -> str:
    """Return how much the batches save: efficiency is the steps of landing one at a time over the batches."""
    order, batches = report.plan.order, report.plan.batches
    if not batches:
        return "nothing lands now"
    gain = f"efficiency {len(order) / len(batches):.1f}"
    return f"{counted(len(order), 'stream')} in {counted(len(batches), 'batch', 'batches')}, {gain}"


def coverage(report: Report) -> str:
    """Return how much was looked at."""
    seen = report.coverage
    merged = f"{seen.pairs_merged:,} merged for real" if seen.pairs_merged else "none had to be merged"
    return f"{counted(seen.streams, 'stream')}, {counted(seen.pairs, 'pair')}: {merged}"


def provenance(report: Report) -> str:
    """Return the target and the policy."""
    at = f"{target(report)} at {short(report.target.commit)}"
    return f"{at}; {policy(report)}; {report.tool.name} {report.tool.version}"


def policy(report: Report) -> str:
    """Return the origin of the policy."""
    source = report.policy
    if source.from_ == "default":
        return "no policy"
    origin = f"of {target(report)}" if source.from_ == "target" else "from a file, not the target"
    return f"policy {source.path} {origin}, {short(source.digest)}"


def label(finding: FindingRecord) -> str:
    """`G201 file-collision (content), likely`."""
    kind = f" ({finding.kind})" if finding.kind else ""
    doubt = "" if finding.confidence == "certain" else f", {finding.confidence}"
    return f"{finding.code} {finding.name}{kind}{doubt}"


def sentence(finding: FindingRecord) -> str:
    """Return the message with the hint, where there is room for one text only."""
    text = f"{finding.message.removesuffix('.')}."
    return f"{text} Hint: {finding.hint}" if finding.hint else text


def place(location: LocationRecord) -> str:
    """`path:3-4`."""
    if location.line is None:
        return location.path
    last = location.end_line or location.line
    return f"{location.path}:{location.line}" + (f"-{last}" if last > location.line else "")


def primary(finding: FindingRecord) -> str:
    """`path:3`, the first place of a finding; "" when it has none."""
    if not finding.locations:
        return ""
    first = finding.locations[0]
    return first.path if first.line is None else f"{first.path}:{first.line}"


def located(finding: FindingRecord) -> str:
    """`path:3: `, before a text about a finding; "" when it has no place."""
    return f"{primary(finding)}: " if finding.locations else ""


def unproved(finding: FindingRecord) -> list[str]:
    """The places of a finding that no evidence shows, with their stream where several are concerned."""
    seen = {(piece.branch, piece.path, piece.line) for piece in finding.evidence}
    places = (
        f"{place(location)} on {location.branch}" if len(finding.branches) > 1 else place(location)
        for location in finding.locations
        if (location.branch, location.path, location.line) not in seen
    )
    return list(dict.fromkeys(places))


def caption(piece: EvidenceRecord) -> str:
    """The title of a piece of evidence, with its stream and place where the title does not name them."""
    parts = [piece.title]
    if piece.branch not in piece.title:
        parts.append(piece.branch)
    if piece.path not in piece.title:
        parts.append(piece.path if piece.line is None else f"{piece.path}:{piece.line}")
    elif piece.line is not None:
        parts.append(f"line {piece.line}")
    return ", ".join(filter(None, parts))


def numbered(piece: EvidenceRecord) -> list[str]:
    """The lines of a piece of evidence, each with its number where that is known."""
    lines = piece.text.removesuffix("\n").split("\n") if piece.text else []
    if piece.line is None:
        return [f"| {line}" for line in lines]
    digits = len(str(piece.line + len(lines) - 1))
    return [f"{number:>{digits}} | {line}" for number, line in enumerate(lines, piece.line)]


def moved(change: ChangeRecord) -> str:
    """`new from old`, or the path alone."""
    return change.path if change.old_path is None else f"{change.path} from {change.old_path}"


def pair_order(pair: PairRecord) -> str:
    """Return the decision on a pair."""
    if pair.decision == "converge":
        return "converge"
    return f"{pair.order[0]} before {pair.order[1]}" if len(pair.order) == 2 else "one at a time"
