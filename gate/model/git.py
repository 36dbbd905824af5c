"""Nouns of git: targets, streams, changes and merges.

Paths and names are `str` decoded as UTF-8 with `surrogateescape`, so that every byte sequence git allows survives a
round trip; `gate.report.text` turns them into something that may be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Landing(StrEnum):
    """How a stream reaches the target, which decides the parents of the states that are built."""

    MERGE = "merge"
    SQUASH = "squash"
    REBASE = "rebase"


@dataclass(frozen=True, slots=True)
class Target:
    """The branch merged into. `ref` is its full name, or the text the user typed when that is no ref."""

    ref: str
    commit: str
    tree: str


@dataclass(frozen=True, slots=True)
class TargetCommit:
    """A commit on the target. `date` is the committer's, as an ISO date."""

    oid: str
    date: str
    subject: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of a stream that the target lacks. `time` is the committer's, in seconds since 1970."""

    oid: str
    parents: tuple[str, ...]
    time: int
    coordinators: tuple[str, ...] = ()
    """Values of its `Coordinator:` trailers."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One agent's branch.

    `tip` is the commit the branch names; `head` the commit that is judged: the tip, or, with uncommitted work in an
    open worktree, a commit of that work on top of it. `commits` are those the target lacks, newest first.
    """

    name: str
    ref: str
    tip: str
    head: str
    merge_base: str | None
    commits: tuple[Commit, ...] = ()
    uncommitted: bool = False
    judged: bool = True
    """False for a stream that is only compared against (`--against`)."""

    @property
    def finished(self) -> int:
        """The time of its newest commit, in seconds since 1970; 0 when the target has all of its commits."""
        return max((commit.time for commit in self.commits), default=0)


class ChangeKind(StrEnum):
    """The change of a path between the target and the landed state."""

    ADDED = "added"
    MODIFIED = "modified"
    DELETED = "deleted"
    RENAMED = "renamed"
    COPIED = "copied"
    MODE = "mode"
    TYPE = "type"


FILES = ("100644", "100755")
"""The modes of entries with text: no symlink, no submodule."""


@dataclass(frozen=True, slots=True)
class Change:
    """A path that a stream changes. Modes are git's six octal digits, blobs full object ids; "" for none."""

    path: str
    kind: ChangeKind
    old_path: str | None = None
    old_mode: str = ""
    new_mode: str = ""
    old_blob: str = ""
    new_blob: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths that the change writes, removes, or takes its content from."""
        return (self.path,) if self.old_path is None else (self.old_path, self.path)


@dataclass(frozen=True, slots=True)
class ConflictVersion:
    """A side's file at a conflict. `stage` is 1 for the common version, 2 for the first stream, 3 for the second."""

    stage: int
    mode: str
    blob: str
    path: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A range of lines, both ends included, counted from 1. `end < start` marks the gap before `start`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ConflictHunk:
    """A conflicting region of a file: the lines of each side, and both texts."""

    ours: Lines
    theirs: Lines
    ours_text: str
    theirs_text: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A path at which a merge conflicts, as git reports it.

    `kind` is one of `CONFLICT_KINDS`; `others` are further paths of the same conflict (the new names of a rename);
    `detail` is git's own sentence without its `CONFLICT (...):` label.
    """

    path: str
    kind: str
    others: tuple[str, ...] = ()
    versions: tuple[ConflictVersion, ...] = ()
    detail: str = ""
    hunks: tuple[ConflictHunk, ...] = ()


@dataclass(frozen=True, slots=True)
class Clean:
    """A merge without conflict. `commit` is the synthetic commit that stands for it."""

    tree: str
    commit: str


@dataclass(frozen=True, slots=True)
class Conflicted:
    """A merge that conflicts. `paths` are all conflicting paths, sorted; `tree` holds the markers."""

    tree: str
    paths: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class NotTried:
    """A merge that could not be tried, and why. It never counts as a clean one."""

    reason: str


Merge = Clean | Conflicted | NotTried
