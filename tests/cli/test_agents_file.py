"""`init --agents`: a section of AGENTS.md that leaves the rest alone, and settings that each tool's own form fits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cli.small import complaint
from support import git, run_here

from gate.cli import agents_file

if TYPE_CHECKING:
    from pathlib import Path


def test_written_once(repo: Path) -> None:
    result = run_here("init", "--agents", cwd=repo / "engine")
    text = (repo / "AGENTS.md").read_text()
    assert result.exit == 0
    assert text.startswith("<!-- git-gate -->\n## Parallel work\n")
    assert run_here("init", "--agents", cwd=repo).out.startswith("AGENTS.md: as it is\n")
    assert (repo / "AGENTS.md").read_text() == text


@pytest.mark.parametrize("old", ["# Ours\n", "# Ours", "# Ours\r\nline\r\n", "\n"])
def test_what_is_there_stays(repo: Path, old: str) -> None:
    (repo / "AGENTS.md").write_bytes(old.encode())
    run_here("init", "--agents", cwd=repo)
    new = (repo / "AGENTS.md").read_bytes().decode()
    assert new.startswith(old)
    assert new.endswith("<!-- /git-gate -->\n")


def test_an_older_section_is_replaced_in_its_place() -> None:
    text = "before\n<!-- git-gate -->\nold\n<!-- /git-gate -->\nafter"
    new = agents_file.with_section(text)
    assert new.startswith("before\n<!-- git-gate -->\n## Parallel work")
    assert new.endswith("<!-- /git-gate -->\nafter")
    assert "\nold\n" not in new
    assert agents_file.with_section(new) == new


@pytest.mark.parametrize(
    "text",
    [
        "<!-- git-gate -->",
        "<!-- /git-gate -->",
        "<!-- /git-gate --> <!-- git-gate -->",
        "<!-- git-gate -->" * 2,
    ],
)
def test_markers_that_do_not_pair(repo: Path, text: str) -> None:
    (repo / "AGENTS.md").write_text(text)
    said, way_out = complaint(run_here("init", "--agents", cwd=repo))
    assert said.startswith("AGENTS.md has <!-- git-gate --> ")
    assert way_out
    assert (repo / "AGENTS.md").read_text() == text


def test_a_link_is_not_written_through(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("theirs")
    (repo / "AGENTS.md").symlink_to(tmp_path / "elsewhere")
    said, _ = complaint(run_here("init", "--agents", cwd=repo))
    assert said == "AGENTS.md is a symbolic link"
    assert (tmp_path / "elsewhere").read_text() == "theirs"


def test_no_policy_with_it(repo: Path) -> None:
    complaint(run_here("init", "--agents", "--preset", "clinic", cwd=repo))


def test_in_a_bare_repository(repo: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--bare", str(repo), "bare.git")
    said, _ = complaint(run_here("init", "--agents", cwd=tmp_path / "bare.git"))
    assert said.startswith("a bare repository has no worktree")


def test_the_settings_are_printed_and_are_json(repo: Path) -> None:
    out = run_here("init", "--agents", cwd=repo).out
    for place, text in agents_file.settings():
        assert f"Add to {place}:\n\n{text}" in out
        assert "hooks" in json.loads(text)
        assert "git-gate agent-hook --agent " in text
