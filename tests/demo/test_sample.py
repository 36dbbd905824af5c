"""The sample says of itself what git says of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import TYPE_CHECKING

import pytest
from support import git

from gate import shipped
from gate.demo import sample

if TYPE_CHECKING:
    from pathlib import Path

STREAMS = sample.history().streams
POLICY = 'version = 1\nbranches = ["agent/*"]\n'
COLLIDING = {
    ("agent/platform/audit-log", "agent/platform/swap-approval"),
    ("agent/platform/swap-approval", "agent/platform/swap-expiry"),
}
NIGHTS, WEEKENDS, HOLIDAYS = (stream.name for stream in STREAMS if "G401" in stream.codes)


TIPS = {
    "agent/engine/holiday-cover": "caa6c2c1890312342f69cc66f74c3e7f90ecc460",
    "agent/engine/night-float-template": "6af2f97503d9015b6864c8503de7da89645028c9",
    "agent/engine/weekend-call-template": "af3f0b7e12ed408beb47e5a87ea48a93ac4b1584",
    "agent/frontend/week-view": "9c286954519ae65889641f6909e07e60eb723b57",
    "agent/ops/on-call-handbook": "35c9114c66904d7d06d797d7dd70ed8b2e4397bc",
    "agent/platform/audit-log": "ee7729b6ab6de74ad61b2fdf41ece8f940b8f197",
    "agent/platform/invoice-due": "987f615493a66d2f38e8b71943c92cbc3a176bf5",
    "agent/platform/invoice-notes": "4a8e4b14ffa5eb5971027eb40a3e4d67c6753ec4",
    "agent/platform/swap-approval": "bdcea44d876386b3c7252691cacb5984bb19465c",
    "agent/platform/swap-expiry": "cedc4dc605f3a7c4bf3298288754eb8f0eb3d08b",
    "agent/quality/audit-test": "b88eae4019a612d2a11c11201a0aff9add49f26f",
    "main": "7972eadfedfcbf3e38aafe6cba3153fe4313fff4",
}
"""The tips of the branches, written with POLICY."""


@dataclass(frozen=True)
class World:
    """The sample, merged as git merges it."""

    folder: Path

    def merge(self, ours: str, theirs: str) -> tuple[str, list[str]]:
        """Return the merged tree and the conflicted paths."""
        command = ("merge-tree", "--write-tree", "-z", "--name-only", ours, theirs)
        tree, *paths = git(self.folder, *command, check=False).split("\0")
        return tree, paths[: paths.index("")] if "" in paths else []

    def landed(self, *streams: str) -> str:
        """Return the target's commit once the streams have landed one after another, all without conflicts."""
        state = git(self.folder, "rev-parse", "main")
        for name in streams:
            tree, conflicts = self.merge(state, name)
            assert not conflicts, (streams, name, conflicts)
            state = git(self.folder, "commit-tree", tree, "-p", state, "-p", name, "-m", "landed")
        return state


@pytest.fixture
def world(tmp_path: Path) -> World:
    sample.write(tmp_path / "clinic", POLICY)
    return World(tmp_path / "clinic")


def tips(folder: Path) -> dict[str, str]:
    """Return the commit of each branch by the branch's name."""
    lines = git(folder, "for-each-ref", "--format=%(refname:lstrip=2) %(objectname)").splitlines()
    return dict(line.split(" ") for line in lines)


def fresh() -> list[str]:
    """Return the names of the streams that do not conflict with the target."""
    return [stream.name for stream in STREAMS if "G003" not in stream.codes]


def test_the_streams_are_those_it_lists(world: World) -> None:
    branches = git(world.folder, "for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    assert sorted(branches) == sorted([*(stream.name for stream in STREAMS), "main"])
    assert len(STREAMS) == 11
    codes = sorted({code for stream in STREAMS for code in stream.codes})
    assert " ".join(codes) == "G001 G003 G005 G101 G102 G103 G105 G201 G210 G221 G240 G301 G401"
    assert [stream.name for stream in STREAMS if not stream.codes] == ["agent/frontend/week-view"]


def test_main_is_checked_out_with_the_policy(world: World) -> None:
    assert git(world.folder, "status", "--porcelain", "--branch") == "## main"
    assert (world.folder / "gate.toml").read_text() == POLICY


def test_it_is_the_same_every_time(world: World, tmp_path: Path) -> None:
    sample.write(tmp_path / "again", POLICY)
    assert git(world.folder, "for-each-ref") == git(tmp_path / "again", "for-each-ref")


def test_it_is_the_same_everywhere(world: World) -> None:
    assert tips(world.folder) == TIPS


def test_only_the_stale_stream_conflicts_with_main(world: World) -> None:
    conflicts = {stream.name: world.merge("main", stream.name)[1] for stream in STREAMS}
    assert {name: paths for name, paths in conflicts.items() if paths} == {
        "agent/ops/on-call-handbook": ["docs/on-call.md"]
    }


def test_only_the_colliding_streams_conflict(world: World) -> None:
    landed = {name: world.landed(name) for name in sorted(fresh())}
    conflicts = {pair: world.merge(*(landed[name] for name in pair))[1] for pair in combinations(landed, 2)}
    assert {pair for pair, paths in conflicts.items() if paths} == COLLIDING
    for pair in COLLIDING:
        assert conflicts[pair] == [
            "backend/app/api/swap_links.py",
            "backend/app/services/clock.py",
            "backend/app/services/swap_service.py",
        ]


def test_three_streams_conflict_of_which_any_two_merge(world: World) -> None:
    for pair in permutations((NIGHTS, WEEKENDS, HOLIDAYS), 2):
        world.landed(*pair)
    for both in ((NIGHTS, WEEKENDS), (WEEKENDS, NIGHTS)):
        _, paths = world.merge(world.landed(*both), world.landed(HOLIDAYS))
        assert paths == ["backend/app/scheduling/templates/holiday_cover.toml"]


def test_the_third_of_them_was_finished_last(world: World) -> None:
    """Streams land in the order they were finished in when nothing else decides, so the conflict is met."""
    when = [
        int(git(world.folder, "show", "-s", "--format=%ct", name)) for name in (NIGHTS, WEEKENDS, HOLIDAYS)
    ]
    assert when == sorted(when)


def test_the_same_patch_is_on_two_streams(world: World) -> None:
    def patches(name: str) -> set[str]:
        shown = git(world.folder, "log", "-p", f"main..{name}")
        return {line.split()[0] for line in git(world.folder, "patch-id", stdin=shown.encode()).splitlines()}

    shared = {
        pair
        for pair in combinations(sorted(stream.name for stream in STREAMS), 2)
        if patches(pair[0]) & patches(pair[1])
    }
    assert shared == {
        ("agent/platform/audit-log", "agent/platform/swap-approval"),
        ("agent/platform/audit-log", "agent/platform/swap-expiry"),
    }


def test_one_stream_is_built_on_another(world: World) -> None:
    git(world.folder, "merge-base", "--is-ancestor", "agent/platform/swap-expiry", "agent/platform/audit-log")


def test_the_audit_service_is_renamed_out_of_its_exception(world: World) -> None:
    shown = git(
        world.folder,
        "diff",
        "--find-renames",
        "--name-status",
        "--diff-filter=R",
        "main...agent/platform/audit-log",
    )
    assert shown.split("\t")[1:] == [
        "backend/app/services/audit_service.py",
        "backend/app/services/audit_log.py",
    ]


def test_the_files_are_what_they_say(world: World) -> None:
    for stream in STREAMS:
        paths = git(world.folder, "ls-tree", "-r", "--name-only", stream.name).splitlines()
        for path in paths:
            text = git(world.folder, "show", f"{stream.name}:{path}")
            if path.endswith(".py"):
                compile(text, path, "exec")
            if path.endswith(".toml"):
                tomllib.loads(text)


def test_every_file_of_the_data_is_used(world: World) -> None:
    folder = shipped.folder("templates") / "demo"
    changes = {f"changes/{path.name}" for path in folder.joinpath("changes").iterdir()}
    assert {commit.folder for commit in sample.history().commits} == {"base", *changes}
    assert {path.name for path in folder.iterdir()} == {"README.md", "base", "changes", "history.toml"}
    base = {
        path.relative_to(folder / "base").as_posix() for path in folder.glob("base/**/*") if path.is_file()
    }
    paths = git(world.folder, "ls-tree", "-r", "--name-only", "main").splitlines()
    assert {path for path in base if "__pycache__" not in path} == set(paths)
