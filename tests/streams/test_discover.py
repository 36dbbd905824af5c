"""Which streams there are: named, matched, in worktrees, on remotes, in patches; none twice, none lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git, snapshot
from support.judging import codes, judge

from gate.errors import EnvironmentFault, UsageError
from gate.model.request import Tip

if TYPE_CHECKING:
    from pathlib import Path

    from gate.demo import repository_builder

TEXT = "".join(f"line {number}\n" for number in range(9))


def names(folder: Path, *branches: str, **wanted: object) -> list[str]:
    return [stream.name for stream in judge(folder, *branches, **wanted).streams]


@pytest.fixture
def repo(make_repo: MakeRepo) -> repository_builder.RepositoryBuilder:
    """`a` and `b` on a target that moved on; `old` has landed."""
    made = make_repo()
    base = made.commit("main", {"f": TEXT})
    made.branch("old", base)
    made.commit("a", {"a": "1\n"}, parents=[base])
    made.commit("b", {"b": "1\n"}, parents=[base])
    made.commit("main", {"main": "1\n"})
    made.write("main")
    return made


def test_all_that_has_not_landed(repo: repository_builder.RepositoryBuilder) -> None:
    assert names(repo.folder) == ["a", "b"]


def test_what_is_named_is_judged_landed_or_not(repo: repository_builder.RepositoryBuilder) -> None:
    assert names(repo.folder, "old", "b") == ["b", "old"]
    assert names(repo.folder, "main") == ["main"]
    oid = repo.oid("a")
    assert names(repo.folder, oid, "refs/heads/b") == [oid, "refs/heads/b"]


def test_a_name_given_twice_is_one_stream(repo: repository_builder.RepositoryBuilder) -> None:
    assert names(repo.folder, "a", "a") == ["a"]


def test_one_branch_under_two_names_is_work_done_twice(repo: repository_builder.RepositoryBuilder) -> None:
    assert codes(judge(repo.folder, "a", "refs/heads/a")) == ["G005"]


def test_an_unknown_name(repo: repository_builder.RepositoryBuilder) -> None:
    with pytest.raises(UsageError, match="no branch or commit named no-such"):
        judge(repo.folder, "a", "no-such")


def with_policy(repo: repository_builder.RepositoryBuilder, policy: str) -> None:
    repo.commit("main", {"gate.toml": f"version = 1\n{policy}\n"})
    repo.write("main")


def test_patterns_of_the_policy(repo: repository_builder.RepositoryBuilder) -> None:
    with_policy(repo, 'branches = ["a*"]')
    assert names(repo.folder) == ["a"]
    assert names(repo.folder, "b") == ["b"]


def test_streams_to_compare_with_are_not_judged(repo: repository_builder.RepositoryBuilder) -> None:
    with_policy(repo, 'against = ["b"]')
    assert names(repo.folder, "a") == ["a", "b"]
    report = judge(repo.folder, "a")
    assert report.plan.order == ["a"]
    assert names(repo.folder, "a", against=("o*",)) == ["a", "b"], (
        "what has landed is not worth comparing with"
    )


def remote(repo: repository_builder.RepositoryBuilder, branch: str, at: str) -> None:
    git(repo.folder, "config", "remote.origin.url", "/nowhere")
    git(repo.folder, "update-ref", f"refs/remotes/origin/{branch}", at)


def test_a_branch_and_its_remote_copy_are_one_stream(repo: repository_builder.RepositoryBuilder) -> None:
    remote(repo, "a", "a")
    remote(repo, "c", "b")
    assert names(repo.folder, target="main") == ["a", "b", "origin/c"]


def test_the_newer_of_a_branch_and_its_remote_copy_stands(repo: repository_builder.RepositoryBuilder) -> None:
    newer = repo.commit("newer", {"a2": "1\n"}, parents=["a"])
    repo.write()
    git(repo.folder, "branch", "-qD", "newer")
    remote(repo, "a", newer)
    assert names(repo.folder, target="main") == ["b", "origin/a"]
    remote(repo, "a", "a~1")
    assert names(repo.folder, target="main") == ["a", "b"]


def test_a_branch_and_a_remote_copy_that_went_apart_both_stand(
    repo: repository_builder.RepositoryBuilder,
) -> None:
    other = repo.commit("other", {"a": "other\n"}, parents=["a"])
    repo.commit("a", {"a": "mine\n"})
    repo.write()
    git(repo.folder, "branch", "-qD", "other")
    remote(repo, "a", other)
    assert names(repo.folder, target="main") == ["a", "b", "origin/a"]


def test_uncommitted_work_counts(repo: repository_builder.RepositoryBuilder) -> None:
    git(repo.folder, "worktree", "add", "-q", "../a", "a")
    tree = repo.folder.parent / "a"
    (tree / "f").write_text(TEXT.replace("4", "uncommitted"))
    git(repo.folder, "worktree", "add", "-q", "-b", "fresh", "../fresh", "main")
    (repo.folder.parent / "fresh/f").write_text(TEXT.replace("4", "fresh"))
    before = snapshot(repo.folder, tree)
    report = judge(repo.folder)
    assert [stream.name for stream in report.streams] == ["a", "b", "fresh"]
    assert codes(report, "a") == ["G201"]
    assert report.streams[0].tip == repo.oid("a")
    assert snapshot(repo.folder, tree) == before
    assert names(repo.folder, worktrees=False) == ["a", "b"]


def test_a_stale_base_of_uncommitted_work_does_not_stand_beside_it(
    repo: repository_builder.RepositoryBuilder,
) -> None:
    """The worktree's branch at origin is older than the worktree, so it is no stream of its own."""
    remote(repo, "a", "a")
    git(repo.folder, "worktree", "add", "-q", "../a", "a")
    (repo.folder.parent / "a/new").write_text("1\n")
    assert names(repo.folder, target="main") == ["a", "b"]


def test_detached_worktrees_are_called_by_their_folders(repo: repository_builder.RepositoryBuilder) -> None:
    for folder in ("../one/tree", "../two/tree"):
        git(repo.folder, "worktree", "add", "-q", "--detach", folder, "main")
        (repo.folder / folder / "f").write_text(f"{folder}\n")
    other = repo.folder.parent / "two/tree"
    assert names(repo.folder) == ["a", "b", f"worktree:{other}", "worktree:tree"]


def test_work_on_the_target_itself_is_no_stream(repo: repository_builder.RepositoryBuilder) -> None:
    (repo.folder / "f").write_text("uncommitted\n")
    assert names(repo.folder) == ["a", "b"]


def test_a_worktree_git_cannot_read_is_not_checked(repo: repository_builder.RepositoryBuilder) -> None:
    git(repo.folder, "worktree", "add", "-q", "../a", "a")
    git(repo.folder.parent / "a", "init", "-q", "nested")
    report = judge(repo.folder)
    assert [stream.name for stream in report.streams] == ["a", "b"]
    assert report.verdict == "unknown"
    (missed,) = (one for one in report.coverage.not_checked if one.required)
    assert missed.what == f"uncommitted work in {repo.folder.parent / 'a'}"


def test_a_patch_is_a_stream(repo: repository_builder.RepositoryBuilder) -> None:
    patch = b"--- a/f\n+++ b/f\n@@ -4,3 +4,3 @@\n line 3\n-line 4\n+patched\n line 5\n"
    repo.commit("a", {"f": TEXT.replace("line 4", "mine")})
    repo.write()
    report = judge(repo.folder, "a", patches=(("x.patch", patch),))
    assert [stream.name for stream in report.streams] == ["a", "x.patch"]
    assert codes(report) == ["G201"]


def test_a_damaged_stream_is_its_own_trouble(repo: repository_builder.RepositoryBuilder) -> None:
    lost = repo.commit("bad", {"x": "1\n"}, parents=["main"])
    repo.commit("bad", {"x": "2\n"})
    repo.commit("c", {"a": "other\n"}, parents=["main"])
    repo.write()
    (repo.folder / ".git/objects" / lost[:2] / lost[2:]).unlink()
    report = judge(repo.folder)
    assert codes(report, "bad") == ["G002"]
    assert codes(report, "c") == ["G201"]
    assert [stream.landing.status for stream in report.streams] == ["clean", "clean", "not_tried", "clean"]


def test_a_branch_without_its_commit_is_not_checked(repo: repository_builder.RepositoryBuilder) -> None:
    lost = repo.commit("bad", {"x": "1\n"}, parents=["main"])
    repo.write()
    (repo.folder / ".git/objects" / lost[:2] / lost[2:]).unlink()
    report = judge(repo.folder)
    assert report.verdict == "unknown"
    assert "branch bad" in [one.what for one in report.coverage.not_checked if one.required]
    assert judge(repo.folder, "a", "b").verdict == "pass"


def test_a_stream_without_a_merge_base_is_not_checked_and_the_others_are(
    repo: repository_builder.RepositoryBuilder,
) -> None:
    repo.commit("alone", {"f": "1\n"}, parents=[])
    repo.write()
    report = judge(repo.folder)
    assert report.verdict == "unknown"
    assert codes(report, "alone") == ["G002"]
    assert report.plan.order == ["a", "b"]


def test_a_shallow_clone_says_which_fetch_cures_it(
    repo: repository_builder.RepositoryBuilder, tmp_path: Path
) -> None:
    repo.commit("a", {"a": "2\n"})
    repo.write()
    clone = tmp_path / "clone"
    words = ("clone", "-q", "--depth=1", "--no-single-branch", f"file://{repo.folder}", str(clone))
    git(tmp_path, *words)
    with pytest.raises(EnvironmentFault, match="shallow and ends before origin/a left origin/main") as raised:
        judge(clone)
    assert raised.value.hint is not None
    git(clone, *raised.value.hint.removeprefix("git ").split())
    assert names(clone) == ["origin/a", "origin/b"]


def test_nothing_to_judge_is_not_clean_by_silence(make_repo: MakeRepo) -> None:
    repo = make_repo()
    repo.commit("main", {"f": "1\n"})
    repo.write()
    report = judge(repo.folder)
    assert report.streams == []
    assert ("any stream", "no branch is unmerged") in [
        (one.what, one.why) for one in report.coverage.not_checked
    ]


# About to move


def judged(folder: Path, **wanted: object) -> tuple[list[str], list[str]]:
    """The streams that are judged, and those they are compared with."""
    found = judge(folder, **wanted).streams
    return tuple([one.name for one in found if one.judged is flag] for flag in (True, False))  # type: ignore[return-value]


def test_a_tip_is_judged_beside_all_others(repo: repository_builder.RepositoryBuilder) -> None:
    tip = Tip("new", "refs/heads/new", repo.oid("a"))
    assert judged(repo.folder, tips=(tip,)) == (["new"], ["b"])


def test_a_tip_takes_the_place_of_its_branch(repo: repository_builder.RepositoryBuilder) -> None:
    git(repo.folder, "update-ref", "refs/remotes/origin/a", repo.oid("a"))
    newer = git(repo.folder, "commit-tree", "-p", repo.oid("a"), "-m", "x", f"{repo.oid('a')}^{{tree}}")
    tip = Tip("a", "refs/heads/a", newer)
    assert judged(repo.folder, tips=(tip,)) == (["a"], ["b"])


def test_what_is_leaving_is_in_nobodys_way(repo: repository_builder.RepositoryBuilder) -> None:
    tip = Tip("a", "refs/heads/a", repo.oid("a"))
    assert judged(repo.folder, tips=(tip,), leaving=("refs/heads/b",)) == (["a"], [])


def test_tips_that_are_no_streams(repo: repository_builder.RepositoryBuilder) -> None:
    policy = ("gate.toml", b'branches = ["agent/*"]\n')
    tip = Tip("a", "refs/heads/a", repo.oid("a"))
    assert judged(repo.folder, tips=(tip,), config=policy) == ([], [])
    assert judged(repo.folder, tips=(Tip("main", "refs/heads/main", repo.oid("a")),)) == ([], [])
