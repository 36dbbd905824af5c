"""Merging for real, in memory: git's own `ort` through one long-lived `merge-tree`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.errors import GitFailed
from gate.git.process import decode
from gate.model.git import Clean, Conflict, Conflicted, NotTried, Version

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from gate.git.process import Conversation
    from gate.git.repository import Repository
    from gate.model.git import Merge

# git's stable short descriptions (merge-ort.c, `type_short_descriptions`) and what they are called here. `contents` is
# told apart by its stages: without a common version both sides added the file.
_KINDS = {
    "CONFLICT (contents)": "content",
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
_NOTHING_MERGED = ("status", "tree", "end of conflicts")
"""The fields of the answer to a merge of nothing that are flushed."""


class Merger:
    """Merges commits two by two; what it writes lands in the quarantine.

    A merge on which git fails is `NotTried`; the next ones get a fresh process.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._process: Conversation | None = None
        self._owed = False

    def __enter__(self) -> Merger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None

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
            self._process = self._repository.converse("merge-tree", "--write-tree", "--messages", "-z", "--stdin")
            self._owed = False
        git = self._process
        # git flushes an answer except for its last NUL, which comes with the next answer. So each request is followed by
        # a merge of nothing (a commit with itself), whose own last NUL is then owed.
        git.say(f"{ours} {theirs}\n{ours} {ours}\n".encode())
        if self._owed:
            git.until(b"\0")
        clean = git.until(b"\0") == b"1"
        tree = git.until(b"\0").decode()
        versions = self._versions(git)
        messages = self._messages(git)
        for _ in _NOTHING_MERGED:
            git.until(b"\0")
        self._owed = True
        return tree if clean else _conflicted(tree, versions, messages)

    def _versions(self, git: Conversation) -> list[Version]:
        found = []
        while entry := git.until(b"\0"):
            meta, _, path = entry.partition(b"\t")
            mode, blob, stage = meta.decode().split(" ")
            found.append(Version(int(stage), mode, blob, decode(path)))
        return found

    def _messages(self, git: Conversation) -> list[tuple[tuple[str, ...], str, str]]:
        found = []
        while count := git.until(b"\0"):
            paths = tuple(decode(git.until(b"\0")) for _ in range(int(count)))
            found.append((paths, decode(git.until(b"\0")), decode(git.until(b"\0"))))
        return found


def _conflicted(
    tree: str, versions: Sequence[Version], messages: Sequence[tuple[tuple[str, ...], str, str]]
) -> Conflicted:
    by_path: dict[str, list[Version]] = {}
    for version in versions:
        by_path.setdefault(version.path, []).append(version)
    conflicts: dict[tuple[str, str], Conflict] = {}
    for paths, label, sentence in messages:
        if not label.startswith("CONFLICT"):
            continue
        own = tuple(version for path in dict.fromkeys(paths) for version in by_path.get(path, ()))
        conflict = Conflict(
            paths[0], _kind(label, own), tuple(dict.fromkeys(paths[1:])), own, _detail(sentence)
        )
        conflicts.setdefault((conflict.path, conflict.kind), conflict)
    told = {path for conflict in conflicts.values() for path in (conflict.path, *conflict.others)}
    for path in by_path.keys() - told:
        own = tuple(by_path[path])
        conflicts[path, ""] = Conflict(path, _kind("CONFLICT (contents)", own), (), own)
    ordered = sorted(conflicts.values(), key=lambda one: (one.path, one.kind))
    return Conflicted(tree, tuple(sorted(by_path)), tuple(ordered))


def _kind(label: str, versions: Sequence[Version]) -> str:
    if any(version.mode == _MODE_LINK for version in versions) or label.startswith("CONFLICT (submodule"):
        return "submodule"
    kind = _KINDS.get(label, "other")
    if kind == "content" and versions and all(version.stage != 1 for version in versions):
        return "add/add"
    return kind


def _detail(sentence: str) -> str:
    """git's sentence without its label."""
    _, found, rest = sentence.partition("): ")
    return (rest if found else sentence).strip()
