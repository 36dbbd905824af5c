"""Pairs, merged: what only the real repository can say of a directory, a side nobody judges, a merge that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git
from support.judging import codes, judge, of_code

if TYPE_CHECKING:
    from gate.demo import repository_builder

TEXT = "".join(f"line {number}\n" for number in range(9))


def renamed_and_added(repo: repository_builder.RepositoryBuilder, directory: str) -> None:
    """`a` renames the directory, `b` adds a file to it."""
    base = repo.commit("main", {f"{directory}/f": TEXT, f"{directory}/g": TEXT * 2})
    repo.commit("a", renames={directory: "elsewhere"}, parents=[base])
    repo.commit("b", {f"{directory}/new": "1\n"}, parents=[base])


@pytest.mark.parametrize(
    "directory", ["lib", "a/b", "x\r", " ", "a\nb", "\udcff", "HEAD", "^{tree}", "@{0}", "x~1", ":x"]
)
def test_a_directory_renamed_under_an_addition(make_repo: MakeRepo, directory: str) -> None:
    repo = make_repo()
    renamed_and_added(repo, directory)
    repo.write()
    (finding,) = of_code(judge(repo.folder), "G201")
    assert finding.kind == "directory-rename"


def test_a_directory_named_like_an_abbreviated_commit(make_repo: MakeRepo) -> None:
    repo = make_repo()
    some = repo.commit("main", {"x": "1\n"})
    renamed_and_added(repo, f"lib-g{some[:12]}")
    repo.write()
    assert len(of_code(judge(repo.folder), "G201")) == 1


def test_a_directory_named_like_another_but_for_its_end(make_repo: MakeRepo) -> None:
    """`lib` is still there when `lib` with a carriage return is gone."""
    repo = make_repo()
    repo.commit("main", {"lib/x": "1\n"})
    renamed_and_added(repo, "lib\r")
    repo.write()
    assert len(of_code(judge(repo.folder), "G201")) == 1


def test_only_pairs_with_a_judged_side_are_merged(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": "1\n"})
    for name in ("a", "b", "c"):
        repo.commit(name, {"f": f"{name}\n"}, parents=[base])
    repo.write()
    report = judge(repo.folder, "a", against=("b", "c"))
    assert [finding.branches for finding in of_code(report, "G201")] == [["a", "b"], ["a", "c"]]
    assert report.coverage.pairs_merged == 2


def test_a_pair_that_cannot_be_merged_is_not_clean(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"f": TEXT, "g": "1\n"})
    repo.commit("a", {"f": TEXT.replace("4", "a")}, parents=[base])
    repo.commit("b", {"f": TEXT.replace("4", "b")}, parents=[base])
    repo.commit("c", {"g": "2\n"}, parents=[base])
    repo.write()
    blob = git(repo.folder, "rev-parse", "b:f")
    (repo.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    report = judge(repo.folder)
    assert report.verdict == "unknown"
    assert "G201" not in codes(report)
    assert "the merge of a with b" in [one.what for one in report.coverage.not_checked if one.required]
    assert "c" in report.plan.order
