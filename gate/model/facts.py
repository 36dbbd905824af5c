"""The facts that checks see: gathered once, frozen, and the same whatever the order of the streams."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from gate.model.collisions import NO_MIGRATIONS, MigrationFacts
from gate.model.git import FILES, ChangeKind, Clean, Conflicted, NotTried
from gate.model.names import NO_NAMES, NameFacts

if TYPE_CHECKING:
    from gate.model.git import Change, Lines, Merge, Stream, Target
    from gate.model.names import SetBrokenUse
    from gate.model.policy import Policy, Route


@dataclass(frozen=True, slots=True)
class RoutedChange:
    """A change and the route of its path; of a rename or copy, the route of the old path as well."""

    change: Change
    route: Route
    old_route: Route | None = None
    lines: tuple[Lines, ...] = ()
    """The lines it changes in the landed file, where a finding may have to point at them; else ()."""

    @property
    def routes(self) -> tuple[tuple[str, Route], ...]:
        """The paths it touches, each with its route, the old path first."""
        new = (self.change.path, self.route)
        if self.old_route is None or self.change.old_path is None:
            return (new,)
        return ((self.change.old_path, self.old_route), new)


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """One stream: its landed state, and what landing it alone changes.

    `owner` is the coordinator it works for, None when neither a trailer nor the policy says so; `declared_by` is
    "policy", "trailer" or "". `changes` are those since the merge base when the landing conflicts.
    """

    stream: Stream
    landing: Merge
    changes: tuple[RoutedChange, ...] = ()
    owner: str | None = None
    declared_by: str = ""
    unknown_owner: str = ""
    """The coordinator its trailer names, when the policy has no coordinator of that name."""

    @property
    def name(self) -> str:
        """The stream's name, as typed."""
        return self.stream.name

    @property
    def files(self) -> dict[str, str]:
        """The landed blob of each changed path; "" where the path is no longer a file."""
        files = dict.fromkeys(self.renamed.values(), "")
        for change in (routed.change for routed in self.changes):
            if change.kind is not ChangeKind.MODE:
                files[change.path] = change.new_blob if change.new_mode in FILES else ""
        return files

    @property
    def renamed(self) -> dict[str, str]:
        """The old path of each renamed file, by its new path."""
        changes = (routed.change for routed in self.changes)
        return {
            change.path: change.old_path
            for change in changes
            if change.kind is ChangeKind.RENAMED and change.old_path is not None
        }

    @property
    def landed(self) -> Clean | None:
        """The landed state, None when the stream does not land cleanly."""
        return self.landing if isinstance(self.landing, Clean) else None


@dataclass(frozen=True, slots=True)
class PairFacts:
    """Two streams whose landed states were merged, because they might conflict. `first` < `second` by name."""

    first: str
    second: str
    merge: Merge
    shared: tuple[str, ...] = ()
    """Paths both change, sorted."""


@dataclass(frozen=True, slots=True)
class Stack:
    """`upper` is built on `lower`: `commits` of `lower` are in it. `exact`: all of them, up to its tip."""

    lower: str
    upper: str
    commits: int
    exact: bool


@dataclass(frozen=True, slots=True)
class DuplicateWork:
    """Two streams carry one change as different commits (same patch id), or are one commit under two names."""

    first: str
    second: str
    commits: tuple[tuple[str, str], ...]
    """Pairs (commit of the first stream, commit of the second)."""
    whole: bool = False
    """Whether neither has anything that the other lacks."""
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtectedChange:
    """A stream changes what the gate itself rests on. `what`: policy, owners, workflow, hooks or templates."""

    branch: str
    path: str
    what: str


class NotCheckedKind(Enum):
    """The subject of what was not checked; people read it in `NotChecked.what`."""

    MERGE = auto()
    """Whether streams merge, with the target or with one another."""
    MIGRATION = auto()
    """Where a migration stands among the others."""
    OPERATIONS = auto()
    """What migrations do."""
    GENERAL = auto()
    """Anything else."""


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Something that was not checked, and why.

    `branches` are the streams it concerns. `required`: the verdict is unknown until it has been checked.
    """

    what: str
    why: str
    branches: tuple[str, ...] = ()
    required: bool = False
    hint: str = ""
    kind: NotCheckedKind = NotCheckedKind.GENERAL


@dataclass(frozen=True, slots=True)
class SetConflict:
    """Streams that conflict together, while every smaller set of them merges cleanly.

    `branches` are in the order of the plan: the last one met the conflict, which `merge` has.
    """

    branches: tuple[str, ...]
    merge: Conflicted


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one analysis. Streams are sorted by name, everything else by its streams."""

    target: Target
    policy: Policy
    streams: tuple[StreamFacts, ...]
    pairs: tuple[PairFacts, ...] = ()
    stacks: tuple[Stack, ...] = ()
    duplicates: tuple[DuplicateWork, ...] = ()
    protected: tuple[ProtectedChange, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    set_conflicts: tuple[SetConflict, ...] = ()
    names: NameFacts = NO_NAMES
    target_names: tuple[NameFacts, ...] = ()
    """Collisions of streams with what the target changed since their merge base, one for each merge base."""
    set_broken_uses: tuple[SetBrokenUse, ...] = ()
    migrations: MigrationFacts = NO_MIGRATIONS

    @property
    def all_names(self) -> tuple[NameFacts, ...]:
        """Collisions of names, of streams with one another first."""
        return (self.names, *self.target_names)

    def stream(self, name: str) -> StreamFacts:
        """Return the facts of the stream of that name.

        Raises:
            KeyError: no stream has it.
        """
        for facts in self.streams:
            if facts.name == name:
                return facts
        raise KeyError(name)


def untried_merges(facts: Facts) -> tuple[NotChecked, ...]:
    """Return the merges that could not be tried, as what was not checked."""
    landings = ((f"the landing of {stream.name}", stream.landing, (stream.name,)) for stream in facts.streams)
    pairs = (
        (f"the merge of {pair.first} with {pair.second}", pair.merge, (pair.first, pair.second))
        for pair in facts.pairs
    )
    return tuple(
        NotChecked(what, merge.reason, branches, required=True, kind=NotCheckedKind.MERGE)
        for what, merge, branches in (*landings, *pairs)
        if isinstance(merge, NotTried)
    )
