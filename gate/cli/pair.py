"""`git gate pair`: two streams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import click

from gate.cli import options, output
from gate.cli.check import analysed, audited
from gate.cli.writing import write
from gate.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.analysis import Analysis
    from gate.model.facts import Facts, StreamFacts
    from gate.model.git import Target
    from gate.model.report import NotCheckedRecord
    from gate.model.verdict import Pair
    from gate.report import Options
    from gate.report.pairing import Collision, Pairing, Tried


@click.command("pair")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@options.target
@options.config
@options.selection
@options.folder
@output.form("text", "json", "markdown")
@output.color
@options.debug
def command(left: str, right: str, form: str, **values: Any) -> int:
    """How two branches go together: side by side, or one at a time and in which order, and why.

    Shows both versions of whatever collides. Nothing but these two is judged.

    \b
    Exits 0 when both can stand, 1 when they collide, 3 when that cannot be told.
    """
    if left == right:
        raise UsageError(f"{left} is named twice", "name two different branches")
    look = output.options(values)
    done = analysed((left, right), values)
    pairing = _pairing(done, left, right)
    write(_rendered(pairing, form, look))
    return Exit.PASS if audited(done.report) else _exit_code(pairing)


def _rendered(pairing: Pairing, form: str, look: Options) -> str:
    from gate.report import pairing as shown
    from gate.report.encoded import encoded

    if form == "json":
        return encoded(pairing)
    return shown.render_markdown(pairing) if form == "markdown" else shown.render(pairing, look)


def _exit_code(pairing: Pairing) -> Exit:
    live = [finding for finding in pairing.findings if finding.waived is None]
    if any(finding.severity == "error" and finding.code != "G002" for finding in live):
        return Exit.BLOCKED
    return Exit.UNKNOWN if pairing.decision == "unknown" or pairing.not_checked else Exit.PASS


def _pairing(done: Analysis, left: str, right: str) -> Pairing:
    """Return what the analysis says of exactly these two.

    Raises:
        UsageError: they are one branch under two names.
    """
    from gate.model.verdict import PairDecision
    from gate.report.pairing import Pairing
    from gate.report.text import valid

    first, second = sorted((left, right))
    facts = (done.facts.stream(first), done.facts.stream(second))
    _require_two(*facts, done.facts.target)
    stuck = [stream for stream in facts if stream.landed is None]
    pair, both = _decided(done, first, second), {valid(first), valid(second)}
    unknown = pair.merge == "not_tried" or (bool(stuck) and pair.decision is PairDecision.PARALLEL)
    return Pairing(
        target=done.report.target,
        branches=[first, second],
        decision="unknown" if unknown else pair.decision.value,
        path=[*map(_stuck, stuck), *pair.path[1 if stuck else 0 : -1 if unknown else None]],
        merge=cast("Tried", "not_tried" if stuck else pair.merge),
        order=list(pair.order),
        reasons=list(pair.reasons),
        collisions=list(_collisions(done, first, second)),
        findings=[finding for finding in done.report.findings if set(finding.branches) == both],
        not_checked=_gaps(done.facts, {first, second}),
    )


def _collisions(done: Analysis, first: str, second: str) -> Iterator[Collision]:
    """Yield both versions of each conflict, with the sentence of its finding, else with git's own."""
    from gate.model.git import Conflicted
    from gate.report.pairing import collision
    from gate.streams.conflict_hunks import MOST_HUNKS

    sentences = {
        (finding.identity, finding.kind): finding.message
        for finding in done.findings
        if finding.code == "G201" and finding.branches == (first, second)
    }
    for pair in done.facts.pairs:
        if (pair.first, pair.second) == (first, second) and isinstance(pair.merge, Conflicted):
            for conflict in pair.merge.conflicts:
                message = sentences.get(((conflict.path,), conflict.kind), conflict.detail)
                cut = f" (its first {MOST_HUNKS} places)" if len(conflict.hunks) == MOST_HUNKS else ""
                yield collision(conflict, message + cut, first, second)


def _gaps(facts: Facts, both: set[str]) -> list[NotCheckedRecord]:
    """Return what had to be checked for these two and was not."""
    from gate.model.facts import untried_merges
    from gate.model.report import NotCheckedRecord

    return [
        NotCheckedRecord(gap.what, gap.why, required=True, hint=gap.hint)
        for gap in (*facts.not_checked, *untried_merges(facts))
        if gap.required and both.issuperset(gap.branches)
    ]


def _require_two(first: StreamFacts, second: StreamFacts, target: Target) -> None:
    if first.stream.ref and first.stream.ref == second.stream.ref:
        raise UsageError(
            f"{first.name} and {second.name} are both {first.stream.ref}", "name two different branches"
        )
    for side, rival in ((first, second), (second, first)):
        if side.stream.ref == target.ref:
            raise UsageError(
                f"{side.name} is the target itself",
                f"`git gate check {rival.name}` judges a branch against it",
            )


def _decided(done: Analysis, first: str, second: str) -> Pair:
    """The decision on the pair; where there was nothing to say of it, it is parallel (R2, step 4)."""
    from gate.model.verdict import Pair, PairDecision

    pair = next((pair for pair in done.pairs if (pair.first, pair.second) == (first, second)), None)
    free = ("same file: no", "integration point: none touched", "dependency: none", "side by side")
    return pair or Pair(first, second, PairDecision.PARALLEL, "not_needed", path=free)


def _stuck(stream: StreamFacts) -> str:
    """Return why the first question of R2 has no answer: a stream without a landed state cannot be merged."""
    from gate.model.git import NotTried

    if isinstance(stream.landing, NotTried):
        return (
            f"same file: not known, the landing of {stream.name} could not be tried ({stream.landing.reason})"
        )
    return f"same file: not known, for {stream.name} conflicts with the target by itself: bring it up to date first"
