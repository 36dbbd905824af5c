"""Templates of a policy's own: from the target and never from a stream; of a policy that is tried out, beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli.small import POLICY, complaint
from support import run_here

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from support import MakeRepo

OWN = f'templates = "ci/own"\n{POLICY}'


def made(make_repo: MakeRepo, files: Mapping[str, str | bytes], streams: dict[str, str]) -> Path:
    """A target with these files, and a stream that writes others."""
    repo = make_repo("repo")
    base = repo.commit("main", {"docs/a.md": "1\n", **files})
    repo.commit("agent/ops/one", {"docs/b.md": "2\n", **streams}, parents=[base])
    repo.write("main")
    return repo.folder


def test_the_targets_are_used_and_no_streams(make_repo: MakeRepo) -> None:
    own = {"gate.toml": OWN, "ci/own/report.md.j2": "ours: {{ report.verdict }}\n", "ci/own/README": "\xff"}
    folder = made(make_repo, own, {"ci/own/report.md.j2": "theirs\n"})
    result = run_here("report", cwd=folder)
    assert (result.exit, result.out) == (0, "ours: review\n"), "a stream that changes them is told"


def test_of_a_policy_tried_out_they_lie_beside_it(make_repo: MakeRepo, tmp_path: Path) -> None:
    folder = made(make_repo, {"gate.toml": POLICY}, {})
    (tmp_path / "try" / "ci" / "own" / "html").mkdir(parents=True)
    (tmp_path / "try" / "gate.toml").write_text(OWN)
    (tmp_path / "try" / "ci" / "own" / "report.md.j2").write_text("tried\n")
    (tmp_path / "try" / "ci" / "own" / "html" / "report.css").write_text("h1 { color: teal }\n")
    arguments = ("report", "--config", str(tmp_path / "try" / "gate.toml"))
    assert run_here(*arguments, cwd=folder).out == "tried\n"
    assert "<style>h1 { color: teal }\n</style>" in run_here(*arguments, "-f", "html", cwd=folder).out


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({}, "gate.toml names the templates 'ci/own', and the target has no such folder"),
        ({"ci/own": "a file"}, "gate.toml names the templates 'ci/own', and the target has no such folder"),
        ({"ci/own/report.md.j2": b"\xff"}, "ci/own/report.md.j2 is not UTF-8 text"),
        ({"ci/own/report.md.j2": "x" * (1 << 20 | 1)}, "ci/own/report.md.j2 is larger than 1 MiB"),
        ({f"ci/own/{number}.j2": "" for number in range(101)}, "ci/own has more than 100 templates"),
        (
            {"ci/own/report.md.j2": "{{ x }}"},
            "a template of the policy has a mistake: report.md.j2, line 1: 'x' is",
        ),
    ],
)
def test_a_mistake_ends_the_run(make_repo: MakeRepo, files: dict[str, str | bytes], error: str) -> None:
    folder = made(make_repo, {"gate.toml": OWN, **files}, {})
    said, way_out = complaint(run_here("report", cwd=folder))
    assert said.startswith(error)
    assert way_out


def test_a_folder_that_is_not_beside_the_policy(make_repo: MakeRepo, tmp_path: Path) -> None:
    folder = made(make_repo, {"gate.toml": POLICY}, {})
    (tmp_path / "tried.toml").write_text(OWN)
    said, _ = complaint(run_here("report", "--config", str(tmp_path / "tried.toml"), cwd=folder))
    assert said.endswith("names the templates 'ci/own', and there is no such folder beside it")
