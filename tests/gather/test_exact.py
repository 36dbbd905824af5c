"""What the gate says of every pair is what git says of every pair, merging them all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import pytest
from gather.worlds import World, pairs, worlds
from hypothesis import given, settings
from support import MakeRepo, git

from gate.gather.request import Request
from gate.model.git import Clean, Conflicted, Landing
from gate.pipeline import analyse

if TYPE_CHECKING:
    from pathlib import Path

_SIDE_NAMES = re.compile(r"~[0-9a-f]{40}(_\d+)?$")
"""What git appends to a path two kinds of file want, to keep both: the commit it came from."""


@dataclass
class Seen:
    """Conflicted paths: of each stream that does not land alone, of each pair that does not go together."""

    stale: dict[str, set[str]] = field(default_factory=dict)
    conflicting: dict[tuple[str, str], set[str]] = field(default_factory=dict)


def by_git(folder: Path, world: World, how: Landing) -> Seen:
    """All landed states, all pairs: one `git merge-tree` each, and commits made by `git commit-tree`."""
    seen = Seen()
    landed = {}
    for name in world.streams:
        tree, conflicts = merged(folder, "main", name)
        if conflicts is not None:
            seen.stale[name] = conflicts
            continue
        parents = ["-p", "main", *(["-p", name] if how is Landing.MERGE else [])]
        landed[name] = git(folder, "commit-tree", tree, *parents, "-m", "landed")
    for one, other in pairs(tuple(landed)):
        _, conflicts = merged(folder, landed[one], landed[other])
        if conflicts is not None:
            seen.conflicting[one, other] = conflicts
    return seen


def merged(folder: Path, ours: str, theirs: str) -> tuple[str, set[str] | None]:
    """The merged tree and, if it conflicts, the conflicted paths."""
    words = ("merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", ours, theirs)
    tree, *paths = git(folder, *words, check=False).split("\0")
    clean = git(folder, "merge-tree", "--write-tree", ours, theirs, check=False) == tree
    return tree, None if clean else {_SIDE_NAMES.sub("", path) for path in paths if path}


def by_gate(folder: Path, world: World, how: Landing) -> Seen:
    policy = f'version = 1\nlanding = "{how}"\n'.encode()
    request = Request(date(2026, 1, 1), str(folder), world.streams, "main", config=("gate.toml", policy))
    facts = analyse(request).facts
    seen = Seen()
    for one in facts.streams:
        if isinstance(one.landing, Conflicted):
            seen.stale[one.name] = set(one.landing.paths)
        else:
            assert isinstance(one.landing, Clean), one.landing
    for pair in facts.pairs:
        if isinstance(pair.merge, Conflicted):
            seen.conflicting[pair.first, pair.second] = set(pair.merge.paths)
        else:
            assert isinstance(pair.merge, Clean), pair.merge
    return seen


@pytest.mark.parametrize("how", [Landing.MERGE, Landing.SQUASH])
@settings(max_examples=20)
@given(world=worlds())
def test_every_conflict_is_found_and_none_invented(make_repo: MakeRepo, how: Landing, world: World) -> None:
    repo = make_repo()
    world.build(repo)
    assert by_gate(repo.folder, world, how) == by_git(repo.folder, world, how)
