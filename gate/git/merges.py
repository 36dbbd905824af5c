"""Merging for real, in memory: git's own `ort` through one long-lived `merge-tree`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.git.process import decode
from gate.git.repository import GitClient
from gate.model.git import Clean, Conflict, Conflicted, ConflictVersion, NotTried

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.git.process import Conversation
    from gate.git.repository import Repository
    from gate.model.git import Merge

# git's stable short descriptions (merge-ort.c, `type_short_descriptions`) and what they are called here. `contents` is
# told apart by its stages: without a common version both sides added the file.
_CONTENTS = "CONFLICT (contents)"
_KINDS = {
    _CONTENTS: "content",
    "CONFLICT (binary)": "binary",
    "CONFLICT (file/directory)": "file/directory",
    "CONFLICT (distinct modes)": "mode",
    "CONFLICT (distinct types)": "mode",
    "CONFLICT (modify/delete)": "modify/delete",
    "CONFLICT (rename/rename)": "rename/rename",
    "CONFLICT (rename involved in collision)": "rename/add",
    "CONFLICT (rename/delete)": "rename/delete",
    "CONFLICT (directory rename suggested)": "directory-rename",
    "CONFLICT (file in way of directory rename)": "directory-rename",
    "CONFLICT(directory rename collision)": "directory-rename",
    "CONFLICT(directory rename unclear split)": "directory-rename",
}
_MODE_LINK = "160000"
_MOVED_ASIDE = re.compile(r"~([0-9a-f]{40,64})(?:_[0-9]+)?$")
_NOTHING_MERGED = ("status", "tree", "end of conflicts")
"""The fields of the answer to a merge of nothing that are flushed."""


class Merger(GitClient):
    """Merges commits two by two; what it writes lands in the quarantine.

    A merge on which git fails is `NotTried`; the next ones get a fresh process.
    """

    def __init__(self, repository: Repository) -> None:
        super().__init__(repository)
        self._owed = False

    def merge(self, ours: str, theirs: str, parents: Sequence[str] | None = None) -> Merge:
        """The merge of two commits, and a synthetic commit for it when it is clean.

        `parents` are the synthetic commit's, by default the two merged. Unrelated histories are the caller's to refuse.

        Raises:
            EnvironmentFault: it failed because the quarantine is full.
        """
        try:
            merged = self._ask(ours, theirs)
        except GitFailed as error:
            self._process = None
            self._repository.quarantine.require_room()
            return NotTried(error.message)
        if isinstance(merged, Conflicted):
            return merged
        commit = self._repository.quarantine.commit(
            merged, parents or (ours, theirs), "git-gate: merged state"
        )
        return Clean(merged, commit)

    def _ask(self, ours: str, theirs: str) -> str | Conflicted:
        if self._process is None:
            self._process = self._repository.converse(
                "merge-tree", "--write-tree", "--messages", "-z", "--stdin"
            )
            self._owed = False
        git = self._process
        # git flushes an answer except for its last NUL, which comes with the next answer. So each request is followed
        # by a merge of nothing (a commit with itself), whose own last NUL is then owed.
        git.say(f"{ours} {theirs}\n{ours} {ours}\n".encode())
        if self._owed:
            git.until(b"\0")
        clean = self._status(git)
        tree = git.until(b"\0").decode()
        versions = self._versions(git, (ours, theirs))
        messages = self._messages(git, (ours, theirs))
        for _ in _NOTHING_MERGED:
            git.until(b"\0")
        self._owed = True
        return tree if clean else _conflicted(tree, versions, messages)

    def _status(self, git: Conversation) -> bool:
        """Return whether it merged cleanly. What a merge driver wrote to its standard output stands before it."""
        status = git.until(b"\0")[-1:]
        if status not in (b"0", b"1"):
            git.close()
            raise GitFailed(
                "git merge-tree failed: its answer cannot be read; a merge driver may have written into it"
            )
        return status == b"1"

    def _versions(self, git: Conversation, sides: tuple[str, str]) -> list[ConflictVersion]:
        versions = []
        while entry := git.until(b"\0"):
            meta, _, path = entry.partition(b"\t")
            mode, blob, stage = meta.decode().split(" ")
            versions.append(ConflictVersion(int(stage), mode, blob, _own_path(decode(path), sides)))
        return sorted(versions, key=lambda version: (version.path, version.stage))

    def _messages(self, git: Conversation, sides: tuple[str, str]) -> list[tuple[tuple[str, ...], str, str]]:
        messages = []
        while count := git.until(b"\0"):
            if not count.isdigit():  # git before 2.43 ends here with advice about submodules
                break
            paths = tuple(_own_path(decode(git.until(b"\0")), sides) for _ in range(int(count)))
            messages.append((paths, decode(git.until(b"\0")), decode(git.until(b"\0"))))
        return messages


def _own_path(path: str, sides: tuple[str, str]) -> str:
    """A path without what git puts behind it when something else took its place: `~COMMIT`, or `~COMMIT_1`."""
    match = _MOVED_ASIDE.search(path)
    return path[: match.start()] if match is not None and match[1] in sides else path


def _conflicted(
    tree: str, versions: Sequence[ConflictVersion], messages: Sequence[tuple[tuple[str, ...], str, str]]
) -> Conflicted:
    by_path: dict[str, list[ConflictVersion]] = {}
    for version in versions:
        by_path.setdefault(version.path, []).append(version)
    conflicts: dict[tuple[str, str], Conflict] = {}
    for paths, label, sentence in messages:
        if not label.startswith("CONFLICT"):
            continue
        path, *others = dict.fromkeys(paths)
        versions_here = tuple(
            version for side_path in (path, *others) for version in by_path.get(side_path, ())
        )
        conflict = Conflict(
            path, _kind(label, versions_here), tuple(others), versions_here, _detail(sentence)
        )
        conflicts.setdefault((path, conflict.kind), conflict)
    covered = {path for conflict in conflicts.values() for path in (conflict.path, *conflict.others)}
    for path in by_path.keys() - covered:
        versions_here = tuple(by_path[path])
        kind = _kind(_CONTENTS, versions_here)
        conflicts[path, kind] = Conflict(path, kind, (), versions_here)
    binary = {path for path, kind in conflicts if kind == "binary"}
    kept = (
        conflict
        for conflict in conflicts.values()
        if conflict.path not in binary or conflict.kind not in ("content", "add/add")
    )
    return Conflicted(
        tree, tuple(sorted(by_path)), tuple(sorted(kept, key=lambda conflict: (conflict.path, conflict.kind)))
    )


def _kind(label: str, versions: Sequence[ConflictVersion]) -> str:
    if label.startswith("CONFLICT (submodule"):
        return "submodule"
    kind = _KINDS.get(label, "other")
    if kind != "content" or not versions:
        return kind
    if any(version.mode == _MODE_LINK for version in versions):
        return "submodule"
    if len({version.blob for version in versions if version.stage != 1}) == 1:
        return "mode"  # one content, executable on one side only
    return "content" if any(version.stage == 1 for version in versions) else "add/add"


def _detail(sentence: str) -> str:
    """git's sentence without its label."""
    _, label_end, text = sentence.partition("): ")
    return (text if label_end else sentence).strip()
