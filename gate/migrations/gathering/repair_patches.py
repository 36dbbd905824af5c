"""Patches for the report: what each collision of migrations needs, in the order the finding names the streams."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from gate.git.patch_texts import patch_texts
from gate.migrations.gathering.repairer import Repairer
from gate.migrations.repair.situation import RepairOptions
from gate.model.collisions import DuplicateMigration, LateVersion
from gate.model.repairs import NoRepair, Patch, Repair

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gate.git.repository import Repository
    from gate.model.collisions import Fork, MigrationFacts
    from gate.model.facts import StreamFacts
    from gate.model.repairs import Rewrite
    from gate.workspace import Workspace

_Version = TypeVar("_Version", DuplicateMigration, LateVersion)
_Collision = TypeVar("_Collision", "Fork", DuplicateMigration, LateVersion)
_MOST = 5
"""Of a fork of more streams only so many get patches: landing the first one changes those of the others."""
Proposals = tuple["_Proposal", ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Proposal:
    """A stream's repair, or why there is none, once `after` has landed (as in `Patch`)."""

    answer: Repair | NoRepair
    after: str

    @property
    def rewrites(self) -> tuple[Rewrite, ...]:
        """The files it changes."""
        return self.answer.rewrites if isinstance(self.answer, Repair) else ()


def with_patches(
    workspace: Workspace, streams: Sequence[StreamFacts], facts: MigrationFacts
) -> MigrationFacts:
    """Return the facts with patches: of each fork in the order of its chains, of versions in that of names.

    What several versions of the same streams need is one patch, which the first of them has.
    """
    duplicates = _first_of_streams(filter(_is_taken, facts.duplicates))
    late = _first_of_streams(filter(_never_runs, facts.late))[:_MOST]
    forks = [fork for fork in facts.forks if _is_repairable(fork)]
    if not (duplicates or late or forks):
        return facts
    repairer = Repairer(workspace, facts)
    by_name = {stream.name: stream for stream in streams}

    @cache
    def propose(names: tuple[str, ...]) -> Proposals:
        answers = repairer.one_after_another(
            (by_name[name] for name in names), RepairOptions(out_of_order=False)
        )
        proposals = map(_Proposal, answers, ("", *names))
        return tuple(
            proposal for proposal in proposals if proposal.rewrites or isinstance(proposal.answer, NoRepair)
        )

    proposed: dict[Fork | DuplicateMigration | LateVersion, Proposals] = {
        **{fork: propose(_of_chains(fork)) for fork in forks},
        **{duplicate: _of_duplicate(duplicate, duplicates, propose) for duplicate in duplicates},
        **{version: propose(_streams(version)) for version in late},
    }
    patches = _patches(workspace.repository, [proposal for group in proposed.values() for proposal in group])

    def patched(collision: _Collision) -> _Collision:
        if collision not in proposed:
            return collision
        return replace(collision, patches=tuple(patches[proposal] for proposal in proposed[collision]))

    return replace(
        facts,
        forks=tuple(map(patched, facts.forks)),
        duplicates=tuple(map(patched, facts.duplicates)),
        late=tuple(map(patched, facts.late)),
    )


def _of_chains(fork: Fork) -> tuple[str, ...]:
    """Return the streams of a fork that get patches, in the order of its chains."""
    return tuple(dict.fromkeys(chain.stream for chain in fork.chains))[:_MOST]


def _of_duplicate(
    duplicate: DuplicateMigration,
    duplicates: Sequence[DuplicateMigration],
    propose: Callable[[tuple[str, ...]], Proposals],
) -> Proposals:
    """Return what is proposed for the streams of one duplicate, once all that share versions with them have landed."""
    streams = _streams(duplicate)
    names = tuple(sorted(_sharing(duplicate, duplicates)))[:_MOST]
    proposals = tuple(proposal for proposal in propose(names) if proposal.answer.stream in streams)
    if set(streams) <= set(names) and not any(proposal.rewrites for proposal in proposals):
        return propose(streams)  # a stream before them cannot be repaired
    return proposals


def _streams(collision: DuplicateMigration | LateVersion) -> tuple[str, ...]:
    if isinstance(collision, DuplicateMigration):
        return tuple(filter(None, (collision.first, collision.second)))
    return tuple(filter(None, (collision.stream, collision.applied_by)))


def _first_of_streams(collisions: Iterable[_Version]) -> list[_Version]:
    """Return the first collision of each store and streams."""
    first: dict[tuple[str, tuple[str, ...]], _Version] = {}
    for collision in collisions:
        first.setdefault((collision.store.name, _streams(collision)), collision)
    return list(first.values())


def _is_repairable(fork: Fork) -> bool:
    return fork.kind in ("heads", "merges") and fork.state != "partly"


def _is_taken(duplicate: DuplicateMigration) -> bool:
    """Return whether two migrations have one version, so that another version repairs it."""
    return (
        duplicate.store.model == "ordered"
        and duplicate.kind in ("key", "file")
        and not duplicate.same
        and duplicate.first != duplicate.second
    )


def _never_runs(version: LateVersion) -> bool:
    return version.store.late == "error" and not version.applied_by


def _sharing(duplicate: DuplicateMigration, duplicates: Sequence[DuplicateMigration]) -> set[str]:
    """Return the streams that share versions of a store with one another, those of the duplicate among them."""
    pairs = [_streams(pair) for pair in duplicates if pair.store == duplicate.store]
    streams = set(_streams(duplicate))
    while more := {name for pair in pairs if streams.intersection(pair) for name in pair} - streams:
        streams |= more
    return streams


def _patches(repository: Repository, proposals: Sequence[_Proposal]) -> dict[_Proposal, Patch]:
    """Return each proposal as a patch: all texts of one process."""
    distinct = list(dict.fromkeys(proposals))
    texts = patch_texts(repository, [proposal.rewrites for proposal in distinct])
    return {proposal: _patch(proposal, text) for proposal, text in zip(distinct, texts, strict=True)}


def _patch(proposal: _Proposal, text: bytes) -> Patch:
    answer = proposal.answer
    if isinstance(answer, NoRepair):
        return Patch(answer.stream, proposal.after, reason=answer.reason)
    return Patch(answer.stream, proposal.after, text.decode("utf-8", "replace"), answer.steps)
