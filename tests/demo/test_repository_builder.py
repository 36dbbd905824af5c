"""Repositories from literals: everything git can hold, the same on every day."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import MakeRepo, git

from gate.demo import repository_builder
from gate.demo.repository_builder import Executable, Person, Submodule, SymbolicLink
from gate.errors import EnvironmentFault, GitFailed, UsageError
from gate.git.repository import require_git

if TYPE_CHECKING:
    from pathlib import Path

SUBMODULE = "1" * 40


def tree(folder: Path, commit: str) -> dict[str, str]:
    """Return mode and content (or the submodule's commit) by path."""
    entries = (line.split("\t", 1) for line in git(folder, "ls-tree", "-r", "-z", commit).split("\0") if line)
    return {path: _entry(folder, about.split()) for about, path in entries}


def _entry(folder: Path, about: list[str]) -> str:
    mode, kind, oid = about
    return f"{mode} {oid if kind == 'commit' else git(folder, 'cat-file', 'blob', oid)}"


def test_every_kind_of_content(make_repo: MakeRepo) -> None:
    repo = make_repo()
    repo.commit(
        "main",
        {
            "text": "plain",
            "bytes": b"\xff\n\x01",
            "bin/run": Executable("#!/bin/sh"),
            "link": SymbolicLink("bin/run"),
            "vendored": Submodule(SUBMODULE),
        },
    )
    repo.write()
    assert tree(repo.folder, "main") == {
        "text": "100644 plain",
        "bytes": "100644 \udcff\n\x01",
        "bin/run": "100755 #!/bin/sh",
        "link": "120000 bin/run",
        "vendored": f"160000 {SUBMODULE}",
    }


def test_changes_apply_to_the_first_parent(make_repo: MakeRepo) -> None:
    repo = make_repo()
    repo.commit("main", {"kept": "1", "gone": "2", "old/a": "3", "old/b": "4", "file": "5", "folder/x": "6"})
    files = {"gone": None, "new/b": "changed", "file/inside": "7", "folder": "8"}
    repo.commit("main", files, renames={"old": "new"})
    repo.write()
    assert tree(repo.folder, "main") == {
        "kept": "100644 1",
        "new/a": "100644 3",
        "new/b": "100644 changed",
        "file/inside": "100644 7",
        "folder": "100644 8",
    }


def test_a_folder_removed_as_a_file_takes_its_place(make_repo: MakeRepo) -> None:
    repo = make_repo()
    repo.commit("main", {"a/b": "1", "a/c": "2"})
    repo.commit("main", {"a": "now a file", "a/b": None, "a/c": None})
    repo.write()
    assert tree(repo.folder, "main") == {"a": "100644 now a file"}


def test_fresh_starts_from_nothing(make_repo: MakeRepo) -> None:
    repo = make_repo()
    repo.commit("main", {"a": "1", "b": "2"})
    repo.commit("main", {"c": "3"}, fresh=True)
    repo.write()
    assert tree(repo.folder, "main") == {"c": "100644 3"}
    assert git(repo.folder, "rev-list", "--count", "main") == "2"


def test_parents(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"a": "1"})
    left = repo.commit("left", {"b": "1"}, parents=[base])
    right = repo.commit("right", {"c": "1"}, parents=["main"])
    octopus = repo.commit("main", parents=["main", "left", right])
    root = repo.commit("right", {"d": "1"}, parents=[])
    repo.write()
    assert git(repo.folder, "show", "-s", "--format=%P", octopus) == f"{base} {left} {right}"
    assert git(repo.folder, "rev-parse", "main", "left", "right").split() == [octopus, left, root]
    assert git(repo.folder, "show", "-s", "--format=%P", root) == ""
    assert tree(repo.folder, root) == {"d": "100644 1"}


def test_who_and_when(make_repo: MakeRepo) -> None:
    repo = make_repo()
    grace = Person("Grace Ü", "grace@example.org", time=1_700_000_000, zone="+0530")
    repo.commit("main", message="Title\n\nBody.\n")
    repo.commit("main", author=grace)
    repo.commit("main", author=grace, committer=Person(), time=1_800_000_000)
    repo.write()
    assert git(repo.folder, "log", "--date=raw", "--format=%an|%ae|%ad|%cn|%ct|%B").splitlines() == [
        "Grace Ü|grace@example.org|1700000000 +0530|Ada Example|1800000000|",
        "Grace Ü|grace@example.org|1700000000 +0530|Grace Ü|1700000000|",
        "Ada Example|ada@example.org|1767225600 +0000|Ada Example|1767225600|Title",
        "",
        "Body.",
    ]


def test_the_clock_goes_on_by_a_minute(make_repo: MakeRepo) -> None:
    repo = make_repo()
    for _ in range(3):
        repo.commit("main")
    repo.write()
    assert git(repo.folder, "log", "--format=%ct").split() == [
        str(repository_builder.START + 60 * n) for n in (2, 1, 0)
    ]


def test_branches_and_tags(make_repo: MakeRepo) -> None:
    repo = make_repo()
    oid = repo.commit("main", {"a": "1"})
    assert repo.branch("other", "main") == oid
    repo.branch("refs/remotes/origin/main", oid)
    repo.tag("light", "other")
    repo.tag("heavy", oid, "what it is")
    repo.commit("other", {"a": "2"})
    repo.write()
    refs = git(repo.folder, "for-each-ref", "--format=%(refname) %(objecttype)").splitlines()
    assert refs == [
        "refs/heads/main commit",
        "refs/heads/other commit",
        "refs/remotes/origin/main commit",
        "refs/tags/heavy tag",
        "refs/tags/light commit",
    ]
    assert git(repo.folder, "rev-parse", "main", "light", "heavy^{}", "other~1").split() == [oid] * 4


def test_writing_goes_on_after_a_write(make_repo: MakeRepo) -> None:
    repo = make_repo()
    base = repo.commit("main", {"a": "1"})
    repo.write()
    repo.write()
    repo.commit("main", {"b": "2"})
    repo.commit("side", {"c": "3"}, parents=[base])
    repo.write()
    assert tree(repo.folder, "main") == {"a": "100644 1", "b": "100644 2"}
    assert tree(repo.folder, "side") == {"a": "100644 1", "c": "100644 3"}
    assert git(repo.folder, "fsck", "--strict") == ""


def test_check_out(make_repo: MakeRepo) -> None:
    repo = make_repo()
    repo.commit("main", {"a": "1", "run": Executable("#!/bin/sh\n")})
    repo.commit("side", {"a": "2"}, parents=["main"])
    repo.write("main")
    assert (repo.folder / "a").read_text() == "1"
    assert os.access(repo.folder / "run", os.X_OK)
    repo.write(checkout="side")
    assert (repo.folder / "a").read_text() == "2"
    assert git(repo.folder, "status", "--porcelain") == ""
    assert git(repo.folder, "symbolic-ref", "HEAD") == "refs/heads/side"


def test_the_same_literals_give_the_same_ids(make_repo: MakeRepo) -> None:
    ids = set()
    for _ in range(2):
        repo = make_repo()
        repo.commit("main", {"a": "1"}, message="first")
        ids.add(repo.commit("main", {"a": "2"}, message="second"))
    assert ids == {"b478cf3efe7198df2e80a0c59b39f52a795a752c"}


def test_the_users_configuration_stays_out(make_repo: MakeRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_PARAMETERS", "'core.autocrlf=true'")
    monkeypatch.setenv("GIT_INDEX_FILE", "/elsewhere")
    repo = make_repo()
    repo.commit("main", {"a": "1\n"})
    repo.write("main")
    assert (repo.folder / "a").read_bytes() == b"1\n"


paths = st.binary(min_size=1, max_size=12).filter(
    lambda path: b"\0" not in path and b"/" not in path and not path.lower().startswith((b".", b"git~"))
)


@given(st.dictionaries(paths, st.binary(max_size=20), min_size=1, max_size=4))
def test_a_path_may_hold_any_byte(make_repo: MakeRepo, files: dict[bytes, bytes]) -> None:
    repo = make_repo()
    repo.commit("main", {os.fsdecode(path): data for path, data in files.items()})
    repo.write()
    names = git(repo.folder, "ls-tree", "-z", "--name-only", "main").split("\0")[:-1]
    assert sorted(map(os.fsencode, names)) == sorted(files)


def test_an_odd_path_can_be_renamed_and_removed(make_repo: MakeRepo) -> None:
    repo = make_repo()
    quoted, blank, umlaut = '"\udcff\n\\', "a b", "ü"
    repo.commit("main", {quoted: "1", umlaut: "2"})
    repo.commit("main", {umlaut: None}, renames={quoted: blank})
    repo.write()
    assert tree(repo.folder, "main") == {"a b": "100644 1"}


def test_a_branch_may_hold_any_byte_git_allows(make_repo: MakeRepo) -> None:
    repo = make_repo()
    names = [b"-x", b'a"b', b"\xff", "ü/ö".encode(), b"a;$(b)", b"a'b"]
    for name in names:
        repo.commit(os.fsdecode(name), {"a": name})
    repo.write()
    refs = git(repo.folder, "for-each-ref", "--format=%(refname)", "refs/heads").splitlines()
    assert {os.fsencode(ref.removeprefix("refs/heads/")) for ref in refs} == set(names)


def test_a_name_git_refuses_is_an_error(make_repo: MakeRepo) -> None:
    repo = make_repo()
    with pytest.raises(GitFailed, match="git fast-import failed"):
        repo.commit("a~b", {"a": "1"})


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_text("kept")
    with pytest.raises(UsageError, match="precious is not empty"):
        repository_builder.repository(tmp_path / "precious")
    with pytest.raises(EnvironmentFault, match="cannot be made: Not a directory"):
        repository_builder.repository(tmp_path / "precious" / "file" / "below")
    assert [path.name for path in (tmp_path / "precious").iterdir()] == ["file"]


def test_an_error_inside_leaves_no_process_behind(tmp_path: Path) -> None:
    def interrupted() -> None:
        with repository_builder.repository(tmp_path / "repo") as repo:
            repo.commit("main", {"a": "1"})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert git(tmp_path / "repo", "for-each-ref") == ""


def test_the_context_writes(tmp_path: Path) -> None:
    with repository_builder.repository(tmp_path / "repo") as repo:
        oid = repo.commit("main", {"a": "1"})
    assert git(tmp_path / "repo", "rev-parse", "main") == oid


def test_bare_with_another_branch_and_sha256(make_repo: MakeRepo) -> None:
    repo = make_repo(object_format="sha256", branch="trunk", bare=True)
    oid = repo.commit("trunk", {"a": "1"})
    repo.write()
    assert len(oid) == 64
    assert git(repo.folder, "rev-parse", "HEAD", "--is-bare-repository").split() == [oid, "true"]


def test_refs_in_a_table(make_repo: MakeRepo) -> None:
    if require_git() < (2, 45):
        with pytest.raises(EnvironmentFault, match="reftable"):
            make_repo(ref_format="reftable")
        return
    repo = make_repo(ref_format="reftable")
    oid = repo.commit("main", {"a": "1"})
    repo.write()
    assert git(repo.folder, "rev-parse", "--show-ref-format", "main").split() == ["reftable", oid]
