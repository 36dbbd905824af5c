"""What the gate says of every pair is what git says of every pair, merging them all."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from streams.worlds import World, pairs, worlds
from support import MakeRepo, git

from gate.model.git import Clean, Conflicted, Landing
from gate.model.request import Request
from gate.pipeline import analyse

if TYPE_CHECKING:
    from pathlib import Path

    from gate.model.git import Merge

_SIDE_NAMES = re.compile(r"~[0-9a-f]{40}(_\d+)?$")
"""What git appends to a path two kinds of file want, to keep both: the commit it came from."""


Paths = set[str] | None
"""Conflicted paths; None where git failed (its asserts do not hold for every pair of trees)."""


@dataclass
class Seen:
    """The streams that do not land by themselves, and the pairs that do not go together."""

    stale: dict[str, Paths] = field(default_factory=dict)
    conflicting: dict[tuple[str, str], Paths] = field(default_factory=dict)


def by_git(folder: Path, world: World, how: Landing) -> Seen:
    """All landed states, all pairs: one `git merge-tree` each, and commits made by `git commit-tree`."""
    seen = Seen()
    landed = {}
    target, *tips = git(folder, "rev-parse", "main", *world.streams).split()
    for name, tip in zip(world.streams, tips, strict=True):
        tree, conflicts = merged(folder, target, tip)
        if tree:
            parents = ["-p", target, *(["-p", tip] if how is Landing.MERGE else [])]
            landed[name] = git(folder, "commit-tree", tree, *parents, "-m", "landed")
        else:
            seen.stale[name] = conflicts
    for first, second in pairs(tuple(landed)):
        tree, conflicts = merged(folder, landed[first], landed[second])
        if not tree:
            seen.conflicting[first, second] = conflicts
    return seen


def merged(folder: Path, ours: str, theirs: str) -> tuple[str, Paths]:
    """The merged tree, "" if it is not clean; then the conflicted paths."""
    words = ["git", "merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", ours, theirs]
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False)
    tree, *paths = os.fsdecode(done.stdout).split("\0")
    if done.returncode == 0:
        return tree, None
    return "", {_SIDE_NAMES.sub("", path) for path in paths if path} if done.returncode == 1 else None


def by_gate(folder: Path, world: World, how: Landing) -> Seen:
    """The same, by the analysis."""
    policy = f'version = 1\nlanding = "{how}"\n'.encode()
    request = Request(date(2026, 1, 1), str(folder), world.streams, "main", config=("gate.toml", policy))
    facts = analyse(request).facts
    return Seen(
        {first.name: paths(first.landing) for first in facts.streams if not isinstance(first.landing, Clean)},
        {
            (first.first, first.second): paths(first.merge)
            for first in facts.pairs
            if not isinstance(first.merge, Clean)
        },
    )


def paths(merge: Merge) -> Paths:
    return set(merge.paths) if isinstance(merge, Conflicted) else None


@pytest.mark.parametrize("how", [Landing.MERGE, Landing.SQUASH])
@settings(max_examples=12)
@given(world=worlds())
def test_every_conflict_is_found_and_none_invented(make_repo: MakeRepo, how: Landing, world: World) -> None:
    repo = make_repo()
    world.build(repo)
    assert by_gate(repo.folder, world, how) == by_git(repo.folder, world, how)


@settings(max_examples=5)
@given(world=worlds(most=4))
def test_a_rebase_lands_what_git_rebase_lands(make_repo: MakeRepo, world: World) -> None:
    repo = make_repo()
    world.build(repo)
    seen = by_gate_rebased(repo.folder, world)
    rebased = {name: by_rebase(repo.folder, name) for name in world.streams}
    assert {name: seen[name] if tree != DIED else DIED for name, tree in rebased.items()} == rebased


def by_gate_rebased(folder: Path, world: World) -> dict[str, str | None]:
    """The tree each stream lands, None where it conflicts."""
    policy = b'version = 1\nlanding = "rebase"\n'
    request = Request(date(2026, 1, 1), str(folder), world.streams, "main", config=("gate.toml", policy))
    landings = {first.name: first.landing for first in analyse(request).facts.streams}
    return {name: landing.tree if isinstance(landing, Clean) else None for name, landing in landings.items()}


DIED = "git died"
"""git 2.39 does, on some directories that become files, and leaves its lock behind; then it has no answer."""


def by_rebase(folder: Path, name: str) -> str | None:
    git(folder, "checkout", "-q", "--force", "--detach", name)
    git(folder, "clean", "-q", "-xdff")
    words = ["git", "-c", "advice.submoduleMergeConflict=false", "rebase", "-q", "--empty=drop", "main"]
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        git(folder, "rebase", "--abort", check=False)
        lock = folder / ".git" / "index.lock"
        died = lock.exists()
        lock.unlink(missing_ok=True)
        return DIED if died else None
    return git(folder, "rev-parse", "HEAD^{tree}")
