"""The gate over branches that are about to be pushed or received."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from gate.cli.options import today
from gate.cli.progress import Progress
from gate.cli.writing import note
from gate.errors import Exit
from gate.git import refs
from gate.model.request import Request, Tip
from gate.model.words import ago
from gate.report.brief import brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gate.model.analysis import Published


def judge(updates: Sequence[tuple[str, str]], way_out: str, leaving: Sequence[str] = ()) -> Exit:
    """Judge the branches as they will be, beside every other stream, and report the verdict on standard error.

    `way_out` is how to go on without the gate; the rest as in `analysed`.

    Raises:
        GateError: the question cannot be answered.
    """
    done = analysed(updates, leaving)
    return Exit.PASS if done is None else tell(done, way_out)


def analysed(updates: Sequence[tuple[str, str]], leaving: Sequence[str] = ()) -> Published | None:
    """The analysis of branches that are about to move; None when none of them is a stream.

    `updates` are full refs with their new commits; tags, deletions (zeros) and everything but branches are passed over.
    `leaving` are the refs that will be gone. Branches that are no streams by the policy are named and passed over.

    Raises:
        GateError: the question cannot be answered.
    """
    from gate.pipeline import publish

    tips = tuple(Tip(refs.short(ref), ref, commit) for ref, commit in updates if _stays(ref, commit))
    if not tips:
        return None
    with Progress() as progress:
        request = Request(today=today(), tips=tips, leaving=tuple(leaving), worktrees=False)
        done = publish(request, progress)
    judged = {stream.ref for stream in done.report.streams if stream.judged}
    others = [tip.name for tip in tips if tip.ref not in judged]
    if others:
        note(f"git-gate: no streams, so not judged: {', '.join(others)}")
    return done if judged else None


def tell(done: Published, way_out: str) -> Exit:
    """Say the verdict in a few lines; the exit code."""
    from gate.cli.check import exit_code

    code = exit_code(done.report, strict=False)
    say(brief(done.report, reviewers(done)), done)
    if code is not Exit.PASS:
        note(f"git-gate: to go on anyway: {way_out}")
    return code


def say(lines: Iterable[str], done: Published) -> None:
    """Say lines, marked as ours where they begin something, and how old the target is."""
    for line in filter(None, (*lines, fetched(done))):
        note(line if line.startswith(" ") else f"git-gate: {line}")


def reviewers(done: Published) -> dict[str, tuple[str, ...]]:
    """The people behind each coordinator."""
    return {coordinator.name: coordinator.reviewers for coordinator in done.policy.coordinators}


def fetched(done: Published) -> str:
    """Return how old a fetched target is; "" for a local one. A hook asks no network."""
    ref = done.report.target.ref
    if not ref.startswith(refs.REMOTES):
        return ""
    name = refs.short(ref)
    if not done.fetched:
        return f"{name} has never been fetched; what landed there meanwhile does not count"
    return f"{name} as fetched {ago(time.time() - done.fetched)} ago"


def removed_branches(updates: Sequence[tuple[str, str]]) -> list[str]:
    """The branches that will be gone."""
    return [ref for ref, commit in updates if ref.startswith(refs.HEADS) and not commit.strip("0")]


def _stays(ref: str, commit: str) -> bool:
    return ref.startswith(refs.HEADS) and bool(commit.strip("0"))
