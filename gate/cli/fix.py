"""`git gate fix`: repairs as patches."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import click

from gate.cli import options
from gate.cli.check import analysed
from gate.cli.writing import note, require_place, save_bytes, write_bytes
from gate.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Set

    from gate.git.refs import Branch
    from gate.model.analysis import Analysis
    from gate.model.collisions import MigrationFacts
    from gate.model.facts import StreamFacts
    from gate.model.repairs import Repair
    from gate.workspace import Workspace

_ONTO_TARGET = "target"


@click.group("fix")
def command() -> None:
    """Repair what branches do to one another, as a patch or a commit.

    Nothing is pushed, and no worktree is touched.
    """


@command.command("migrations")
@click.argument("branch", metavar="BRANCH")
@click.option(
    "--onto",
    metavar="BRANCH|target",
    help="What lands before it (default: what the landing order has before it).",
)
@click.option("--patch", "file", metavar="FILE", help="Write the patch there instead of printing it.")
@click.option(
    "--commit", is_flag=True, help="Put a commit on top of BRANCH, if no worktree has it checked out."
)
@click.option("--keep-names", is_flag=True, help="Do not renumber migrations that move.")
@options.target
@options.config
@options.folder
@options.debug
def migrations(
    branch: str, onto: str | None, file: str | None, commit: bool, keep_names: bool, **values: Any
) -> int:
    """Make the migrations of BRANCH follow those that land before it.

    Prints a patch for the tip of BRANCH (`git apply` takes it), and on standard error what it does. Only what nobody
    can have run is re-parented; what a tag, a release branch or a branch the policy protects has is merged by a new
    migration.

    \b
    Exits 0 with the patch, or when there is nothing to do; 3 when no patch can be offered.
    """
    if file is not None and commit:
        raise UsageError("--patch and --commit exclude each other", "leave one of them out")
    if onto == branch:
        raise UsageError(f"{branch} cannot land before itself", "name another branch, or `target`")
    if file is not None:
        require_place(Path(file))
    from gate.workspace import open_workspace

    with open_workspace(None, values["target"], options.policy(values)) as workspace:
        done, stream, before = _analysed(workspace, branch, onto, values)
        fixed = _repaired(workspace, done, stream, before, keep_names=keep_names)
        if not fixed.repair.rewrites:
            note(f"nothing to do: the migrations of {branch} follow {_names(before)}")
            return Exit.PASS
        if commit:
            from gate.git import applying
            from gate.git.refs import find

            target_branch = find(branch, workspace.refs, workspace.objects)
            commit_id = applying.commit(
                workspace.repository, target_branch, fixed.patch, _message(before, fixed.repair)
            )
            _tell(branch, before, fixed.repair)
            note(f"{branch} is at {commit_id[:12]} now")
            return Exit.PASS
        _tell(branch, before, fixed.repair)
        if file is not None:
            save_bytes(Path(file), fixed.patch)
        else:
            write_bytes(fixed.patch)
    return Exit.PASS


@dataclass(frozen=True, slots=True)
class _Fixed:
    repair: Repair
    patch: bytes


def _analysed(
    workspace: Workspace, branch: str, onto: str | None, values: dict[str, Any]
) -> tuple[Analysis, StreamFacts, list[StreamFacts]]:
    """The analysis, the stream, and those that land before it."""
    from gate.git.refs import discover, find

    wanted = find(branch, workspace.refs, workspace.objects)
    values = values | {"worktrees": False}
    streams = discover(workspace.refs, workspace.branch, workspace.policy.branches)
    if onto is None and any(wanted.ref == stream.ref for stream in streams):
        done = analysed((), values)
    elif onto is None:
        done = analysed((branch,), values | {"against": tuple(workspace.policy.branches) or ("*",)})
    else:
        done = analysed((branch,) if _is_target(workspace, onto) else (branch, onto), values)
    stream = _stream(done, wanted, branch)
    if onto is not None:
        before = [] if _is_target(workspace, onto) else [done.facts.stream(onto)]
        for predecessor in before:
            _require_landed(predecessor)
        return done, stream, before
    return done, stream, _before(done, stream)


def _is_target(workspace: Workspace, onto: str) -> bool:
    return onto in (_ONTO_TARGET, workspace.branch.name, workspace.branch.ref)


def _stream(done: Analysis, wanted: Branch, branch: str) -> StreamFacts:
    """The stream of that branch.

    Raises:
        UsageError: it has nothing to repair, or is no stream that can land.
    """
    matching = [
        stream
        for stream in done.facts.streams
        if stream.name == branch or (wanted.ref and stream.stream.ref == wanted.ref)
    ]
    if not matching:
        raise UsageError(f"{branch} has nothing that the target lacks", "name a branch that is not merged")
    _require_landed(matching[0])
    return matching[0]


def _require_landed(stream: StreamFacts) -> None:
    if stream.landed is None:
        raise UsageError(
            f"{stream.name} conflicts with the target by itself, so that its migrations cannot be placed",
            "bring it up to date with the target first",
        )


def _before(done: Analysis, stream: StreamFacts) -> list[StreamFacts]:
    """Of those it forks with or follows, the ones that land before it: by the plan, then by name as in the report."""
    facts = done.facts.migrations
    brings = {(lost.consumer, lost.producer) for lost in facts.missing_parents if lost.kind == "order"}
    forks = {
        (stream_name, rival) for fork in facts.forks for stream_name in fork.streams for rival in fork.streams
    }
    needed, near = _reached(stream.name, brings), _reached(stream.name, brings | forks | _versions(facts))
    # A branch judged alone is planned alone: that says nothing of its place among the others.
    alone = not all(done.facts.stream(name).stream.judged for name in near)
    planned = {} if alone else {name: at for at, name in enumerate(done.plan.order)}
    ordered = sorted(near, key=lambda name: (planned.get(name, len(planned)), name))
    first = ordered[: ordered.index(stream.name)]
    return [done.facts.stream(name) for name in ordered if name in first or name in needed - {stream.name}]


def _versions(facts: MigrationFacts) -> set[tuple[str, str]]:
    """Pairs of streams whose versions are equal or late in an ordered store, both ways."""
    pairs = [(version.stream, version.applied_by) for version in facts.late if version.applied_by]
    pairs += [
        (duplicate.first, duplicate.second)
        for duplicate in facts.duplicates
        if duplicate.second and duplicate.store.model == "ordered"
    ]
    return {ordered_pair for pair in pairs for ordered_pair in (pair, pair[::-1])}


def _reached(start: str, edges: Set[tuple[str, str]]) -> set[str]:
    """The streams that lead on from one, itself included."""
    reached, queue = {start}, [start]
    while queue:
        name = queue.pop()
        for producer, consumer in edges:
            if producer == name and consumer not in reached:
                reached.add(consumer)
                queue.append(consumer)
    return reached


def _repaired(
    workspace: Workspace, done: Analysis, stream: StreamFacts, before: list[StreamFacts], *, keep_names: bool
) -> _Fixed:
    """The repair with its patch, which was applied to the tip.

    Raises:
        NoPatch: there is none.
    """
    from gate.errors import NoPatch
    from gate.git import applying
    from gate.git.patch_texts import patch_texts
    from gate.migrations.gathering.repairer import Repairer
    from gate.migrations.repair.situation import RepairOptions
    from gate.model.repairs import NoRepair

    _require_placed(done, stream)
    repairer = Repairer(workspace, done.facts.migrations)
    *_, last = repairer.one_after_another([*before, stream], RepairOptions(keep_names))
    if isinstance(last, NoRepair):
        for place, text in last.excerpts:
            for line in (place, *(f"  {line}" for line in dedent(text).splitlines())):
                note(line)
        code = "G242" if last.excerpts else "G240"
        raise NoPatch(
            f"no patch for {last.stream}: {last.reason}", f"`git gate explain {code}` says what to do by hand"
        )
    [patch] = patch_texts(workspace.repository, [last.rewrites])
    if patch:
        applying.applied(workspace.repository, stream.stream.tip, patch)
    return _Fixed(last, patch)


def _require_placed(done: Analysis, stream: StreamFacts) -> None:
    """Raise NoPatch where the place of one of the stream's migrations is not known."""
    from gate.errors import NoPatch
    from gate.model.facts import NotCheckedKind

    for gap in done.facts.not_checked:
        if stream.name in gap.branches and gap.required and gap.kind is NotCheckedKind.MIGRATION:
            raise NoPatch(f"no patch for {stream.name}: {gap.what} cannot be placed: {gap.why}", gap.hint)


def _names(before: list[StreamFacts]) -> str:
    from gate.model.words import series

    return series([stream.name for stream in before]) or "the target's"


def _tell(branch: str, before: list[StreamFacts], repair: Repair) -> None:
    note(f"{branch}, once {_names(before)} landed:" if before else f"{branch}, on the target:")
    for step in repair.steps:
        note(f"  {step}")
    note(
        "if you have applied these migrations locally, reverse them first; run it again when the order changes"
    )


def _message(before: list[StreamFacts], repair: Repair) -> str:
    from gate.report.text import clean

    lines = "\n".join(f"- {clean(step)}" for step in repair.steps)
    after = f" after {_names(before)}" if before else " after the target's"
    return f"Put migrations{after}\n\n{lines}\n"
