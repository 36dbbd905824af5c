"""All the facts of one analysis, in the order they depend on one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.gathering import gather_migrations
from gate.model.collisions import NO_MIGRATIONS
from gate.model.facts import Facts, NotChecked
from gate.model.names import NO_NAMES
from gate.names.scope import can_meet, unread_languages
from gate.streams import protected, relations
from gate.streams.land import land
from gate.streams.pairs import merge_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.model.facts import PairFacts, StreamFacts
    from gate.model.names import NameFacts
    from gate.model.policy import Policy
    from gate.model.request import Request
    from gate.streams.discover import Streams
    from gate.streams.name_inputs import ComparedNames
    from gate.workspace import Workspace


def gather(
    workspace: Workspace, request: Request, streams: Streams, *, read: bool, migrations: bool = True
) -> tuple[Facts, ComparedNames | None]:
    """Return everything the checks may know about these streams, and what is known of names, for the rehearsal.

    With `read`, what their source files say of one another is known too, with `migrations`, what their database
    migrations do.

    Raises:
        GateError: the question cannot be answered: a full disk, a git that fails.
    """
    landed, notes = land(workspace, streams)
    # A stale stream is kept out of every comparison: what it shares with others is the noise of its age.
    standing = [stream.stream for stream in landed if stream.landed is not None]
    twins, unsure = relations.duplicates(workspace.repository, standing, streams.history)
    pairs = merge_all(workspace, landed, relations.related(standing, streams.history))
    names: ComparedNames | None = None
    unread: tuple[NotChecked, ...] = ()
    target_names: tuple[NameFacts, ...] = ()
    if read:
        names, pairs, unread = _compare_names(workspace, landed, pairs)
        target_names, uncompared = _compare_with_target(workspace, landed)
        unread = (*unread, *uncompared)
    stacks = relations.stacks(standing, streams.history)
    migration_facts = NO_MIGRATIONS
    unplaced: tuple[NotChecked, ...] = ()
    if migrations:
        migration_facts, unplaced = gather_migrations(workspace, landed, pairs, stacks)
    scope = _scope(workspace.policy, streams, request)
    facts = Facts(
        target=workspace.target,
        policy=workspace.policy,
        streams=landed,
        pairs=pairs,
        stacks=stacks,
        duplicates=twins,
        protected=protected.changes(landed, workspace.objects, workspace.policy.templates),
        not_checked=(*scope, *streams.not_checked, *notes, *unsure, *unread, *unplaced),
        names=names.facts if names is not None else NO_NAMES,
        target_names=target_names,
        migrations=migration_facts,
    )
    return facts, names


def _compare_names(
    workspace: Workspace, streams: Sequence[StreamFacts], pairs: tuple[PairFacts, ...]
) -> tuple[ComparedNames | None, tuple[PairFacts, ...], tuple[NotChecked, ...]]:
    """Return the comparison of names, None where no two streams can meet; the merged pairs; and what was not read."""
    landed = [stream for stream in streams if stream.landed is not None]
    paths = [{path for routed in stream.changes for path in routed.change.paths} for stream in landed]
    unread = unread_languages(path for changed_paths in paths for path in changed_paths)
    if len(landed) < 2 or not can_meet(paths):
        return None, pairs, unread
    from gate.streams.name_inputs import compare_names  # only who reads source files pays for it

    names, pairs, notes = compare_names(workspace, landed, pairs)
    return names, pairs, (*unread, *notes)


def _compare_with_target(
    workspace: Workspace, streams: Sequence[StreamFacts]
) -> tuple[tuple[NameFacts, ...], tuple[NotChecked, ...]]:
    """Return the collisions of names with what the target changed since the merge base, and what was not compared."""
    behind = [
        stream
        for stream in streams
        if stream.landed is not None
        and stream.stream.judged
        and stream.stream.merge_base not in (None, workspace.target.commit)
        and stream.changes
    ]
    if not behind:
        return (), ()
    from gate.streams.target_names import compare_with_target  # only who reads source files pays for it

    return compare_with_target(workspace, behind)


def _scope(policy: Policy, streams: Streams, request: Request) -> tuple[NotChecked, ...]:
    """Return what this analysis does not look at."""
    notes = []
    if not policy.routes:
        notes.append(
            NotChecked(
                "who owns the changed paths",
                f"the target has no {policy.path}"
                if policy.origin == "default"
                else f"{policy.path} has no rules",
                hint="`git gate init` writes one",
            )
        )
    if not streams.streams and not request.branches:
        what = (
            f"no unmerged branch matches {', '.join(policy.branches)}"
            if policy.branches
            else "no branch is unmerged"
        )
        notes.append(NotChecked("any stream", what, hint="name a branch, or fetch the ones you mean"))
    return tuple(notes)
