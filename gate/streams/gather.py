"""All the facts of one analysis, in the order they depend on one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.gathering import gather_migrations
from gate.model.collisions import NO_MIGRATIONS
from gate.model.facts import Facts, NotChecked
from gate.model.git import Target
from gate.model.names import NO_NAMES
from gate.streams import land, pairs, protected, relations

if TYPE_CHECKING:
    from gate.git.merges import Merger
    from gate.git.objects import Objects
    from gate.git.refs import Branch
    from gate.git.repository import Repository
    from gate.model.policy import Policy
    from gate.model.request import Request
    from gate.names.result import Known
    from gate.streams.discover import Streams


def target_of(objects: Objects, aim: Branch) -> Target:
    """The target as a value."""
    info = objects.info(f"{aim.commit}^{{tree}}")
    return Target(aim.ref or aim.name, aim.commit, info.oid if info else "")


def gather(
    repository: Repository,
    merger: Merger,
    objects: Objects,
    request: Request,
    policy: Policy,
    aim: Branch,
    found: Streams,
    *,
    read: bool,
    migrations: bool = True,
) -> tuple[Facts, Known | None]:
    """Everything the checks may know about these streams; with `read`, what their source files say of one another too,
    with `migrations`, what their database migrations do.

    What is known of names comes along for the rehearsal, which may ask more of it.

    Raises:
        GateError: the question cannot be answered: a full disk, a git that fails.
    """
    target = target_of(objects, aim)
    landed, notes = land.land(repository, merger, objects, target, policy, found)
    # A stale stream is kept out of every comparison: what it shares with others is the noise of its age.
    standing = [one.stream for one in landed if one.landed is not None]
    related = relations.related(standing, found.history)
    twins, more = relations.duplicates(repository, standing, found.history)
    merged = pairs.merge_all(merger, objects, landed, related)
    known: Known | None = None
    unread: tuple[NotChecked, ...] = ()
    if read:
        from gate.names import gather_names  # only who reads source files pays for it

        known, merged, unread = gather_names(
            repository, merger, objects, target, landed, merged, cached=request.cached, jobs=request.jobs
        )
    stacks = relations.stacks(standing, found.history)
    moved = NO_MIGRATIONS
    if migrations:
        moved, unplaced = gather_migrations(
            repository,
            objects,
            target,
            landed,
            merged,
            stacks,
            protected=policy.protected,
            cached=request.cached,
            jobs=request.jobs,
        )
        unread = (*unread, *unplaced)
    facts = Facts(
        target=target,
        policy=policy,
        streams=landed,
        pairs=merged,
        stacks=stacks,
        duplicates=twins,
        protected=protected.changes(landed, objects, policy.templates),
        not_checked=(*_scope(policy, found, request), *found.not_checked, *notes, *more, *unread),
        names=known.found if known is not None else NO_NAMES,
        migrations=moved,
    )
    return facts, known


def _scope(policy: Policy, found: Streams, request: Request) -> tuple[NotChecked, ...]:
    """What this analysis does not look at, said once."""
    said = []
    if not policy.routes:
        said.append(
            NotChecked(
                "who owns the changed paths",
                f"the target has no {policy.path}"
                if policy.origin == "default"
                else f"{policy.path} has no rules",
                hint="`git gate init` writes one",
            )
        )
    if not found.streams and not request.branches:
        what = (
            f"no unmerged branch matches {', '.join(policy.branches)}"
            if policy.branches
            else "no branch is unmerged"
        )
        said.append(NotChecked("any stream", what, hint="name a branch, or fetch the ones you mean"))
    return tuple(said)
