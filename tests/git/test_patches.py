"""Patch files as streams: what git makes of them, and a clear word where it makes nothing of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git, snapshot

from gate.demo.repository_builder import Content, Executable, Submodule, SymbolicLink
from gate.errors import UsageError
from gate.git import patches

if TYPE_CHECKING:
    from pathlib import Path

    from support.forks import Open

    from gate.git.repository import Repository

TEXT = "".join(f"line {number}\n" for number in range(9))
BASE: dict[str, Content] = {"f": TEXT, "g": "g\n", "dos": TEXT.replace("\n", "\r\n"), "b": b"\0one"}

CHANGES: dict[str, tuple[dict[str, Content], dict[str, str]]] = {
    "content": ({"f": TEXT.replace("4", "x")}, {}),
    "several files": ({"f": TEXT.replace("4", "x"), "g": None, "new/h": "h\n"}, {}),
    "binary": ({"b": b"\0two"}, {}),
    "rename": ({}, {"f": "moved/f"}),
    "rename and change": ({"moved/f": TEXT.replace("4", "x")}, {"f": "moved/f"}),
    "mode only": ({"f": Executable(TEXT)}, {}),
    "carriage returns": ({"dos": TEXT.replace("\n", "\r\n").replace("4", "x")}, {}),
    "no newline at the end": ({"f": TEXT + "end"}, {}),
    "symlink": ({"link": SymbolicLink("f")}, {}),
    "submodule": ({"sub": Submodule("1" * 40)}, {}),
    "an empty file": ({"empty": ""}, {}),
    "odd names": ({'ü "q"\n': "1\n", "\udcff": "2\n", "-x": "3\n"}, {}),
    "text that looks like a patch": ({"f": "--- a/f\n+++ b/f\n@@ -1 +1 @@\n" + TEXT}, {}),
    "not UTF-8": ({"f": b"\xff\n" + TEXT.encode()}, {}),
    "trailing space": ({"f": TEXT.replace("4\n", "4 \n")}, {}),
    "a line that is a dash": ({"f": "-- \n" + TEXT}, {}),
}


@pytest.mark.parametrize("form", ["diff", "format-patch"])
@pytest.mark.parametrize(("files", "renames"), CHANGES.values(), ids=CHANGES)
def test_a_patch_is_the_change_it_was_made_of(
    make_repo: MakeRepo, opened: Open, files: dict[str, Content], renames: dict[str, str], form: str
) -> None:
    repo = make_repo()
    base = repo.commit("main", BASE)
    tip = repo.commit("side", files, renames=renames, parents=[base], message="Do it\n\nWith words.\n")
    repo.write("main")
    words = (
        ["diff", "--binary", base, tip]
        if form == "diff"
        else ["format-patch", "--stdout", "--binary", f"{base}..{tip}"]
    )
    text = raw(repo.folder, *words)
    before = snapshot(repo.folder)
    repository = opened(repo.folder)
    commit = patches.apply(repository, base, "x.patch", text)
    said = repository.git("show", "-s", "--format=%T %P", commit).decode().split()
    assert said == [git(repo.folder, "rev-parse", f"{tip}^{{tree}}"), base]
    assert snapshot(repo.folder) == before


def raw(folder: Path, *words: str) -> bytes:
    return git(folder, "-c", "core.quotePath=true", *words).encode("utf-8", "surrogateescape") + b"\n"


def test_a_patch_made_elsewhere_is_merged(make_repo: MakeRepo, opened: Open) -> None:
    """The target has moved on around the lines, so that only a three-way merge finds their place."""
    repo = make_repo()
    base = repo.commit("main", BASE)
    tip = repo.commit("side", {"f": TEXT.replace("line 4", "x")}, parents=[base])
    target = repo.commit("main", {"f": TEXT.replace("line 1", "moved on")})
    repo.write()
    repository = opened(repo.folder)
    commit = patches.apply(repository, target, "x.patch", raw(repo.folder, "diff", base, tip))
    merged = repository.git("cat-file", "blob", f"{commit}:f").decode()
    assert merged == TEXT.replace("line 1", "moved on").replace("line 4", "x")


def refused(repository: Repository, text: bytes) -> UsageError:
    target = repository.git("rev-parse", "main").decode().strip()
    with pytest.raises(UsageError) as raised:
        patches.apply(repository, target, "x.patch", text)
    assert not (repository.quarantine.folder / "index").exists()
    return raised.value


@pytest.mark.parametrize(
    "text", [b"", b"not a patch\n", b"\0\xff", b"# nothing\n\n", b"From: A <a@b>\n\nwords\n"]
)
def test_what_is_no_patch(make_repo: MakeRepo, opened: Open, text: bytes) -> None:
    repo = make_repo()
    repo.commit("main", BASE)
    repo.write()
    assert refused(opened(repo.folder), text).message == "x.patch holds no change"


@pytest.mark.parametrize(
    "text",
    [
        b"--- a/f\n+++ b/f\n@@ -1,3 +1,3 @@\n line 0\n",
        b"--- a/f\n+++ b/f\n@@ nonsense @@\n-line 0\n+x\n",
        b"--- a/f\n+++ b/f\n@@ -1 +1 @@\n-no such line\n+x\n",
        b"--- a/none\n+++ b/none\n@@ -1 +1 @@\n-a\n+b\n",
        b"--- a/../out\n+++ b/../out\n@@ -0,0 +1 @@\n+b\n",
        b"--- /dev/null\n+++ b/.git/config\n@@ -0,0 +1 @@\n+b\n",
        b"diff --git a/b b/b\nindex 1234567..89abcde 100644\nBinary files a/b and b/b differ\n",
    ],
    ids=[
        "cut off",
        "broken",
        "other lines",
        "no such file",
        "outside",
        "inside .git",
        "binary without content",
    ],
)
def test_what_does_not_apply(make_repo: MakeRepo, opened: Open, text: bytes) -> None:
    repo = make_repo()
    repo.commit("main", BASE)
    repo.write("main")
    before = snapshot(repo.folder)
    error = refused(opened(repo.folder), text)
    assert error.exit == 2
    assert error.message.startswith("x.patch ")
    assert snapshot(repo.folder) == before
    assert not (repo.folder.parent / "out").exists()


def test_a_patch_that_conflicts_does_not_apply(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    base = repo.commit("main", BASE)
    tip = repo.commit("side", {"f": TEXT.replace("4", "x")}, parents=[base])
    repo.commit("main", {"f": TEXT.replace("4", "y")})
    repo.write()
    error = refused(opened(repo.folder), raw(repo.folder, "diff", base, tip))
    assert error.message.startswith("x.patch does not apply to the target")
