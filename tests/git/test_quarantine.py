"""Everything the gate writes goes aside, is readable by git there, and is gone afterwards."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import MakeRepo, git, snapshot

from gate.errors import EnvironmentFault
from gate.git import quarantine as module
from gate.git.objects import Info, Objects
from gate.git.quarantine import fault, quarantine
from gate.git.repository import open_repository

if TYPE_CHECKING:
    from support.forks import Open

    from gate.demo import repository_builder


@pytest.fixture
def repo(make_repo: MakeRepo) -> repository_builder.RepositoryBuilder:
    made = make_repo()
    made.commit("main", {"f": "1\n"})
    made.write("main")
    return made


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_git_reads_what_is_written(make_repo: MakeRepo, opened: Open, object_format: str) -> None:
    made = make_repo(object_format=object_format)
    parent = made.commit("main", {"f": "1\n"})
    made.write()
    before = snapshot(made.folder)
    repository = opened(made.folder)
    blob = repository.quarantine.write("blob", b"new\n")
    tree = repository.quarantine.write("tree", b"100644 f\0" + bytes.fromhex(blob))
    commit = repository.quarantine.commit(tree, [parent], "a message")
    assert repository.git("cat-file", "blob", f"{commit}:f") == b"new\n"
    assert repository.git("log", "--format=%H %s", commit).decode().splitlines() == [
        f"{commit} a message",
        f"{parent} ",
    ]
    assert repository.git("fsck", "--strict", "--no-dangling", commit) == b""
    assert snapshot(made.folder) == before
    assert git(made.folder, "cat-file", "-e", commit, check=False) == ""


def test_ids_are_those_git_gives(repo: repository_builder.RepositoryBuilder, opened: Open) -> None:
    repository = opened(repo.folder)
    written = repository.quarantine.write("blob", b"some content\0")
    assert written == repository.git("hash-object", "--stdin", stdin=b"some content\0").decode().strip()
    tree = git(repo.folder, "rev-parse", "main^{tree}")
    assert repository.quarantine.commit(tree, [], "m") == repository.quarantine.commit(tree, [], "m")


@pytest.mark.parametrize("error", [None, KeyboardInterrupt, SystemExit, RuntimeError])
def test_it_is_removed_whatever_happens(
    repo: repository_builder.RepositoryBuilder, error: type[BaseException] | None
) -> None:
    kept: list[Path] = []

    def work() -> None:
        with open_repository(str(repo.folder)) as repository:
            repository.quarantine.write("blob", b"1")
            kept.extend([repository.quarantine.folder, repository.quarantine.disk])
            assert all(folder.is_dir() for folder in kept)
            if error is not None:
                raise error

    if error is None:
        work()
    else:
        with pytest.raises(error):
            work()
    assert not any(folder.exists() for folder in kept)


def test_a_place_the_user_chose_is_the_place(
    repo: repository_builder.RepositoryBuilder, opened: Open
) -> None:
    store = opened(repo.folder).quarantine
    assert store.folder == store.disk
    assert store.folder.parent == Path(os.environ["TMPDIR"])


def test_memory_is_used_where_there_is_room(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, repo: repository_builder.RepositoryBuilder
) -> None:
    roomy = tmp_path / "memory"
    roomy.mkdir()
    monkeypatch.setattr(module, "memory", lambda: roomy)
    with open_repository(str(repo.folder)) as repository:
        store = repository.quarantine
        assert (store.folder.parent, store.disk.parent) == (roomy, Path(tempfile.gettempdir()))
        small = store.write("blob", b"small")
        words = ("hash-object", "-w", "--stdin")
        large = repository.git(*words, stdin=b"large").decode().strip()
        with Objects(repository) as objects:
            assert [objects.blob(oid) for oid in (small, large)] == [b"small", b"large"]
    assert list(roomy.iterdir()) == []


def test_a_tmpdir_that_cannot_be_written_is_said_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, repo: repository_builder.RepositoryBuilder
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    with (
        pytest.raises(EnvironmentFault, match="cannot be written") as raised,
        open_repository(str(repo.folder)),
    ):
        pass
    assert raised.value.hint == "set TMPDIR"


def test_a_full_disk_is_told_from_other_trouble(tmp_path: Path) -> None:
    full = fault(tmp_path / "x", OSError(errno.ENOSPC, "No space left on device"))
    assert full.message == f"no room is left for the quarantine in {tmp_path}"
    assert full.hint == "set TMPDIR to a folder with room"
    other = fault(tmp_path / "x", OSError(errno.EROFS, "Read-only file system"))
    assert other.message == f"the quarantine in {tmp_path} cannot be written: Read-only file system"


def test_writing_into_a_full_quarantine_is_that_error(
    monkeypatch: pytest.MonkeyPatch, repo: repository_builder.RepositoryBuilder, opened: Open
) -> None:
    def full(self: Path, _: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", str(self))

    store = opened(repo.folder).quarantine
    store.require_room()
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(EnvironmentFault, match="no room is left"):
        store.write("blob", b"1")
    with pytest.raises(EnvironmentFault, match="no room is left"):
        store.require_room()


names = st.text(
    st.sampled_from(["a", ":", '"', "\n", " ", "\\", "n", "'", "ü", "\udcff", "%", "$", ";"]),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25)
@given(name=names)
def test_a_repository_may_be_called_anything(make_repo: MakeRepo, tmp_path: Path, name: str) -> None:
    made = make_repo()
    oid = made.commit("main", {"f": "1\n"})
    made.write()
    folder = tmp_path / "odd" / name
    folder.parent.mkdir(exist_ok=True)
    made.folder.rename(folder)
    try:
        with open_repository(str(folder)) as repository, Objects(repository) as objects:
            assert objects.info(oid) == Info(oid, "commit", int(repository.git("cat-file", "-s", oid)))
            new = repository.quarantine.write("blob", b"1")
            assert objects.blob(new) == b"1"
    finally:
        folder.rename(made.folder)


@settings(max_examples=15)
@given(name=names)
def test_alternates_may_be_called_anything(make_repo: MakeRepo, tmp_path: Path, name: str) -> None:
    made = make_repo()
    blob = "a content of its own\n"
    oid = made.commit("main", {"f": blob})
    made.write()
    elsewhere = tmp_path / "stores" / name
    elsewhere.parent.mkdir(exist_ok=True)
    objects_folder = made.folder / ".git/objects"
    objects_folder.rename(elsewhere)
    for kind in ("info", "pack"):
        (objects_folder / kind).mkdir(parents=True)
    try:
        with quarantine([str(objects_folder), str(elsewhere)], "sha1") as store:
            env = os.environ | store.variables
            words = ["git", f"--git-dir={made.folder}/.git", "cat-file", "-p", f"{oid}:f"]
            assert os.spawnvpe(os.P_WAIT, "git", [*words[:-2], "-e", words[-1]], env) == 0
    finally:
        (objects_folder / "info").rmdir()
        (objects_folder / "pack").rmdir()
        objects_folder.rmdir()
        elsewhere.rename(objects_folder)
