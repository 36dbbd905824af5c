"""The plan, really merged: which streams only together conflict, and the smallest set that shows it."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from support import MakeRepo, git
from support.judging import judge, of_code

if TYPE_CHECKING:
    from pathlib import Path

    from gate.demo import repository_builder

TEXT = "".join(f"line {number}\n" for number in range(9))


def set_conflict(repo: repository_builder.RepositoryBuilder, *bystanders: str) -> None:
    """`a` and `b` each move one of two files of `lib`, `c` adds a third: only once both have landed is `lib` gone.

    `bystanders` change a file of their own.
    """
    base = repo.commit("main", {"lib/x": TEXT, "lib/y": TEXT * 2, **dict.fromkeys(bystanders, "1\n")})
    repo.commit("a", renames={"lib/x": "core/x"}, parents=[base])
    repo.commit("b", renames={"lib/y": "core/y"}, parents=[base])
    repo.commit("c", {"lib/new": "1\n"}, parents=[base])
    for name in bystanders:
        repo.commit(name, {name: "2\n"}, parents=[base])
    repo.write("main")


def together(folder: Path, names: tuple[str, ...]) -> bool:
    """Whether git merges these branches one after another."""
    git(folder, "checkout", "-q", "--force", "--detach", "main")
    for name in names:
        git(folder, "merge", "-q", "--no-edit", name, check=False)
        if git(folder, "ls-files", "--unmerged"):
            git(folder, "merge", "--abort")
            return False
    return True


def test_three_that_conflict_only_together(make_repo: MakeRepo) -> None:
    repo = make_repo()
    set_conflict(repo)
    for pair in combinations("abc", 2):
        assert together(repo.folder, pair)
    assert not together(repo.folder, ("a", "b", "c"))
    report = judge(repo.folder)
    (finding,) = of_code(report, "G401")
    assert sorted(finding.branches) == ["a", "b", "c"]
    assert [held.branch for held in report.plan.held] == finding.branches[:1]
    assert report.coverage.pairs_merged <= 3
    assert [one.code for one in report.findings] == ["G401"]


def test_streams_that_have_no_part_in_it_are_not_named(make_repo: MakeRepo) -> None:
    repo = make_repo()
    set_conflict(repo, "0", "aa", "bb", "zz")
    (finding,) = of_code(judge(repo.folder), "G401")
    assert sorted(finding.branches) == ["a", "b", "c"]


def test_one_that_touches_the_conflicted_paths_and_has_no_part_in_it_is_not_named(
    make_repo: MakeRepo,
) -> None:
    repo = make_repo()
    set_conflict(repo)
    repo.commit("a2", {"lib/x": TEXT.replace("line 8", "a2")}, parents=["main"])
    repo.write("main")
    (finding,) = of_code(judge(repo.folder), "G401")
    assert sorted(finding.branches) == ["a", "b", "c"]


def test_the_rehearsed_tree_is_what_git_makes_of_the_plan(make_repo: MakeRepo) -> None:
    repo = make_repo()
    set_conflict(repo, "d")
    report = judge(repo.folder)
    assert together(repo.folder, tuple(report.plan.order))
    assert git(repo.folder, "rev-parse", "HEAD^{tree}") == report.rehearsal.tree
    steps = {step.branch: step.status for step in report.rehearsal.steps}
    assert [name for name, status in steps.items() if status == "clean"] == report.plan.order


def test_without_a_set_conflict_nothing_is_said(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT})
    for at, name in enumerate("abc"):
        repo.commit(name, {"f": TEXT.replace(f"line {3 * at}\n", f"{name}\n")}, parents=[base])
    repo.write()
    report = judge(repo.folder)
    assert report.findings == []
    assert sorted(report.plan.order) == ["a", "b", "c"]
