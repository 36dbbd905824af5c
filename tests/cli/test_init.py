"""`init`: a policy from CODEOWNERS, the layout or a preset, that never overwrites one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.small import complaint
from support import git, run_here, snapshot

from gate.cli.init import OWNERS_FILES
from gate.config import load, presets

if TYPE_CHECKING:
    from pathlib import Path

    from support import MakeRepo


def test_from_the_layout(without_policy: Path) -> None:
    result = run_here("init", cwd=without_policy)
    assert (result.exit, result.err) == (0, "")
    assert result.out.startswith("wrote gate.toml from the layout of HEAD: 2 coordinators, 2 rules\n")
    for step in ("git gate owners --lint --config gate.toml", "commit it on the target"):
        assert step in result.out
    policy = load((without_policy / "gate.toml").read_bytes(), path="gate.toml", origin="file")
    assert policy.routes
    assert run_here("owners", "--lint", "--config", "gate.toml", cwd=without_policy).exit == 0
    assert run_here("check", "--config", "gate.toml", "feature", cwd=without_policy).exit == 0


@pytest.mark.parametrize("path", OWNERS_FILES)
def test_from_codeowners_in_the_worktree(without_policy: Path, path: str) -> None:
    (without_policy / path).parent.mkdir(exist_ok=True)
    (without_policy / path).write_text("* @everyone\n/src/ @source\n")
    result = run_here("init", cwd=without_policy)
    assert result.out.startswith(f"wrote gate.toml from {path}: 2 coordinators, 2 rules\n")


def test_from_codeowners_in_head(make_repo: MakeRepo) -> None:
    made = make_repo()
    made.commit("main", {"docs/CODEOWNERS": "* @everyone\n", "a/b": ""})
    made.write()
    assert not (made.folder / "docs").exists()
    assert run_here("init", cwd=made.folder).out.startswith("wrote gate.toml from docs/CODEOWNERS: ")


def test_the_first_place_wins(without_policy: Path) -> None:
    for name in ("CODEOWNERS", ".github/CODEOWNERS"):
        (without_policy / name).parent.mkdir(exist_ok=True)
        (without_policy / name).write_text("* @everyone\n")
    assert "from .github/CODEOWNERS" in run_here("init", cwd=without_policy).out


def test_what_cannot_be_expressed_is_said(without_policy: Path) -> None:
    (without_policy / "CODEOWNERS").write_text("* @everyone\n!src/ @x\n")
    result = run_here("init", cwd=without_policy)
    assert result.exit == 0
    assert result.err.startswith("not expressed: ")
    assert "1 thing not expressed" in result.out


def test_layout_although_there_is_codeowners(without_policy: Path) -> None:
    (without_policy / "CODEOWNERS").write_text("* @everyone\n")
    assert "from the layout" in run_here("init", "--from", "layout", cwd=without_policy).out


def test_a_preset(without_policy: Path) -> None:
    assert "the preset clinic" in run_here("init", "--preset", "clinic", cwd=without_policy).out
    assert (without_policy / "gate.toml").read_text() == presets.preset("clinic")


@pytest.mark.parametrize("existing", ["file", "link", "broken link"])
def test_never_overwrites(without_policy: Path, existing: str) -> None:
    if existing == "file":
        (without_policy / "gate.toml").write_text("mine\n")
    else:
        (without_policy / "gate.toml").symlink_to("nowhere" if "broken" in existing else "src/a.py")
    before = snapshot(without_policy)
    said, way_out = complaint(run_here("init", cwd=without_policy))
    assert said == "gate.toml exists already"
    assert "--force" in way_out
    assert snapshot(without_policy) == before


def test_force(without_policy: Path) -> None:
    (without_policy / "gate.toml").write_text("mine\n")
    assert run_here("init", "--force", cwd=without_policy).exit == 0
    assert "mine" not in (without_policy / "gate.toml").read_text()


def test_the_root_of_the_worktree_is_the_place(without_policy: Path) -> None:
    result = run_here("init", cwd=without_policy / "src")
    assert result.out.startswith(f"wrote {without_policy / 'gate.toml'} from ")
    assert (without_policy / "gate.toml").exists()


def test_another_file(without_policy: Path) -> None:
    result = run_here("init", "--output", "my policy.toml", cwd=without_policy / "src")
    assert result.out.startswith("wrote my policy.toml from ")
    assert "--config 'my policy.toml'" in result.out
    assert (without_policy / "src" / "my policy.toml").exists()
    complaint(run_here("init", "--output", "my policy.toml", cwd=without_policy / "src"))


def test_printed(without_policy: Path) -> None:
    (without_policy / "gate.toml").write_text("mine\n")
    result = run_here("init", "--output", "-", cwd=without_policy)
    assert (result.exit, result.err) == (0, "")
    assert load(result.out.encode(), path="stdout", origin="file").routes
    assert (without_policy / "gate.toml").read_text() == "mine\n"


def test_in_a_bare_repository(without_policy: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "-q", "--bare", str(without_policy), str(bare))
    said, way_out = complaint(run_here("init", cwd=bare))
    assert said.startswith("a bare repository has no worktree")
    assert "--output -" in way_out
    assert run_here("init", "--output", "-", cwd=bare).exit == 0
    assert run_here("init", "--output", str(tmp_path / "gate.toml"), cwd=bare).exit == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--preset", "office"], "there is no preset `office`"),
        (["--preset", "clinic", "--from", "layout"], "--preset and --from exclude each other"),
        (["--from", "codeowners"], "there is no CODEOWNERS file"),
        (["--output", "nowhere/gate.toml"], "there is no folder for nowhere/gate.toml"),
        (["--output", "src"], "src is a folder"),
    ],
)
def test_mistakes(without_policy: Path, arguments: list[str], says: str) -> None:
    before = snapshot(without_policy)
    said, way_out = complaint(run_here("init", *arguments, cwd=without_policy))
    assert said == says
    assert way_out
    assert snapshot(without_policy) == before


def test_without_a_commit(make_repo: MakeRepo) -> None:
    folder = make_repo().folder
    _, way_out = complaint(run_here("init", cwd=folder))
    assert "--preset clinic" in way_out
    assert run_here("init", "--preset", "clinic", cwd=folder).exit == 0


def test_codeowners_that_is_no_text(without_policy: Path) -> None:
    (without_policy / "CODEOWNERS").write_bytes(b"* @a\n/x \xff\n")
    said, way_out = complaint(run_here("init", cwd=without_policy))
    assert said == "CODEOWNERS:2: is not UTF-8 text"
    assert "--from layout" in way_out


def test_paths_of_any_bytes(make_repo: MakeRepo) -> None:
    made = make_repo()
    odd = b"d\xff/x".decode("utf-8", "surrogateescape")
    made.commit("main", {odd: "", 'q"\n/x': "", "[a]/x": "", "-x/y": "", "\u202e/z": ""})
    made.write()
    result = run_here("init", "--output", "-", cwd=made.folder)
    assert result.exit == 0
    assert load(result.out.encode(), path="stdout", origin="file").routes
