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

# Nothing is left to configuration, so that a patch reads the same on every machine. A file that gets another path is
# a rename however much of it changes: its pair of trees holds nothing else.
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
    "--find-renames=1%",
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
_FILE = b"100644"
_FOLDER = b"40000"


def patch_texts(repository: Repository, changes: Sequence[Sequence[Rewrite]]) -> list[bytes]:
    """Return the patch of each change, which is made of rewritten files; b"" where nothing changes."""
    pairs = [
        f"{_tree(repository, rewrite.path, rewrite.before)} "
        f"{_tree(repository, rewrite.final_path, rewrite.after)}\n"
        for rewrites in changes
        for rewrite in rewrites
    ]
    if not pairs:
        return [b"" for _ in changes]
    _, *diffs = _PAIR.split(repository.git(*_DIFF, stdin="".join(pairs).encode()))
    texts = map(_plain, diffs)
    return [b"".join(islice(texts, len(rewrites))) for rewrites in changes]


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
