"""Changes between pairs of trees: one process for any number of pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from gate.git.process import decode
from gate.model.git import Change, ChangeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.git.repository import Repository

Key = TypeVar("Key")

# Not left to configuration: `diff.ignoreSubmodules` or a branch's own .gitmodules could hide a submodule's change, and
# `diff.renameLimit` would change verdicts from machine to machine. 1,000 is git's own default for diffs.
_DIFF = (
    "diff-tree",
    "-r",
    "--raw",
    "-z",
    "--no-abbrev",
    "--ignore-submodules=none",
    "--no-ext-diff",
    "--no-textconv",
)
_RENAME_LIMIT = "-l1000"
_NO_BLOB = "0"
_KINDS = {"A": ChangeKind.ADDED, "D": ChangeKind.DELETED, "R": ChangeKind.RENAMED, "C": ChangeKind.COPIED}


def between(
    repository: Repository, pairs: Sequence[tuple[str, str]], *, renames: bool = True
) -> list[tuple[Change, ...]]:
    """The changes from the first tree to the second, for each pair, sorted by path.

    With `renames`, renames and copies (from files changed alongside) are told as such; without, as a deletion and an
    addition.
    """
    rename_options = ("-M", "-C", _RENAME_LIMIT) if renames else ("--no-renames",)
    return _ask(repository, pairs, (*_DIFF, *rename_options, "--stdin"))


def copies(
    repository: Repository, pairs: Sequence[tuple[str, str]], sources: Sequence[str], added: Sequence[str]
) -> list[tuple[Change, ...]]:
    """The files among `added` whose content repeats one of `sources`, though that one did not change.

    Looks only at these paths, so that a large tree costs nothing. Only renames and copies are returned.
    """
    paths = sorted({*sources, *added})
    if not sources or not added:
        return [() for _ in pairs]
    words = (
        *_DIFF,
        "-M",
        "-C",
        "--find-copies-harder",
        _RENAME_LIMIT,
        "--diff-filter=RC",
        "--stdin",
        "--",
        *paths,
    )
    return _ask(repository, pairs, ("--literal-pathspecs", *words))


def of_commits(repository: Repository, commits: Iterable[str]) -> dict[str, tuple[Change, ...]]:
    """Return the changes of each commit against its only parent, sorted by path; merges have none."""
    wanted = list(dict.fromkeys(commits))
    if not wanted:
        return {}
    words = (*_DIFF, "--no-renames", "--root", "--stdin")
    raw = repository.git(*words, stdin="".join(f"{oid}\n" for oid in wanted).encode())
    return _parse(raw, {oid.encode(): oid for oid in wanted})


def _ask(
    repository: Repository, pairs: Sequence[tuple[str, str]], words: Sequence[str]
) -> list[tuple[Change, ...]]:
    wanted = [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]
    if not wanted:
        return [() for _ in pairs]
    request = "".join(f"{old} {new}\n" for old, new in wanted).encode()
    raw = repository.git(*words, stdin=request)
    answers = _parse(raw, {f"{old} {new}".encode(): (old, new) for old, new in wanted})
    return [answers.get(pair, ()) for pair in pairs]


def _parse(raw: bytes, headers: Mapping[bytes, Key]) -> dict[Key, tuple[Change, ...]]:
    """Split at the header git prints before each answer: `OLD NEW` and a newline for trees, `COMMIT` and a NUL else.

    Paths are taken together with their record, so a file cannot pose as a header by its name.
    """
    changes_by_key: dict[Key, list[Change]] = {key: [] for key in headers.values()}
    width = len(next(iter(headers)))
    current: list[Change] = []
    fields = iter(raw.split(b"\0"))
    for field in fields:
        record = field
        while record[:width] in headers and record[width : width + 1] in (b"\n", b""):
            current = changes_by_key[headers[record[:width]]]
            record = record[width + 1 :]
        if record.startswith(b":"):
            current.append(_change(record, fields))
    return {key: tuple(sorted(changes, key=_key)) for key, changes in changes_by_key.items()}


def _change(record: bytes, fields: Iterator[bytes]) -> Change:
    old_mode, new_mode, old_blob, new_blob, status = record[1:].decode().split(" ")
    letter = status[0]
    path = decode(next(fields))
    old_path = None
    if letter in "RC":
        old_path, path = path, decode(next(fields))
    return Change(
        path=path,
        kind=_KINDS.get(letter) or _kind(old_mode, new_mode, old_blob, new_blob, letter),
        old_path=old_path,
        old_mode=_blob_or_none(old_mode),
        new_mode=_blob_or_none(new_mode),
        old_blob=_blob_or_none(old_blob),
        new_blob=_blob_or_none(new_blob),
    )


def _kind(old_mode: str, new_mode: str, old_blob: str, new_blob: str, letter: str) -> ChangeKind:
    if letter == "T":
        return ChangeKind.TYPE
    if old_blob == new_blob and old_mode != new_mode:
        return ChangeKind.MODE
    return ChangeKind.MODIFIED


def _blob_or_none(value: str) -> str:
    return "" if set(value) == {_NO_BLOB} else value


def _key(change: Change) -> tuple[str, str]:
    return (change.path, change.old_path or "")


def tree_paths(repository: Repository, tree: str) -> list[tuple[str, str]]:
    """Every path of a tree with its blob, in git's order."""
    # Not by --format: git before 2.42 quotes the paths it puts there, -z or not.
    raw = repository.git("ls-tree", "-r", "-z", "--full-tree", tree)
    files = []
    for record in raw.split(b"\0")[:-1]:
        entry, _, path = record.partition(b"\t")
        files.append((decode(path), entry.rpartition(b" ")[2].decode()))
    return files
