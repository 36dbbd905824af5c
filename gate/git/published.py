"""Refs that are published besides the target: tags, release branches, and what the policy protects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.git.process import decode
from gate.git.refs import HEADS, REMOTES, TAGS, matcher

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from gate.git.objects import Objects
    from gate.git.refs import Refs
    from gate.git.repository import Repository

_RELEASES = ("release*",)
_MOST = 300
"""Of more refs than these, only the newest are looked at."""


def refs(repository: Repository, target: str, protected: Sequence[str] = ()) -> tuple[str, ...]:
    """Tags, release branches and `protected` ones (globs) that hold commits the target lacks, the newest first."""
    words = ("--sort=-creatordate", f"--no-merged={target}", "--format=%(refname)")
    refs = decode(repository.git("for-each-ref", *words, TAGS, HEADS, REMOTES)).split("\n")[:-1]
    wanted = matcher((*_RELEASES, *protected))
    return tuple(ref for ref in refs if any(map(wanted, _names(ref))))[:_MOST]


def published_refs(names: Refs, protected: Sequence[str]) -> tuple[str, ...]:
    """Return all refs that may be published, each with its commit: a kept report is void when one of them moves."""
    wanted = matcher((*_RELEASES, *protected))
    branches = (f"{ref} {oid}" for ref, oid in sorted(names.commits.items()) if any(map(wanted, _names(ref))))
    return (*names.tags, *branches)


def _names(ref: str) -> Iterator[str]:
    """Return the names of a ref that a glob may match: a remote branch's with and without the remote."""
    if ref.startswith(HEADS):
        yield ref.removeprefix(HEADS)
    elif ref.startswith(REMOTES):
        yield (name := ref.removeprefix(REMOTES))
        yield name.partition("/")[2]
    else:
        yield _RELEASES[0]


def holding(objects: Objects, refs: Iterable[str], files: Collection[tuple[str, str]]) -> frozenset[str]:
    """Return which of these files (path and blob) one of the refs has."""
    entries = ((path, blob, objects.info(f"{ref}:{path}")) for ref in refs for path, blob in files)
    return frozenset(path for path, blob, info in entries if info is not None and info.oid == blob)
