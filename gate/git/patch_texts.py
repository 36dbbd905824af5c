"""Rewritten files as patches that `git apply` takes, by git's own diff: one process for any number of them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from gate.git.process import encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.git.repository import Repository
    from gate.model.repairs import Rewrite

# Nothing is left to configuration, so that a patch reads the same on every machine.
_DIFF = (
    "-c",
    "core.quotePath=true",
    "diff-tree",
    "--stdin",
    "-r",
    "--patch",
    "--unified=3",
    "--inter-hunk-context=0",
    "--diff-algorithm=myers",
    "--indent-heuristic",
    "--text",
    "--find-renames=100%",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
)
_PAIR = re.compile(rb"^[0-9a-f]{40,64} [0-9a-f]{40,64}\n", re.MULTILINE)
"""What comes before each pair's diff; the lines of a diff begin otherwise."""
_SYNTHETIC = re.compile(rb"^(?:index [0-9a-f]+\.\.[0-9a-f]+(?: \d+)?|similarity index \d+%)\n", re.MULTILINE)
"""Lines about blobs, which only the quarantine has."""
_HUNK = re.compile(rb"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@[^\n]*$", re.MULTILINE)
"""The head of a hunk: git leaves a count of one out, and adds the line of a function that it takes for its heading."""
_State = tuple[str, bytes | None]
"""A path, and the content of its file; None where there is none."""
_FILE = b"100644"
_FOLDER = b"40000"


def patch_texts(repository: Repository, changes: Sequence[Sequence[Rewrite]]) -> list[bytes]:
    """Return the patch of each change, which is made of rewritten files; b"" where nothing changes."""
    rewrites = [rewrite for change in changes for rewrite in change]
    if not rewrites:
        return [b"" for _ in changes]
    pairs = [
        f"{_tree(repository, *before)} {_tree(repository, *after)}\n"
        for rewrite in rewrites
        for before, after in _steps(rewrite)
    ]
    _, *diffs = _PAIR.split(repository.git(*_DIFF, stdin="".join(pairs).encode()))
    plain = map(_plain, diffs)
    texts = (_joined(list(islice(plain, len(_steps(rewrite))))) for rewrite in rewrites)
    return [b"".join(islice(texts, len(change))) for change in changes]


def _steps(rewrite: Rewrite) -> list[tuple[_State, _State]]:
    """Return the pairs of states whose diffs make the patch of a file.

    git takes a file that gets another path for a rename only where enough of it stays. So one that changes besides is
    renamed first, and its change is asked for under either path.
    """
    before, after = (rewrite.path, rewrite.before), (rewrite.final_path, rewrite.after)
    if None in (rewrite.before, rewrite.after) or rewrite.path == rewrite.final_path:
        return [(before, after)]
    steps = [((rewrite.path, rewrite.after), after)]
    if rewrite.before != rewrite.after:
        steps += [
            ((path, rewrite.before), (path, rewrite.after)) for path in (rewrite.path, rewrite.final_path)
        ]
    return steps


def _joined(diffs: Sequence[bytes]) -> bytes:
    """Return the diffs of a file's steps as one: the rename, its old path, its new path with the change."""
    if len(diffs) == 1:
        return diffs[0]
    rename, at_old, at_new = diffs
    old, new = at_old.index(b"\n--- ") + 1, at_new.index(b"\n+++ ") + 1
    return rename + at_old[old : at_old.index(b"\n", old) + 1] + at_new[new:]


def _tree(repository: Repository, path: str, content: bytes | None) -> str:
    """Write a tree with this one file into the quarantine, or an empty one, and return its id."""
    write = repository.quarantine.write
    if content is None:
        return write("tree", b"")
    oid, mode = write("blob", content), _FILE
    for name in reversed(path.split("/")):
        oid = write("tree", b"%s %s\0%s" % (mode, encode(name), bytes.fromhex(oid)))
        mode = _FOLDER
    return oid


def _plain(diff: bytes) -> bytes:
    """Return a diff without what only this run knows, each hunk with its counts and nothing else."""
    return _HUNK.sub(_head, _SYNTHETIC.sub(b"", diff))


def _head(hunk: re.Match[bytes]) -> bytes:
    start, count, new_start, new_count = hunk.groups(default=b"1")
    return b"@@ -%s,%s +%s,%s @@" % (start, count, new_start, new_count)
