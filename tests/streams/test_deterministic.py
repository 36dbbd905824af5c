"""The same input, in any order, twice: the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from streams.worlds import World, worlds
from support.judging import judge

from gate.demo import sample
from gate.report import render

if TYPE_CHECKING:
    from pathlib import Path

    from support import MakeRepo


def words(folder: Path, *branches: str, **wanted: object) -> str:
    return render(judge(folder, *branches, **wanted), "json")


def test_the_sample_in_any_order(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    sample.write(folder, 'version = 1\nbranches = ["agent/*"]\n')
    streams = [stream.name for stream in sample.history().streams]
    first = words(folder, *streams)
    assert words(folder, *reversed(streams)) == first
    assert words(folder, *streams[3:], *streams[:3]) == first
    assert words(folder) == first, "all of them is all that the policy's patterns match"


@settings(max_examples=10)
@given(world=worlds(), data=st.data())
def test_any_repository_in_any_order(make_repo: MakeRepo, world: World, data: st.DataObject) -> None:
    repo = make_repo()
    world.build(repo)
    shuffled = data.draw(st.permutations(world.streams))
    first = words(repo.folder, *world.streams, target="main")
    assert words(repo.folder, *shuffled, target="main") == first
    assert words(repo.folder, *world.streams, target="main") == first


def test_a_copy_of_the_repository_says_the_same(make_repo: MakeRepo) -> None:
    seen = set()
    for _ in range(2):
        repo = make_repo()
        base = repo.commit("main", {"f": "1\n"})
        for name in ("a", "b"):
            repo.commit(name, {"f": f"{name}\n"}, parents=[base])
        repo.write()
        seen.add(words(repo.folder))
    assert len(seen) == 1
