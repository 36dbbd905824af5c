"""What streams share besides paths: stacks, and work done twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git

from gate.git.history import History, walk
from gate.git.repository import Repository, open_repository
from gate.model.facts import DuplicateWork, Stack
from gate.model.git import Stream
from gate.streams import relations

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.demo import repository_builder

Related = Callable[..., "World"]
TEXT = "".join(f"line {number}\n" for number in range(9))


class World:
    """The streams of a repository, walked."""

    def __init__(self, repository: Repository, names: list[str]) -> None:
        self.repository = repository
        target, *tips = repository.git("rev-parse", "main", *names).decode().split()
        self.history: History = walk(repository, target, tips)
        self.streams = [
            Stream(name, f"refs/heads/{name}", tip, tip, walked.merge_base, walked.commits)
            for name, tip in zip(names, tips, strict=True)
            if (walked := self.history.tips[tip])
        ]

    @property
    def stacks(self) -> list[Stack]:
        return list(relations.stacks(self.streams, self.history))

    @property
    def groups(self) -> list[list[str]]:
        return [sorted(group) for group in relations.related(self.streams, self.history)]

    @property
    def duplicates(self) -> list[DuplicateWork]:
        found, notes = relations.duplicates(self.repository, self.streams, self.history)
        assert notes == ()
        return list(found)

    @property
    def twins(self) -> list[tuple[str, str, int, bool]]:
        return [(one.first, one.second, len(one.commits), one.whole) for one in self.duplicates]


@pytest.fixture
def world(make_repo: MakeRepo) -> Iterator[tuple[repository_builder.RepositoryBuilder, Callable[..., World]]]:
    """A repository with `main`, and how to look at its branches."""
    repo = make_repo()
    repo.commit("main", {"f": TEXT})
    opened = open_repository(str(repo.folder))

    def look(*names: str) -> World:
        repo.write()
        return World(repository, list(names))

    with opened as repository:
        yield repo, look


Made = tuple["repository_builder.RepositoryBuilder", Callable[..., World]]


def test_a_stream_built_on_another(world: Made) -> None:
    repo, look = world
    repo.commit("low", {"a": "1"}, parents=["main"])
    repo.commit("low", {"a": "2"})
    repo.commit("high", {"b": "1"}, parents=["low"])
    seen = look("high", "low")
    assert seen.stacks == [Stack("low", "high", 2, exact=True)]
    assert seen.groups == [["high", "low"]]


def test_only_the_nearest_is_told(world: Made) -> None:
    repo, look = world
    repo.commit("a", {"a": "1"}, parents=["main"])
    repo.commit("b", {"b": "1"}, parents=["a"])
    repo.commit("c", {"c": "1"}, parents=["b"])
    repo.commit("d", {"d": "1"}, parents=["b"])
    seen = look("a", "b", "c", "d")
    assert [(one.lower, one.upper) for one in seen.stacks] == [("a", "b"), ("b", "c"), ("b", "d")]


def test_a_stream_merged_into_another_is_below_it(world: Made) -> None:
    repo, look = world
    repo.commit("a", {"a": "1"}, parents=["main"])
    repo.commit("b", {"b": "1"}, parents=["main"])
    repo.commit("c", {"a": "1"}, parents=["b", "a"])
    assert look("a", "b", "c").stacks == [Stack("a", "c", 1, exact=True), Stack("b", "c", 1, exact=True)]


def test_two_that_left_a_commit_no_branch_is_on(world: Made) -> None:
    repo, look = world
    shared = repo.commit("gone", {"s": "1"}, parents=["main"])
    repo.commit("a", {"a": "1"}, parents=[shared])
    repo.commit("b", {"b": "1"}, parents=[shared])
    seen = look("a", "b")
    assert seen.stacks == [Stack("a", "b", 1, exact=False)]
    assert seen.groups == [["a", "b"]]


def test_what_a_third_stream_explains_is_not_told_again(world: Made) -> None:
    repo, look = world
    repo.commit("low", {"s": "1"}, parents=["main"])
    repo.commit("a", {"a": "1"}, parents=["low"])
    repo.commit("b", {"b": "1"}, parents=["low"])
    assert [(one.lower, one.upper) for one in look("a", "b", "low").stacks] == [("low", "a"), ("low", "b")]


def test_a_fork_further_up_than_the_third_stream_is_told(world: Made) -> None:
    repo, look = world
    repo.commit("low", {"s": "1"}, parents=["main"])
    shared = repo.commit("gone", {"s": "2"}, parents=["low"])
    repo.commit("a", {"a": "1"}, parents=[shared])
    repo.commit("b", {"b": "1"}, parents=[shared])
    assert Stack("a", "b", 2, exact=False) in look("a", "b", "low").stacks


def test_one_commit_under_two_names_is_no_stack(world: Made) -> None:
    repo, look = world
    repo.commit("a", {"a": "1"}, parents=["main"])
    repo.branch("b", "a")
    seen = look("a", "b")
    assert seen.stacks == []
    assert seen.groups == [["a", "b"]]
    assert seen.duplicates == [DuplicateWork("a", "b", (), whole=True)]


def test_landed_streams_are_related_to_nobody(world: Made) -> None:
    repo, look = world
    repo.branch("landed", "main")
    repo.branch("too", "main")
    repo.commit("a", {"a": "1"}, parents=["main"])
    seen = look("a", "landed", "too")
    assert seen.stacks == []
    assert seen.duplicates == []


def test_streams_from_the_target_share_nothing(world: Made) -> None:
    repo, look = world
    repo.commit("a", {"a": "1"}, parents=["main"])
    repo.commit("b", {"b": "1"}, parents=["main"])
    seen = look("a", "b")
    assert (seen.stacks, seen.groups, seen.duplicates) == ([], [], [])


def test_a_picked_commit_is_work_done_twice(world: Made) -> None:
    repo, look = world
    one = repo.commit("a", {"f": TEXT.replace("4", "x"), "g": "1"}, parents=["main"])
    repo.commit("a", {"a": "1"})
    repo.commit("b", {"b": "1"}, parents=["main"])
    other = repo.commit("b", {"f": TEXT.replace("4", "x"), "g": "1"}, message="under another name")
    assert look("a", "b").duplicates == [DuplicateWork("a", "b", ((one, other),), paths=("f", "g"))]


def test_a_patch_is_the_same_at_other_lines(world: Made) -> None:
    repo, look = world
    repo.commit("a", {"f": TEXT.replace("8", "x")}, parents=["main"])
    repo.commit("b", {"f": "first\n" + TEXT}, parents=["main"])
    repo.commit("b", {"f": "first\n" + TEXT.replace("8", "x")})
    assert look("a", "b").twins == [("a", "b", 1, False)]


def test_two_streams_with_nothing_but_the_same(world: Made) -> None:
    repo, look = world
    for name in ("a", "b"):
        repo.commit(name, {"x": "1\n"}, parents=["main"], message=name)
        repo.commit(name, {"y": "1\n"}, message=name)
    repo.commit("b", message="an empty commit")
    assert look("a", "b").twins == [("a", "b", 2, False)]
    repo.commit("c", {"x": "1\n"}, parents=["main"], message="c")
    repo.commit("c", {"y": "1\n"}, message="c")
    assert look("a", "c").twins == [("a", "c", 2, True)]


def test_merges_count_neither_way(world: Made) -> None:
    repo, look = world
    repo.commit("a", {"x": "1\n"}, parents=["main"], message="a")
    repo.commit("main", {"main": "1\n"})
    repo.commit("a", {"main": "1\n"}, parents=["a", "main"])
    repo.commit("b", {"x": "1\n"}, parents=["main"], message="b")
    assert look("a", "b").twins == [("a", "b", 1, True)]


def test_another_change_of_the_same_paths_is_other_work(world: Made) -> None:
    repo, look = world
    repo.commit("a", {"f": TEXT.replace("4", "x")}, parents=["main"])
    repo.commit("b", {"f": TEXT.replace("4", "y")}, parents=["main"])
    assert look("a", "b").duplicates == []


def test_a_stream_on_top_of_another_repeats_nothing(world: Made) -> None:
    repo, look = world
    repo.commit("low", {"x": "1\n"}, parents=["main"])
    repo.commit("high", {"y": "1\n"}, parents=["low"])
    assert look("low", "high").duplicates == []


def test_a_twin_is_told_once_for_each_stream_that_has_it(world: Made) -> None:
    repo, look = world
    repo.commit("low", {"x": "1\n"}, parents=["main"], message="low")
    repo.commit("high", {"y": "1\n"}, parents=["low"])
    repo.commit("other", {"x": "1\n"}, parents=["main"], message="other")
    assert look("high", "low", "other").twins == [("high", "other", 1, False), ("low", "other", 1, True)]


def test_a_change_made_twice_in_one_stream_is_its_own_business(world: Made) -> None:
    repo, look = world
    repo.commit("a", {"x": "1\n"}, parents=["main"])
    repo.commit("a", {"x": None})
    repo.commit("a", {"x": "1\n"})
    assert look("a").duplicates == []
    repo.commit("b", {"x": "1\n"}, parents=["main"], message="b")
    assert look("a", "b").twins == [("a", "b", 2, False)]


def test_the_order_of_the_streams_does_not_matter(world: Made) -> None:
    repo, look = world
    repo.commit("a", {"x": "1\n"}, parents=["main"], message="a")
    repo.commit("b", {"y": "1\n"}, parents=["a"])
    repo.commit("c", {"x": "1\n"}, parents=["main"], message="c")
    repo.commit("d", {"z": "1\n"}, parents=["c"])
    one, other = look("a", "b", "c", "d"), look("d", "b", "a", "c")
    assert (one.stacks, one.groups, one.duplicates) == (other.stacks, other.groups, other.duplicates)


def test_damage_is_said_and_same_heads_are_told_all_the_same(world: Made) -> None:
    repo, look = world
    repo.commit("a", {"x": "1\n"}, parents=["main"], message="a")
    repo.branch("b", "a")
    repo.commit("c", {"x": "2\n"}, parents=["main"], message="c")
    seen = look("a", "b", "c")
    tree = git(repo.folder, "rev-parse", "c^{tree}")
    (repo.folder / ".git/objects" / tree[:2] / tree[2:]).unlink()
    found, (note,) = relations.duplicates(seen.repository, seen.streams, seen.history)
    assert found == (DuplicateWork("a", "b", (), whole=True),)
    assert note.what == "work done twice"
