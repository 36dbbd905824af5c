"""All the facts of one analysis, in the order they depend on one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.gathering import gather_migrations
from gate.model.collisions import NO_MIGRATIONS
from gate.model.facts import Facts, NotChecked
from gate.model.names import NO_NAMES
from gate.streams import protected, relations
from gate.streams.land import land
from gate.streams.pairs import merge_all

if TYPE_CHECKING:
    from gate.model.policy import Policy
    from gate.model.request import Request
    from gate.names.result import Known
    from gate.streams.discover import Streams
    from gate.workspace import Workspace


def gather(
    workspace: Workspace, request: Request, streams: Streams, *, read: bool, migrations: bool = True
) -> tuple[Facts, Known | None]:
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
    names: Known | None = None
    unread: tuple[NotChecked, ...] = ()
    if read:
        from gate.names import gather_names  # only who reads source files pays for it

        names, pairs, unread = gather_names(
            workspace.repository,
            workspace.merger,
            workspace.objects,
            workspace.target,
            landed,
            pairs,
            cached=workspace.cached,
            jobs=workspace.jobs,
        )
    stacks = relations.stacks(standing, streams.history)
    migration_facts = NO_MIGRATIONS
    unplaced: tuple[NotChecked, ...] = ()
    if migrations:
        migration_facts, unplaced = gather_migrations(
            workspace.repository,
            workspace.objects,
            workspace.target,
            landed,
            pairs,
            stacks,
            protected=workspace.policy.protected,
            cached=workspace.cached,
            jobs=workspace.jobs,
        )
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
        names=names.found if names is not None else NO_NAMES,
        migrations=migration_facts,
    )
    return facts, names


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
