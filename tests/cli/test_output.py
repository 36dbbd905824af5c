"""Formats, files, colour, verbosity: asked for before the analysis, written whole or not at all."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cli.small import FREE, complaint
from support import run_here

from gate.cli import output
from gate.report import FORMATS

if TYPE_CHECKING:
    from gate.model.analysis import Analysis


@pytest.fixture
def _no_analysis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail as soon as a repository is opened for an analysis, which every way into the pipeline does first."""
    monkeypatch.setattr("gate.pipeline.open_workspace", lambda *_, **__: pytest.fail("it was analysed first"))


@pytest.mark.usefixtures("_no_analysis")
@pytest.mark.parametrize("command", ["check", "report"])
def test_an_analysis_is_noticed(repo: Path, command: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="it was analysed first"):
        run_here(command, FREE, cwd=repo)


@pytest.mark.usefixtures("_no_analysis")
@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["-f", "pdf"], "there is no format 'pdf'"),
        (["-o", "pdf:x"], "there is no format 'pdf'"),
        (["-o", "json"], "'json' is no output"),
        (["-o", "json:"], "'json:' is no output"),
        (["-f", "text", "-o", "json:-"], "only one format can go to standard output"),
        (["-o", "text:-", "-o", "json:-"], "only one format can go to standard output"),
        (["-o", "json:nowhere/x"], "there is no folder for nowhere/x"),
        (["-o", "json:engine"], "engine is a folder"),
        (["-o", "json:x", "-o", "text:./x"], "2 formats cannot go to one file"),
        (["-q", "-v"], "-q and -v exclude each other"),
        (["--select", "G9"], "no check is called G9"),
        (["--ignore", "banana"], "no check is called BANANA"),
    ],
)
@pytest.mark.parametrize("command", ["check", "report"])
def test_a_mistake_costs_no_analysis(repo: Path, command: str, arguments: list[str], error: str) -> None:
    said, way_out = complaint(run_here(command, *arguments, cwd=repo))
    assert said.startswith(error)
    assert way_out


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_to_stdout_and_to_a_file(repo: Path, form: str) -> None:
    printed = run_here("check", "-f", form, FREE, cwd=repo)
    written = run_here("check", "-o", f"{form}:out", FREE, cwd=repo)
    assert (printed.exit, printed.err, written.err) == (0, "", "")
    assert (repo / "out").read_text() == printed.out
    assert written.out == run_here("check", FREE, cwd=repo).out


def test_one_analysis_many_outputs(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from gate import pipeline

    runs = []
    analysed = pipeline._analyse

    def counted(*given: Any) -> Analysis:
        runs.append(given)
        return analysed(*given)

    monkeypatch.setattr(pipeline, "_analyse", counted)
    wanted = [word for form in FORMATS for word in ("-o", f"{form}:{form}.out")]
    assert run_here("check", *wanted, cwd=repo).exit == 1
    assert len(runs) == 1
    assert json.loads((repo / "json.out").read_text())["verdict"] == "block"
    assert "### " in (repo / "markdown.out").read_text()


def test_an_output_may_take_stdout(repo: Path) -> None:
    result = run_here("check", "-o", "json:-", "-o", "concise:x", FREE, cwd=repo)
    assert json.loads(result.out)["verdict"] == "pass"


def test_a_file_is_replaced_whole_and_keeps_its_permissions(repo: Path) -> None:
    (repo / "out").write_text("old " * 10_000)
    (repo / "out").chmod(0o600)
    run_here("check", "-o", "json:out", FREE, cwd=repo)
    assert json.loads((repo / "out").read_text())["verdict"] == "pass"
    assert stat.S_IMODE((repo / "out").stat().st_mode) == 0o600


def test_a_new_file_gets_the_usual_permissions(repo: Path) -> None:
    before = os.umask(0o027)
    try:
        run_here("check", "-o", "json:out", FREE, cwd=repo)
    finally:
        os.umask(before)
    assert stat.S_IMODE((repo / "out").stat().st_mode) == 0o640


def test_a_link_is_written_through(repo: Path) -> None:
    (repo / "link").symlink_to("real")
    run_here("check", "-o", "json:link", FREE, cwd=repo)
    assert (repo / "link").is_symlink()
    assert json.loads((repo / "real").read_text())["verdict"] == "pass"


def test_a_device_stays_a_device(repo: Path) -> None:
    assert run_here("check", "-o", "json:/dev/null", "-o", "text:/dev/null", FREE, cwd=repo).exit == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repo / "out").write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    said, _ = complaint(run_here("check", "-o", "json:out", FREE, cwd=repo))
    assert said == "cannot write out: No space left on device"
    assert (repo / "out").read_text() == "old"
    assert sorted(path.name for path in repo.glob(".*")) == [".git"]


def test_quiet_and_verbose(repo: Path) -> None:
    quiet, normal, verbose = (run_here("check", *one, cwd=repo) for one in (["-q"], [], ["-v"]))
    assert quiet.exit == normal.exit == verbose.exit == 1
    assert len(quiet.out) < len(normal.out) < len(verbose.out)
    assert run_here("report", "-f", "text", cwd=repo).out == verbose.out
    assert run_here("report", "-f", "text", "-q", cwd=repo).out == quiet.out


@pytest.mark.parametrize("command", [["check"], ["order"], ["owners", "engine/a.py"], ["doctor"]])
def test_colour_only_when_asked_for(repo: Path, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    plain = run_here(*command, cwd=repo)
    assert "\x1b[" not in plain.out
    assert "\x1b[" in run_here(*command, "--color", "always", cwd=repo).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run_here(*command, cwd=repo).out
    assert run_here(*command, "--color", "never", cwd=repo) == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert run_here(*command, cwd=repo) == plain


def test_files_are_never_coloured(repo: Path) -> None:
    run_here("check", "--color", "always", "-o", "text:out", cwd=repo)
    assert "\x1b" not in (repo / "out").read_text()


@pytest.mark.parametrize(("columns", "expected"), [("20", 40), ("72", 72), ("500", 120)])
def test_width_is_the_terminals_within_reason(
    columns: str, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert output.width() == expected


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        (
            {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "clinic/shifts"},
            "https://github.com/clinic/shifts",
        ),
        ({"CI_PROJECT_URL": "https://gitlab.com/clinic/a b"}, "https://gitlab.com/clinic/a%20b"),
        ({"CI_PROJECT_URL": "file:///etc/passwd"}, ""),
        ({}, ""),
    ],
)
def test_sarif_knows_the_checks_and_the_repository(
    repo: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], address: str
) -> None:
    for name in ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "CI_PROJECT_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    (run,) = json.loads(run_here("check", "-f", "sarif", cwd=repo).out)["runs"]
    assert all("help" in rule for rule in run["tool"]["driver"]["rules"])
    assert {one["repositoryUri"] for one in run.get("versionControlProvenance", ())} == {address} - {""}
