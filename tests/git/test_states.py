"""The states a verdict is about, held against what git makes of the same branches when they really land."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git

from gate.demo.repository_builder import Executable
from gate.git import states
from gate.git.history import walk
from gate.git.merges import Merger
from gate.git.objects import Objects
from gate.model.git import Clean, Conflicted, Landing, NotTried, Stream, Target

if TYPE_CHECKING:
    from pathlib import Path

    from support.forks import Open

    from gate.git.repository import Repository
    from gate.model.git import Merge

TEXT = "".join(f"line {number}\n" for number in range(9))
ALL = list(Landing)


class Landings:
    """Lands branches on `main` the gate's way."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self.merger, self.objects = Merger(repository), Objects(repository)
        commit, tree = repository.git("rev-parse", "main", "main^{tree}").decode().split()
        self.target = Target("refs/heads/main", commit, tree)

    def stream(self, name: str) -> Stream:
        tip = self.repository.git("rev-parse", f"refs/heads/{name}").decode().strip()
        walked = walk(self.repository, self.target.commit, [tip]).tips[tip]
        return Stream(name, f"refs/heads/{name}", tip, tip, walked.merge_base, walked.commits)

    def land(self, name: str, how: Landing) -> Merge:
        with self.merger, self.objects:
            return states.landed(
                self.repository, self.merger, self.objects, self.target, self.stream(name), how
            )

    def clean(self, name: str, how: Landing = Landing.MERGE) -> Clean:
        landed = self.land(name, how)
        assert isinstance(landed, Clean), landed
        return landed

    def parents(self, state: Clean) -> list[str]:
        return self.repository.git("show", "-s", "--format=%P", state.commit).decode().split()


def really(folder: Path, name: str, how: Landing) -> str:
    """The tree git itself makes of it, in a worktree."""
    words = {
        Landing.MERGE: [["checkout", "-q", "--detach", "main"], ["merge", "-q", "--no-edit", name]],
        Landing.SQUASH: [
            ["checkout", "-q", "--detach", "main"],
            ["merge", "-q", "--squash", name],
            ["commit", "-q", "--allow-empty", "-m", "squashed"],
        ],
        Landing.REBASE: [["checkout", "-q", "--detach", name], ["rebase", "-q", "main"]],
    }
    for command in words[how]:
        git(folder, *command)
    return git(folder, "rev-parse", "HEAD^{tree}")


@pytest.mark.parametrize("how", ALL)
@pytest.mark.parametrize("name", ["plain", "long", "renaming", "merging", "undoing", "rooted", "picked"])
def test_landing_is_what_git_makes_of_it(make_repo: MakeRepo, opened: Open, how: Landing, name: str) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT, "lib/a": TEXT * 2, "lib/b": "b\n"})
    match name:
        case "plain":
            repo.commit(name, {"f": TEXT.replace("line 1", "mine")}, parents=[base])
        case "long":
            for number in range(3):
                files = {"f": TEXT.replace("line 1", f"mine {number}"), f"new{number}": f"{number}\n"}
                repo.commit(name, {**files}, parents=[base] if number == 0 else None)
        case "renaming":
            repo.commit(name, {"core/a": Executable(TEXT * 2)}, renames={"lib": "core"}, parents=[base])
        case "merging":
            side = repo.commit("side", {"side": "1\n"}, parents=[base])
            repo.commit(name, {"mine": "1\n"}, parents=[base])
            repo.commit(name, {"side": "1\n"}, parents=[name, side])
        case "undoing":
            repo.commit(name, {"lib/b": None, "x": "1\n"}, parents=[base])
            repo.commit(name, {"lib/b": "b\n"})
        case "rooted":
            root = repo.commit("root", {"rooted": "1\n"}, parents=[])
            repo.commit(name, {"mine": "1\n"}, parents=[base])
            repo.commit(name, {"rooted": "1\n"}, parents=[name, root])
        case "picked":
            repo.commit(name, {"f": TEXT.replace("line 8", "main's")}, parents=[base])
            repo.commit(name, {"y": "1\n"})
    repo.commit("main", {"f": TEXT.replace("line 8", "main's"), "lib/a": TEXT * 2 + "more\n"})
    repo.write("main")
    landings = Landings(opened(repo.folder))
    landed = landings.clean(name, how)
    assert landed.tree == really(repo.folder, name, how)
    expected = [landings.target.commit, *([landings.stream(name).tip] if how is Landing.MERGE else [])]
    assert landings.parents(landed) == expected


@pytest.mark.parametrize("how", ALL)
def test_a_conflict_with_the_target(make_repo: MakeRepo, opened: Open, how: Landing) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT})
    repo.commit("a", {"x": "1\n"}, parents=[base])
    repo.commit("a", {"f": TEXT.replace("4", "a")})
    repo.commit("main", {"f": TEXT.replace("4", "main")})
    repo.write()
    landed = Landings(opened(repo.folder)).land("a", how)
    assert isinstance(landed, Conflicted)
    assert landed.paths == ("f",)


def test_a_rebase_meets_conflicts_a_merge_does_not(make_repo: MakeRepo, opened: Open) -> None:
    """The stream's first commit conflicts, its second takes the conflict back."""
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT})
    repo.commit("a", {"f": TEXT.replace("4", "a")}, parents=[base])
    repo.commit("a", {"f": TEXT, "x": "1\n"})
    repo.commit("main", {"f": TEXT.replace("4", "main")})
    repo.write()
    repository = opened(repo.folder)
    assert isinstance(Landings(repository).land("a", Landing.REBASE), Conflicted)
    assert isinstance(Landings(repository).land("a", Landing.MERGE), Clean)


@pytest.mark.parametrize("after", [TEXT, TEXT.replace("4", "y")], ids=["taken back", "changed again"])
def test_a_rebase_leaves_out_what_the_target_had(make_repo: MakeRepo, opened: Open, after: str) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT})
    repo.commit("a", {"f": TEXT.replace("4", "x")}, parents=[base])
    repo.commit("a", {"new": "1\n"})
    repo.commit("main", {"f": TEXT.replace("4", "x")}, message="picked")
    repo.commit("main", {"f": after})
    repo.write("main")
    landed = Landings(opened(repo.folder)).clean("a", Landing.REBASE)
    assert landed.tree == really(repo.folder, "a", Landing.REBASE)


@pytest.mark.parametrize("how", ALL)
def test_unrelated_history_is_not_tried(make_repo: MakeRepo, opened: Open, how: Landing) -> None:
    repo = make_repo()
    repo.commit("main", {"f": "1\n"})
    repo.commit("a", {"g": "1\n"}, parents=[])
    repo.write()
    assert Landings(opened(repo.folder)).land("a", how) == NotTried("it shares no history with the target")


@pytest.mark.parametrize("how", ALL)
def test_a_landed_stream_changes_nothing(make_repo: MakeRepo, opened: Open, how: Landing) -> None:
    repo = make_repo()
    repo.commit("a", {"f": "1\n"})
    repo.commit("main", {"g": "1\n"}, parents=["a"])
    repo.write()
    landings = Landings(opened(repo.folder))
    assert landings.clean("a", how).tree == landings.target.tree


@pytest.mark.parametrize("how", ALL)
def test_criss_cross_history_is_merged_as_git_does(make_repo: MakeRepo, opened: Open, how: Landing) -> None:
    repo = make_repo()
    base = repo.commit("base", {"f": TEXT})
    one = repo.commit("one", {"f": TEXT.replace("line 0", "one")}, parents=[base])
    two = repo.commit("two", {"f": TEXT.replace("line 8", "two")}, parents=[base])
    both = TEXT.replace("line 0", "one").replace("line 8", "two")
    repo.commit("main", {"f": both, "m": "1\n"}, parents=[one, two])
    repo.commit("a", {"f": both.replace("line 4", "a")}, parents=[two, one])
    repo.write("main")
    landed = Landings(opened(repo.folder)).clean("a", how)
    if how is not Landing.REBASE:  # there is nothing to replay but a merge commit
        assert landed.tree == really(repo.folder, "a", how)


def test_a_rebase_of_damaged_commits_is_not_tried(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": "1\n"})
    repo.commit("a", {"f": "2\n"}, parents=[base])
    repo.write()
    landings = Landings(opened(repo.folder))
    stream = landings.stream("a")
    odd = replace(stream, commits=(replace(stream.commits[0], parents=("1" * 40,)),))
    with landings.merger, landings.objects:
        landed = states.landed(
            landings.repository, landings.merger, landings.objects, landings.target, odd, Landing.REBASE
        )
    assert landed == NotTried(f"a tree of commit {stream.tip} is missing")


def test_a_rehearsal_goes_on_after_a_stream_that_does_not_merge(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT})
    repo.commit("a", {"f": TEXT.replace("4", "a")}, parents=[base])
    repo.commit("b", {"f": TEXT.replace("4", "b")}, parents=[base])
    repo.commit("c", {"g": "1\n"}, parents=[base])
    repo.write("main")
    landings = Landings(opened(repo.folder))
    order = [(name, landings.clean(name)) for name in ("a", "b", "c")]
    with landings.merger:
        rehearsal = states.rehearse(landings.merger, landings.target, order)
    assert [(step.branch, type(step.merge)) for step in rehearsal.steps] == [
        ("a", Clean),
        ("b", Conflicted),
        ("c", Clean),
    ]
    git(repo.folder, "merge", "-q", "--no-edit", "a")
    git(repo.folder, "merge", "-q", "--no-edit", "c")
    assert rehearsal.tree == git(repo.folder, "rev-parse", "main^{tree}")


def test_a_rehearsal_of_nothing_is_the_target(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    repo.commit("main", {"f": "1\n"})
    repo.write()
    landings = Landings(opened(repo.folder))
    rehearsal = states.rehearse(landings.merger, landings.target, [])
    assert (rehearsal.tree, rehearsal.steps) == (landings.target.tree, ())
    together = states.conflict_together(landings.merger, landings.target, [])
    assert together == Clean(landings.target.tree, landings.target.commit)


def test_merging_together_ends_at_the_first_conflict(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT, "g": TEXT})
    repo.commit("a", {"f": TEXT.replace("4", "a")}, parents=[base])
    repo.commit("b", {"f": TEXT.replace("4", "b")}, parents=[base])
    repo.commit("c", {"g": "1\n"}, parents=[base])
    repo.write()
    landings = Landings(opened(repo.folder))
    made = {name: landings.clean(name) for name in ("a", "b", "c")}
    with landings.merger as merger:
        conflicted = states.conflict_together(merger, landings.target, [made["a"], made["b"], made["c"]])
        clean = states.conflict_together(merger, landings.target, [made["a"], made["c"]])
    assert isinstance(conflicted, Conflicted)
    assert conflicted.paths == ("f",)
    assert isinstance(clean, Clean)
