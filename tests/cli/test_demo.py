"""`demo`: a whole sample or none, and nothing of anybody else's is touched."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from cli.small import complaint
from support import git, run_here, snapshot

from gate.demo import sample

if TYPE_CHECKING:
    from pathlib import Path


def test_it_judges_a_sample_and_says_where_everything_is(tmp_path: Path) -> None:
    result = run_here("demo", cwd=tmp_path)
    assert (result.exit, result.err) == (0, "")
    assert result.out.startswith("BLOCK  ")
    assert (
        "The verdict is block, as it should be here: `git gate check` exits 1 on it, the demo 0."
        in result.out
    )
    assert "\n  repository  git-gate-demo\n  report      git-gate-demo/report.md\n" in result.out
    demo = tmp_path / "git-gate-demo"
    assert git(demo, "status", "--porcelain") == ""
    assert git(demo, "config", "gate.demo") == "true"
    report = (demo / "report.md").read_text()
    assert (demo / "report.html").read_text().startswith("<!doctype html>")
    assert all(stream.name in result.out and stream.name in report for stream in sample.history().streams)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["git-gate-demo", "home", "tmp"]


def test_what_it_says_to_try_next_works(tmp_path: Path) -> None:
    out = run_here("demo", cwd=tmp_path).out
    lines = [line.strip().split() for line in out[out.index("Go on from there") :].splitlines()[1:]]
    assert lines[0] == ["cd", "git-gate-demo"]
    for line in lines[1:]:
        assert line[:2] == ["git", "gate"]
        result = run_here(*line[2:], cwd=tmp_path / "git-gate-demo")
        assert result.exit in (0, 1)
        assert (result.err, bool(result.out)) == ("", True)
    assert run_here("check", cwd=tmp_path / "git-gate-demo").exit == 1


def test_again_it_replaces_its_own(tmp_path: Path) -> None:
    first = run_here("demo", cwd=tmp_path)
    fresh = snapshot(tmp_path / "git-gate-demo", without=(".git/index",))
    (tmp_path / "git-gate-demo" / "mine").write_text("lost\n")
    assert run_here("demo", cwd=tmp_path) == first
    assert snapshot(tmp_path / "git-gate-demo", without=(".git/index",)) == fresh


@pytest.mark.parametrize("existing", ["file", "folder", "link", "broken link", "repository", "unmarked"])
def test_anything_else_there_stays(tmp_path: Path, existing: str) -> None:
    place = tmp_path / "there"
    if existing == "file":
        place.write_text("mine\n")
    elif "link" in existing:
        place.symlink_to("home" if existing == "link" else "nowhere")
    else:
        place.mkdir()
        (place / "mine").write_text("mine\n")
    if existing in ("repository", "unmarked"):
        git(place, "init", "-q")
    if existing == "unmarked":
        git(place, "config", "gate.demo", "false")
    before = snapshot(tmp_path)
    said, way_out = complaint(run_here("demo", "there", cwd=tmp_path))
    assert said.startswith("there exists and is no ")
    assert way_out == "name another folder: git gate demo DIR"
    assert snapshot(tmp_path) == before


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    assert run_here("demo", "there", cwd=tmp_path).exit == 0


def test_a_path_with_blanks(tmp_path: Path) -> None:
    result = run_here("demo", "a b/c d", cwd=tmp_path)
    assert "  cd 'a b/c d'\n" in result.out
    assert (tmp_path / "a b" / "c d" / "report.md").exists()


def test_within_another_repository_and_its_hook(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = run_here("demo", cwd=tmp_path).out
    shutil.rmtree(tmp_path / "git-gate-demo")
    monkeypatch.setenv("GIT_DIR", str(repo / ".git"))
    assert run_here("demo", cwd=tmp_path).out == expected
    monkeypatch.delenv("GIT_DIR")
    assert run_here("demo", cwd=repo).out == expected


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said, _ = complaint(run_here("demo", "file/demo", cwd=tmp_path))
    assert said.startswith("cannot write file/demo: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "home", "tmp"]


def test_a_failure_leaves_the_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_here("demo", cwd=tmp_path)
    before = snapshot(tmp_path / "git-gate-demo")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("gate.demo.sample.write", full)
    said, _ = complaint(run_here("demo", cwd=tmp_path))
    assert said == "cannot write git-gate-demo: No space left on device"
    assert snapshot(tmp_path / "git-gate-demo") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["git-gate-demo", "home", "tmp"]
