"""Files of a tree that hold whole words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.git.process import decode

if TYPE_CHECKING:
    from collections.abc import Collection

    from gate.git.repository import Repository

_HOW = (
    "--word-regexp",
    "--fixed-strings",
    "--only-matching",
    "--text",
    "--full-name",
    "--null",
    "--no-color",
)
_PLAIN = ("--no-line-number", "--no-column", "--no-recurse-submodules")


def holding(
    repository: Repository, tree: str, words: Collection[str], endings: Collection[str]
) -> dict[str, set[str]]:
    """For each word, the files of the tree with these endings in which it stands by itself; one process for all.

    Raises:
        GitFailed: an object is missing or damaged.
    """
    patterns = (part for word in sorted(words) for part in ("-e", word))
    paths = (f"*{ending}" for ending in sorted(endings))
    answer = repository.git("grep", *_HOW, *_PLAIN, *patterns, tree, "--", *paths, allowed=(0, 1))
    words_by_path: dict[str, set[str]] = defaultdict(set)
    for line in answer.split(b"\n"):
        name, _, word = line.partition(b"\0")
        if word:
            words_by_path[decode(word)].add(decode(name[len(tree) + 1 :]))
    return words_by_path


def is_partial(repository: Repository) -> bool:
    """Return whether objects may be missing here that git would fetch one by one."""
    return bool(repository.git("config", "--get", "extensions.partialClone", allowed=(0, 1)).strip())
