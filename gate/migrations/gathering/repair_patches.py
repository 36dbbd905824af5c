"""Patches for the report: what each collision of migrations needs, in the order the finding says."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from gate.migrations.gathering.repair_inputs import Repairer
from gate.migrations.repair.diff import unified
from gate.model.collisions import DuplicateMigration, LateVersion
from gate.model.repairs import NoRepair, Patch, Repair

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.collisions import Fork, MigrationFacts
    from gate.model.facts import StreamFacts
    from gate.model.git import Target

_Collision = TypeVar("_Collision", DuplicateMigration, LateVersion)
_MOST = 5
"""Of a fork of more streams, only these are told their patches: landing the first changes the others'."""


def with_patches(
    repository: Repository,
    objects: Objects,
    target: Target,
    streams: Sequence[StreamFacts],
    facts: MigrationFacts,
    protected: Sequence[str] = (),
) -> MigrationFacts:
    """The same with patches: of each fork in the order of its chains, of versions that cannot stay in that of names.

    What several versions of the same streams say in one patch is told with the first. `protected` as in the policy.
    """
    twins, late = _firsts(filter(_taken, facts.duplicates)), _firsts(filter(_lost, facts.late))[:_MOST]
    if not (twins or late or any(map(_repairable, facts.forks))):
        return facts
    repairer = Repairer(repository, objects, target, facts, protected)
    known = {one.name: one for one in streams}

    @cache
    def patches(names: tuple[str, ...]) -> tuple[Patch, ...]:
        done = repairer.in_turn((known[name] for name in names), out_of_order=False)
        told = (_patch(one, after) for one, after in zip(done, ("", *names), strict=False))
        return tuple(one for one in told if one)

    def healed(fork: Fork) -> Fork:
        names = tuple(dict.fromkeys(chain.stream for chain in fork.chains))[:_MOST]
        return replace(fork, patches=patches(names)) if _repairable(fork) else fork

    def parted(one: DuplicateMigration) -> DuplicateMigration:
        names = tuple(sorted(_sharing(one, twins)))[:_MOST]
        own = [patch for patch in patches(names) if patch.stream in _streams(one)]
        if set(_streams(one)) <= set(names) and not any(patch.text for patch in own):
            own = list(patches(_streams(one)))  # one before them cannot be repaired
        return replace(one, patches=tuple(own))

    return replace(
        facts,
        forks=tuple(map(healed, facts.forks)),
        duplicates=tuple(parted(one) if one in twins else one for one in facts.duplicates),
        late=tuple(
            replace(one, patches=patches(_streams(one))) if one in late else one for one in facts.late
        ),
    )


def _streams(one: DuplicateMigration | LateVersion) -> tuple[str, ...]:
    names = (one.first, one.second) if isinstance(one, DuplicateMigration) else (one.stream, one.applied_by)
    return tuple(filter(None, names))


def _firsts(found: Iterable[_Collision]) -> list[_Collision]:
    """The first of each store and streams."""
    kept: dict[tuple[str, tuple[str, ...]], _Collision] = {}
    for one in found:
        kept.setdefault((one.store.name, _streams(one)), one)
    return list(kept.values())


def _repairable(fork: Fork) -> bool:
    return fork.kind in ("heads", "merges") and fork.state != "partly"


def _taken(one: DuplicateMigration) -> bool:
    """Whether two have one version, where another heals it."""
    return (
        one.store.model == "ordered"
        and one.kind in ("key", "file")
        and not one.same
        and one.first != one.second
    )


def _lost(one: LateVersion) -> bool:
    return one.store.late == "error" and not one.applied_by


def _sharing(one: DuplicateMigration, twins: Sequence[DuplicateMigration]) -> set[str]:
    """The streams that share versions of its store with one another, those of this one among them."""
    pairs = [_streams(two) for two in twins if two.store == one.store]
    found = set(_streams(one))
    while more := {name for pair in pairs if found.intersection(pair) for name in pair} - found:
        found |= more
    return found


def _patch(done: Repair | NoRepair, after: str) -> Patch | None:
    if isinstance(done, NoRepair):
        return Patch(done.stream, after, reason=done.reason)
    text = unified(done.rewrites).decode("utf-8", "replace")
    return Patch(done.stream, after, text, done.steps) if text else None
