"""Open worktrees: their uncommitted work counts, and nothing of theirs is touched."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git, snapshot

from gate.demo.repository_builder import Executable, Submodule, SymbolicLink
from gate.errors import GitFailed
from gate.git import worktrees

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.forks import Open

    from gate.demo.repository_builder import Content
    from gate.git.repository import Repository

FILES: dict[str, Content] = {
    "a": "1\n",
    "b/c": "2\n",
    "run": Executable("#!/bin/sh\n"),
    "link": SymbolicLink("a"),
    ".gitignore": "*.o\n",
}


@pytest.fixture
def folder(make_repo: MakeRepo) -> Path:
    """A repository with `work` checked out."""
    repo = make_repo()
    base = repo.commit("main", FILES)
    repo.commit("work", {"d": "3\n"}, parents=[base])
    repo.write("work")
    return repo.folder


def main_worktree(repository: Repository) -> worktrees.Worktree:
    return worktrees.open_worktrees(repository)[0]


def changed(repository: Repository, worktree: worktrees.Worktree) -> list[str] | None:
    """What the uncommitted work changes, as `git diff --name-status` says it; None when there is none."""
    commit = worktrees.uncommitted(repository, worktree)
    if commit is None:
        return None
    parents = repository.git("show", "-s", "--format=%P", commit).decode().split()
    assert parents == [worktree.commit]
    words = ("diff-tree", "-r", "--no-renames", "--raw", "-z", "--abbrev=4", worktree.commit, commit)
    fields = repository.git(*words).decode("utf-8", "surrogateescape").split("\0")
    return [
        f"{meta.split()[4]} {meta.split()[1]} {path}"
        for meta, path in zip(fields[::2], fields[1::2], strict=False)
    ]


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)


def staged(folder: Path) -> None:
    write(folder, "a", "staged\n")
    git(folder, "add", "a")


def staged_and_undone(folder: Path) -> None:
    staged(folder)
    write(folder, "a", "1\n")


def deleted_from_the_index(folder: Path) -> None:
    git(folder, "rm", "-q", "--cached", "a")


def typed(folder: Path) -> None:
    (folder / "a").unlink()
    (folder / "a").symlink_to("b")


def directory_for_a_file(folder: Path) -> None:
    (folder / "a").unlink()
    write(folder, "a/inside", "x\n")


def intended(folder: Path) -> None:
    write(folder, "new", "1\n")
    git(folder, "add", "-N", "new")


def odd_names(folder: Path) -> None:
    for name in ("new\nline", "-x", ":(top)y", os.fsdecode(b"\xff")):
        write(folder, name, name.encode("utf-8", "surrogateescape").hex())


CASES: dict[str, tuple[Callable[[Path], object], list[str] | None]] = {
    "nothing": (str, None),
    "staged": (staged, ["M 100644 a"]),
    "staged and undone": (staged_and_undone, []),
    "unstaged": (lambda folder: write(folder, "a", "unstaged\n"), ["M 100644 a"]),
    "untracked": (lambda folder: write(folder, "new/x", "1\n"), ["A 100644 new/x"]),
    "ignored": (lambda folder: write(folder, "x.o", "1\n"), None),
    "deleted": (lambda folder: (folder / "a").unlink(), ["D 000000 a"]),
    "untracked again": (deleted_from_the_index, []),
    "executable": (lambda folder: (folder / "a").chmod(0o755), ["M 100755 a"]),
    "symlink": (lambda folder: (folder / "new").symlink_to("a"), ["A 120000 new"]),
    "another type": (typed, ["T 120000 a"]),
    "a directory for a file": (directory_for_a_file, ["D 000000 a", "A 100644 a/inside"]),
    "intent to add": (intended, ["A 100644 new"]),
    "odd names": (odd_names, ["A 100644 -x", "A 100644 :(top)y", "A 100644 new\nline", "A 100644 \udcff"]),
    "an empty folder": (lambda folder: (folder / "empty").mkdir(), None),
    "touched": (lambda folder: os.utime(folder / "a", (1, 1)), None),
}


@pytest.mark.parametrize(("act", "expected"), CASES.values(), ids=CASES)
def test_uncommitted_work(
    folder: Path, opened: Open, act: Callable[[Path], object], expected: list[str] | None
) -> None:
    act(folder)
    before = snapshot(folder)
    repository = opened(folder)
    assert changed(repository, main_worktree(repository)) == expected
    assert snapshot(folder) == before


def test_the_same_work_is_the_same_commit(folder: Path, opened: Open) -> None:
    write(folder, "a", "2\n")
    found = set()
    for _ in range(2):
        repository = opened(folder)
        found.add(worktrees.uncommitted(repository, main_worktree(repository)))
    assert len(found) == 1


def test_the_middle_of_a_merge(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    base = repo.commit("main", {"a": "1\n", "b": "1\n"})
    repo.commit("work", {"a": "2\n"}, parents=[base])
    repo.commit("other", {"a": "3\n", "b": "2\n"}, parents=[base])
    repo.write("work")
    git(repo.folder, "merge", "other", check=False)
    assert git(repo.folder, "ls-files", "--unmerged") != ""
    before = snapshot(repo.folder)
    repository = opened(repo.folder)
    assert changed(repository, main_worktree(repository)) == ["M 100644 a", "M 100644 b"]
    assert snapshot(repo.folder) == before


def test_sparse_files_are_not_deleted(folder: Path, opened: Open) -> None:
    git(folder, "sparse-checkout", "set", "--no-cone", "/a")
    assert not (folder / "b").exists()
    repository = opened(folder)
    assert changed(repository, main_worktree(repository)) is None
    write(folder, "a", "2\n")
    write(folder, "b/c", "outside\n")
    write(folder, "b/new", "outside\n")
    expected = ["M 100644 a", "M 100644 b/c", "A 100644 b/new"]
    assert changed(repository, main_worktree(repository)) == expected


def test_line_endings_are_turned_back(folder: Path, opened: Open) -> None:
    git(folder, "config", "core.autocrlf", "true")
    (folder / "a").write_bytes(b"1\r\n")
    write(folder, "d", "4\n")
    repository = opened(folder)
    assert changed(repository, main_worktree(repository)) == ["M 100644 d"]


def test_a_submodule_that_moved(make_repo: MakeRepo, opened: Open) -> None:
    inner = make_repo()
    old = inner.commit("main", {"x": "1"})
    inner.commit("main", {"x": "2"})
    inner.write()
    repo = make_repo()
    modules = f'[submodule "sub"]\n\tpath = sub\n\turl = {inner.folder}\n'
    repo.commit("main", {"sub": Submodule(old), ".gitmodules": modules})
    repo.write("main")
    git(repo.folder, "-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--init")
    repository = opened(repo.folder)
    assert changed(repository, main_worktree(repository)) is None
    write(repo.folder / "sub", "x", "dirty, which is the submodule's own\n")
    assert changed(repository, main_worktree(repository)) is None
    git(repo.folder / "sub", "checkout", "-q", "--force", "main")
    assert changed(repository, main_worktree(repository)) == ["M 160000 sub"]


def test_worktrees_and_what_they_have_checked_out(folder: Path, opened: Open) -> None:
    tip, main = git(folder, "rev-parse", "work", "main").split()
    for name, words in {
        "linked": ["-b", "one"],
        "detached": ["--detach"],
        "locked": ["--lock", "-b", "two"],
        "gone": ["-b", "three"],
    }.items():
        git(folder, "worktree", "add", "-q", *words, f"../{name}")
    git(folder, "worktree", "add", "-q", "../odd\nname", "main")
    (folder / "../gone").resolve().rename(folder / "../elsewhere")
    parent = folder.parent
    assert worktrees.open_worktrees(opened(folder)) == [
        worktrees.Worktree(str(folder), tip, "refs/heads/work", main=True),
        worktrees.Worktree(str(parent / "detached"), tip, "", main=False),
        worktrees.Worktree(str(parent / "linked"), tip, "refs/heads/one", main=False),
        worktrees.Worktree(str(parent / "locked"), tip, "refs/heads/two", main=False),
        worktrees.Worktree(str(parent / "odd\nname"), main, "refs/heads/main", main=False),
    ]


def test_the_work_of_a_linked_worktree(folder: Path, opened: Open) -> None:
    git(folder, "worktree", "add", "-q", "-b", "one", "../linked")
    linked = folder.parent / "linked"
    write(linked, "a", "2\n")
    before = snapshot(folder, linked)
    repository = opened(folder)
    assert [changed(repository, tree) for tree in worktrees.open_worktrees(repository)] == [
        None,
        ["M 100644 a"],
    ]
    assert snapshot(folder, linked) == before


def test_a_repository_is_the_same_from_a_linked_worktree(folder: Path, opened: Open) -> None:
    git(folder, "worktree", "add", "-q", "-b", "one", "../linked")
    write(folder, "a", "2\n")
    write(folder.parent / "linked", "b/c", "2\n3\n")
    repository = opened(folder.parent / "linked")
    expected = [["M 100644 a"], ["M 100644 b/c"]]
    assert [changed(repository, tree) for tree in worktrees.open_worktrees(repository)] == expected


def test_a_change_in_the_very_instant_of_the_index_counts(folder: Path, opened: Open) -> None:
    git(folder, "config", "core.trustctime", "false")
    instant = (1_700_000_000, 1_700_000_000)
    os.utime(folder / "a", instant)
    git(folder, "update-index", "--refresh")
    text = (folder / "a").read_text()
    write(folder, "a", "x" * (len(text) - 1) + "\n")
    for path in (folder / "a", folder / ".git/index"):
        os.utime(path, instant)
    repository = opened(folder)
    assert [changed(repository, tree) for tree in worktrees.open_worktrees(repository)] == [["M 100644 a"]]


def test_worktrees_inside_one_another_are_no_submodules(folder: Path, opened: Open) -> None:
    git(folder, "worktree", "add", "-q", "-b", "one", ".trees/[one]")
    git(folder, "worktree", "add", "-q", "-b", "two", ".trees/[one]/two")
    repository = opened(folder)
    assert [changed(repository, tree) for tree in worktrees.open_worktrees(repository)] == [None, None, None]
    write(folder, ".trees/note", "1\n")
    write(folder / ".trees/[one]/two", "a", "2\n")
    expected = [["A 100644 .trees/note"], None, ["M 100644 a"]]
    assert [changed(repository, tree) for tree in worktrees.open_worktrees(repository)] == expected


def test_a_worktree_without_files_deletes_nothing(folder: Path, opened: Open) -> None:
    git(folder, "worktree", "add", "-q", "--no-checkout", "-b", "one", "../empty")
    repository = opened(folder)
    assert changed(repository, worktrees.open_worktrees(repository)[1]) is None


def test_an_unborn_branch_is_no_worktree_yet(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    write(repo.folder, "a", "1\n")
    assert worktrees.open_worktrees(opened(repo.folder)) == []


def test_a_bare_repository_has_linked_worktrees_only(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo(bare=True)
    repo.commit("main", FILES)
    repo.write()
    assert worktrees.open_worktrees(opened(repo.folder)) == []
    git(repo.folder, "worktree", "add", "-q", "-b", "one", "../linked", "main")
    write(repo.folder.parent / "linked", "a", "2\n")
    repository = opened(repo.folder)
    (tree,) = worktrees.open_worktrees(repository)
    assert (tree.main, changed(repository, tree)) == (False, ["M 100644 a"])


def test_work_git_cannot_read_is_an_error(folder: Path, opened: Open) -> None:
    git(folder, "init", "-q", "nested")  # a repository without a commit cannot be added
    repository = opened(folder)
    with pytest.raises(GitFailed, match="git add failed"):
        worktrees.uncommitted(repository, main_worktree(repository))


def test_hooks_and_monitors_of_the_repository_do_not_run(folder: Path, opened: Open) -> None:
    trap = folder.parent / "ran"
    hook = folder / ".git/hooks/post-index-change"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {trap}\n")
    hook.chmod(0o755)
    git(folder, "config", "core.fsmonitor", f"touch {trap}")
    trap.unlink(missing_ok=True)
    write(folder, "a", "2\n")
    trap.unlink(missing_ok=True)
    repository = opened(folder)
    assert changed(repository, main_worktree(repository)) == ["M 100644 a"]
    assert not trap.exists()
