"""What streams carry beyond the target, held against git's own `rev-list` and `merge-base`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import MakeRepo, git

from gate.git.history import last_change, merge_base, walk

if TYPE_CHECKING:
    from pathlib import Path

    from support.forks import Open

    from gate.demo import repository_builder


@st.composite
def dags(draw: st.DrawFn) -> list[tuple[int, ...]]:
    """Each commit's parents, by their place; the first has none, others may have none, one, two or three."""
    parents: list[tuple[int, ...]] = [()]
    for at in range(1, draw(st.integers(3, 12))):
        near = st.integers(max(0, at - 5), at - 1)
        parents.append(
            tuple(draw(st.lists(near, min_size=draw(st.sampled_from([0, 1, 1, 1])), max_size=3, unique=True)))
        )
    return parents


def grown(repo: repository_builder.RepositoryBuilder, dag: list[tuple[int, ...]]) -> list[str]:
    oids: list[str] = []
    for at, parents in enumerate(dag):
        oids.append(repo.commit(f"c{at}", {"f": str(at)}, parents=[oids[parent] for parent in parents]))
    repo.write()
    return oids


@settings(max_examples=25)
@given(dag=dags(), data=st.data())
def test_a_walk_finds_what_git_finds(
    make_repo: MakeRepo, opened: Open, dag: list[tuple[int, ...]], data: st.DataObject
) -> None:
    repo = make_repo()
    oids = grown(repo, dag)
    chosen = data.draw(st.lists(st.sampled_from(oids), min_size=1, max_size=4))
    target = data.draw(st.sampled_from(oids))
    found = walk(opened(repo.folder), target, chosen)
    assert found.damaged == {}
    assert found.tips.keys() == set(chosen)
    for tip in chosen:
        carried = [commit.oid for commit in found.tips[tip].commits]
        assert set(carried) == set(git(repo.folder, "rev-list", tip, f"^{target}").split())
        assert len(set(carried)) == len(carried)
        bases = git(repo.folder, "merge-base", "--all", target, tip, check=False).split()
        assert found.tips[tip].merge_base in bases or (found.tips[tip].merge_base is None and not bases)
        assert not found.tips[tip].cut
        seen: set[str] = set()
        for commit in found.tips[tip].commits:
            assert not seen.intersection(commit.parents), "children come before their parents"
            seen.update([commit.oid])
    carriers = {
        oid: {tip for tip in chosen if oid in {one.oid for one in found.tips[tip].commits}}
        for oid in found.carriers
    }
    assert carriers == {oid: set(tips) for oid, tips in found.carriers.items()}
    assert all(carriers.values())


def test_a_commit_knows_its_parents_and_time(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": "1"})
    side = repo.commit("side", {"g": "1"}, parents=[base], time=1_700_000_000)
    tip = repo.commit("tip", {"h": "1"}, parents=[base, side], time=1_800_000_000)
    repo.write()
    newest, older = walk(opened(repo.folder), base, [tip]).tips[tip].commits
    assert (newest.oid, newest.parents, newest.time) == (tip, (base, side), 1_800_000_000)
    assert (older.oid, older.parents, older.time) == (side, (base,), 1_700_000_000)


def test_nothing_is_carried_by_what_has_landed(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    old = repo.commit("old", {"f": "1"})
    new = repo.commit("main", {"f": "2"}, parents=[old])
    repo.write()
    found = walk(opened(repo.folder), new, [old, new])
    assert [(found.tips[tip].commits, found.tips[tip].merge_base) for tip in (old, new)] == [
        ((), old),
        ((), new),
    ]
    assert found.carriers == {}


def test_criss_cross_history_has_one_of_its_bases(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    root = repo.commit("main", {"f": "1"})
    one, two = (repo.commit(name, {name: "1"}, parents=[root]) for name in ("one", "two"))
    target = repo.commit("main", {"x": "1"}, parents=[one, two])
    tip = repo.commit("tip", {"y": "1"}, parents=[two, one])
    repo.write()
    assert walk(opened(repo.folder), target, [tip]).tips[tip].merge_base in {one, two}


def test_histories_without_a_common_root_have_no_merge_base(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    target = repo.commit("main", {"f": "1"})
    tip = repo.commit("other", {"f": "1"}, parents=[])
    repo.write()
    repository = opened(repo.folder)
    found = walk(repository, target, [tip]).tips[tip]
    assert (found.merge_base, [commit.oid for commit in found.commits]) == (None, [tip])
    assert merge_base(repository, target, tip) is None


def test_no_tips_no_walk(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    target = repo.commit("main", {"f": "1"})
    repo.write()
    assert walk(opened(repo.folder), target, []).tips == {}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Title\n\nCoordinator: COORD_A\n", ("COORD_A",)),
        ("Title\n\nBody.\n\nSigned-off-by: A <a@b>\ncoordinator:COORD_A  \n", ("COORD_A",)),
        ("Title\n\nCoordinator: A\nCoordinator: B\n", ("A", "B")),
        ("Title\n\nCoordinator: COORD\n  _A\n", ("COORD _A",)),
        ("Title\n\nCoordinator: A\n\nMore words below it.\n", ()),
        ("Title\n\nWe talked about it.\nCoordinator: A is what he said\nand left.\n", ()),
        ("Coordinator: A", ()),
        ("Title\n\nCoordinator:\n", ()),
        ("Title\n\nCoordinators: A\n", ()),
        ("", ()),
        (b"Titl\xe9\n\nCoordinator: \xff\n", ("\udcff",)),
    ],
)
def test_trailers(make_repo: MakeRepo, opened: Open, message: str | bytes, expected: tuple[str, ...]) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": "1"})
    tip = repo.commit("tip", {"f": "2"}, parents=[base], message=message)
    repo.write()
    (commit,) = walk(opened(repo.folder), base, [tip]).tips[tip].commits
    assert commit.coordinators == expected


def test_a_message_cannot_forge_a_commit(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": "1"})
    forged = f"Title\n\nCoordinator: A\x1fB\x1e>{'1' * 40}\n"
    tip = repo.commit("tip", {"f": "2"}, parents=[base], message=forged)
    repo.write()
    found = walk(opened(repo.folder), base, [tip])
    assert [commit.oid for commit in found.tips[tip].commits] == [tip]


def shallow(repo: repository_builder.RepositoryBuilder, depth: int) -> Path:
    """A clone of all branches, cut off at a depth."""
    clone = repo.folder.with_name("clone")
    words = ("clone", "-q", "--no-single-branch", f"--depth={depth}", f"file://{repo.folder}", str(clone))
    git(repo.folder, *words)
    return clone


def long_branches(repo: repository_builder.RepositoryBuilder) -> None:
    base = repo.commit("main", {"f": "0"})
    for number in range(3):
        repo.commit("main", {"f": str(number)})
        repo.commit("side", {"g": str(number)}, parents=None if number else [base])
    repo.write("main")


@pytest.mark.parametrize(("depth", "cut"), [(2, True), (3, True), (4, False)])
def test_a_shallow_clone_is_told_when_it_matters(
    make_repo: MakeRepo, opened: Open, depth: int, cut: bool
) -> None:
    repo = make_repo()
    long_branches(repo)
    clone = shallow(repo, depth)
    repository = opened(clone)
    target, tip = git(clone, "rev-parse", "origin/main", "origin/side").split()
    assert walk(repository, target, [tip]).tips[tip].cut is cut


def test_a_target_cut_off_too_early_is_told_as_well(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    long_branches(repo)
    clone = repo.folder.with_name("clone")
    git(repo.folder, "clone", "-q", "--depth=1", f"file://{repo.folder}", str(clone))
    git(clone, "fetch", "-q", "origin", "side:refs/remotes/origin/side")
    target, tip = git(clone, "rev-parse", "origin/main", "origin/side").split()
    found = walk(opened(clone), target, [tip]).tips[tip]
    assert (found.merge_base, found.cut) == (None, True)


def test_damaged_history_is_the_damaged_streams_own(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": "0"})
    lost = repo.commit("bad", {"g": "1"}, parents=[base])
    bad = repo.commit("bad", {"g": "2"})
    good = repo.commit("good", {"h": "1"}, parents=[base])
    repo.write()
    (repo.folder / ".git/objects" / lost[:2] / lost[2:]).unlink()
    found = walk(opened(repo.folder), base, [bad, good])
    assert found.damaged.keys() == {bad}
    assert "git log failed" in found.damaged[bad]
    assert [commit.oid for commit in found.tips[good].commits] == [good]


def test_a_repository_libgit2_cannot_open_has_merge_bases_too(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo(object_format="sha256")
    root = repo.commit("main", {"f": "1"})
    one, two = (repo.commit(name, {name: "1"}, parents=[root]) for name in ("one", "two"))
    other = repo.commit("other", parents=[])
    repo.write()
    repository = opened(repo.folder)
    assert merge_base(repository, one, two) == root
    assert merge_base(repository, one, other) is None


def test_the_last_change_of_a_word(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    base = repo.commit("main", {"d/f": "one\ntwo\n"})
    removed = repo.commit("main", {"d/f": "one\n"}, parents=[base], message="Remove two")
    last = repo.commit("main", {"d/f": "one\nthree\n"}, parents=[removed])
    repo.write()
    repository = opened(repo.folder)

    change = last_change(repository, base, last, "d/f", "two")

    assert change is not None
    assert (change.oid, change.subject) == (removed, "Remove two")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", change.date)
    newest = last_change(repository, base, last, "d/f")
    assert newest is not None
    assert newest.oid == last
    assert last_change(repository, base, last, "d/f", "four") is None
    assert last_change(repository, last, last, "d/f") is None
    assert last_change(repository, base, last, ":(exclude)d/f") is None
