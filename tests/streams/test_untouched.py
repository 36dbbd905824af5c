"""Reading commands leave everything as it was, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from support import MakeRepo, git, run_here, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gate.demo import repository_builder

POLICY = """\
version = 1
branches = ["a", "b", "c", "one"]
[coordinators.CORE]
[[domains]]
paths = ["**"]
coordinator = "CORE"
"""
COMMANDS = [
    ["check"],
    ["check", "--no-worktrees", "-f", "json"],
    ["report"],
    ["order"],
    ["pair", "a", "b"],
    ["fix", "migrations", "a"],
    ["owners", "f"],
    ["owners", "--branch", "a"],
    ["doctor"],
]


def colliding(repo: repository_builder.RepositoryBuilder) -> Path:
    base = repo.commit("main", {"f": "1\n", "lib/x": "x\n" * 9, "gate.toml": POLICY, ".gitignore": "*.o\n"})
    repo.commit("a", {"f": "a\n"}, parents=[base])
    repo.commit("b", {"f": "b\n"}, parents=[base])
    repo.commit("c", renames={"lib": "core"}, parents=[base])
    repo.write("main")
    return repo.folder


def dirty(folder: Path) -> None:
    (folder / "f").write_text("uncommitted\n")
    (folder / "new").write_text("untracked\n")
    (folder / "x.o").write_text("ignored\n")
    (folder / "staged").write_text("staged\n")
    git(folder, "add", "staged")


def linked(folder: Path) -> None:
    git(folder, "worktree", "add", "-q", "-b", "one", "../linked")
    dirty(folder.parent / "linked")


def on_a_stream(folder: Path, *index: str) -> None:
    git(folder, "checkout", "-q", "a")
    git(folder, "update-index", *index)
    dirty(folder)


SHAPES: dict[str, tuple[dict[str, Any], Callable[[Path], object]]] = {
    "dirty": ({}, dirty),
    "dirty, on a stream": ({}, on_a_stream),
    "with a linked worktree": ({}, linked),
    "sha256": ({"object_format": "sha256"}, dirty),
    "packed, refs too": ({}, lambda folder: git(folder, "gc", "-q")),
    "with an older index": ({}, lambda folder: on_a_stream(folder, "--index-version", "4")),
    "with a split index": ({}, lambda folder: on_a_stream(folder, "--split-index")),
    "with an untracked cache": ({}, lambda folder: on_a_stream(folder, "--force-untracked-cache")),
}


@pytest.mark.parametrize(("options", "shape"), SHAPES.values(), ids=SHAPES)
def test_reading_changes_nothing(
    make_repo: MakeRepo, options: dict[str, Any], shape: Callable[[Path], object]
) -> None:
    folder = colliding(make_repo(**options))
    shape(folder)
    everything = [path for path in (folder, folder.parent / "linked") if path.exists()]
    before = snapshot(*everything)
    for command in COMMANDS:
        said = run_here(*command, cwd=folder)
        assert said.exit in (0, 1), (command, said.err)
        assert snapshot(*everything) == before, command
