"""G240."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._migrations import (
    follow,
    in_databases,
    location,
    patch_evidence,
    place,
    regeneration,
    weight,
)
from gate.migrations.tools import tool
from gate.model.check import Level, check
from gate.model.finding import Apart, Before, Confidence, Evidence, Finding, Serial, Severity
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.model.collisions import Chain, Fork, LateVersion, SquashFollower
    from gate.model.facts import Facts


@check("G240", "migration-heads", Level.MIGRATION)
def migration_heads(facts: Facts) -> Iterator[Finding]:
    """Together the migration graph has more heads than the target.

    Why: two streams add a migration on the same parent, both are green, and git merges two new files without a word;
        then `alembic upgrade head` and `manage.py migrate` refuse to run. How many heads may be is what the target has,
        by its roots and branch labels; a merge revision on any of the streams repairs a fork. Whole chains are
        compared, and a stream that forks from the target by itself, because the target has changed since, is reported
        alone. A squash of a migration that another stream follows is a warning: Django runs that migration after the
        squash and says nothing. Django leaves a squash out where a part of what it replaces has been applied: heads
        that only such a database has are a warning, and the message says in which databases. In numbered systems, a
        number below one that has been applied never runs, or runs out of order; between two streams the order in which
        they land decides that.
    Example: agent/a adds `b1` and agent/b adds `c1`, each with `down_revision = "a9"`.
    Resolve: land either stream, then re-parent the other's first migration onto what landed: the hint has the line and
        the value, the evidence a patch. `git gate fix migrations BRANCH` makes it for the order in which streams land.
    """
    for fork in facts.migrations.forks:
        yield _between(fork) if fork.apart else _alone(fork)
    for follower in facts.migrations.squashes:
        yield _squash_follower(follower)
    for late in facts.migrations.late:
        yield _late(late, regeneration(facts, late.store, late.stream, late.applied_by))


def _between(fork: Fork) -> Finding:
    streams = fork.streams
    severity, confidence = weight(sure=fork.sure, state=fork.state)
    return Finding(
        code="G240",
        name="migration-heads",
        kind=fork.kind,
        severity=severity,
        confidence=confidence,
        message=f"{series(streams, 6)} {_does(fork)}: {_heads(fork.chains)}; {_leave(fork)}",
        branches=streams,
        locations=tuple(location(chain.stream, chain.root) for chain in fork.chains),
        hint=_sequence(fork),
        constraints=tuple(map(Apart, fork.apart)) if severity is Severity.ERROR else (Serial(streams),),
        evidence=(*map(_evidence, fork.chains), *map(patch_evidence, fork.patches)),
        identity=_identity(fork),
    )


def _does(fork: Fork) -> str:
    all_of = "both" if len(fork.streams) == 2 else "all"
    if fork.kind == "merges":
        return (
            f"{all_of} merge the heads {series([f'`{key.id}`' for key in fork.chains[0].root.own_parents])}"
        )
    if fork.kind == "squash":
        return f"{all_of} squash the same migrations of {fork.store.name}"
    if fork.point is None:
        return f"{all_of} start the migrations of {fork.store.name}"
    return f"{all_of} add a migration after `{fork.point.id}` ({fork.point.path})"


def _leave(fork: Fork) -> str:
    if fork.kind == "squash" and not fork.sure:
        return f"what {tool(fork.store.tool).title} makes of both depends on the order in which it meets them"
    return f"together they leave {len(fork.chains)} heads{in_databases(fork.state)}"


def _heads(chains: Sequence[Chain]) -> str:
    return series([_chain(chain) for chain in chains], 6)


def _chain(chain: Chain) -> str:
    return f"`{chain.root.id}`" if chain.root == chain.head else f"`{chain.root.id}` to `{chain.head.id}`"


def _sequence(fork: Fork) -> str:
    """Return the whole sequence: the first lands untouched, each of the others after the stream before it."""
    first, *others = fork.chains
    if fork.kind == "merges":
        return f"land {first.stream}, and remove " + series(
            [f"`{chain.root.id}` ({chain.root.path}) from {chain.stream}" for chain in others]
        )
    if fork.kind == "squash":
        return f"land {first.stream}, and squash again what is left in {series([chain.stream for chain in others])}"
    old = fork.point.id if fork.point else ""
    steps, last = [f"land {first.stream}"], first
    for chain in others:
        steps.append(f"then in {chain.stream} {follow(chain.root, last.head.key, old)}")
        last = chain
    return ", ".join(steps)


def _alone(fork: Fork) -> Finding:
    [stream] = fork.streams
    severity, confidence = weight(sure=fork.sure, state=fork.state)
    return Finding(
        code="G240",
        name="migration-heads",
        kind=fork.kind,
        severity=severity,
        confidence=confidence,
        message=f"{stream} {_own_fork(fork)}{in_databases(fork.state)}",
        branches=(stream,),
        locations=tuple(location(stream, chain.root) for chain in fork.chains),
        hint=_own_hint(fork),
        evidence=(*map(_evidence, fork.chains), *map(patch_evidence, fork.patches)),
        identity=_identity(fork),
    )


def _own_fork(fork: Fork) -> str:
    others = series([f"`{node.id}`" for node in fork.heads])
    if len(fork.chains) > 1:
        after = f" after `{fork.point.id}`" if fork.point else ""
        return f"adds {_heads(fork.chains)}{after}, and leaves {len(fork.chains)} heads by itself"
    if fork.kind == "moved":
        place_ = f"after `{fork.point.id}`" if fork.point else "on another parent"
        return f"puts `{fork.chains[0].root.id}` {place_}; landing it leaves the heads {others}"
    if fork.point is None:
        return f"starts the migrations of {fork.store.name} again with {_heads(fork.chains)}, beside {others}"
    target = f"where the target has {others} by now" if others else "where the target has others by now"
    return f"adds {_heads(fork.chains)} after `{fork.point.id}`, {target}; landing it leaves another head"


def _own_hint(fork: Fork) -> str:
    first, *others = fork.chains
    old = fork.point.id if fork.point else ""
    if fork.kind == "moved":
        return f"leave `{first.root.id}` ({place(first.root)}) where it was, or add a migration that follows each head"
    if others:
        return follow(others[0].root, first.head.key, old)
    if fork.heads:
        return follow(first.root, fork.heads[0].key, old)
    return f"re-parent `{first.root.id}` ({place(first.root)}) onto the target's head"


def _evidence(chain: Chain) -> Evidence:
    node = chain.root
    return Evidence(f"{chain.stream}: {node.path}", chain.text, chain.stream, node.path, node.line)


def _identity(fork: Fork) -> tuple[str, ...]:
    return (fork.store.tool, fork.store.name, fork.point.id if fork.point else "")


def _squash_follower(follower: SquashFollower) -> Finding:
    return Finding(
        code="G240",
        name="migration-heads",
        kind="squash-child",
        severity=Severity.WARNING,
        confidence=Confidence.CERTAIN,
        message=f"{follower.follower} adds `{follower.child.id}` after a migration that {follower.squasher} squashes "
        f"into `{follower.squash.id}`; it will run after the whole squash",
        branches=(follower.follower, follower.squasher),
        locations=(
            location(follower.follower, follower.child),
            location(follower.squasher, follower.squash, "replaces"),
        ),
        hint=f"land {follower.squasher}, then in {follower.follower} {follow(follower.child, follower.squash.key)}",
        constraints=(Serial((follower.squasher, follower.follower)),),
        identity=(follower.store.tool, follower.store.name, follower.child.id, follower.squash.id),
    )


def _gravity(late: LateVersion) -> Severity:
    """Return one step less between streams, where the order in which they land decides."""
    if late.store.late == "error":
        return Severity.WARNING if late.applied_by else Severity.ERROR
    return Severity.NOTE if late.applied_by else Severity.WARNING


def _late(late: LateVersion, more: str) -> Finding:
    outcome = "it would never run" if late.store.late == "error" else "it would run out of order"
    since = f"{late.applied_by} adds" if late.applied_by else "the target has"
    constraints = (Before(late.stream, late.applied_by),) if late.applied_by else ()
    return Finding(
        code="G240",
        name="migration-heads",
        kind="late",
        severity=_gravity(late),
        confidence=Confidence.CERTAIN if not late.applied_by else Confidence.LIKELY,
        message=f"{late.stream} adds `{late.node.id}`, below `{late.applied.id}`, which {since}"
        + (f"; landing later, {outcome}" if late.applied_by else f"; {outcome}"),
        branches=(late.stream, late.applied_by) if late.applied_by else (late.stream,),
        locations=(location(late.stream, late.node),),
        hint=(f"land {late.stream} first, or " if late.applied_by else "")
        + f"give {late.node.path} a number above `{late.applied.id}`{more}",
        constraints=constraints,
        evidence=tuple(map(patch_evidence, late.patches)),
        identity=(late.store.tool, late.store.name, late.node.id, late.applied.id),
    )
