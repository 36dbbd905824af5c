"""`git gate demo`: a sample repository, judged."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gate.cli import options
from gate.cli.writing import save, write
from gate.errors import EnvironmentFault, Exit, GitFailed, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.analysis import Analysis

_MARK = "gate.demo"
_REPORT, _PAGE = "report.md", "report.html"


@click.command("demo")
@click.argument("place", metavar="[DIR]", default="git-gate-demo")
@options.folder
@options.debug
def command(place: str) -> int:
    """Build a sample repository in DIR (default: git-gate-demo), judge its eleven branches, and write a report.

    It shows a clinic's scheduling system on which eleven agents worked side by side. Run again, it replaces its own
    earlier sample, and nothing else.
    """
    folder = Path(place)
    try:
        _require_free(folder)
    except OSError as error:
        raise EnvironmentFault(f"cannot look into {folder}: {error.strerror}") from error
    with _elsewhere():
        _build(folder)
        _present(folder, _judge(folder))
    return Exit.PASS


def _require_free(place: Path) -> None:
    """Make sure that nothing there is lost.

    Raises:
        UsageError: something is there that is no earlier demo.
    """
    hint = "name another folder: git gate demo DIR"
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        raise UsageError(f"{place} exists and is no folder", hint)
    if place.is_dir() and any(place.iterdir()) and not _is_demo(place):
        raise UsageError(f"{place} exists and is no earlier demo", hint)


def _is_demo(place: Path) -> bool:
    from gate.git import process

    file = place / ".git" / "config"
    words = ["config", "--file", str(file.absolute()), "--type=bool", "--get", _MARK]
    try:
        return file.is_file() and process.run(words, env=process.environment()) == b"true\n"
    except GitFailed:
        return False


@contextlib.contextmanager
def _elsewhere() -> Iterator[None]:
    """Without the variables that name another repository: within a hook or `git --git-dir`, they would win over DIR."""
    foreign = ("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE")
    taken = {name: os.environ.pop(name) for name in foreign if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(taken)


def _build(place: Path) -> None:
    """Write the sample beside its place, then move it there, so that there is a whole one or none.

    Raises:
        EnvironmentFault: it cannot be written.
    """
    from gate.config.presets import preset
    from gate.demo import sample
    from gate.git import process

    try:
        parent = place.absolute().parent
        parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(dir=parent, prefix=f".{place.name[:50]}."))
        try:
            built = scratch / "new"
            sample.write(built, preset("clinic"))
            process.run(["config", _MARK, "true"], env=process.environment(), cwd=str(built))
            (built / ".git" / "info").mkdir(exist_ok=True)
            (built / ".git" / "info" / "exclude").write_text(f"/{_REPORT}\n/{_PAGE}\n", encoding="ascii")
            if place.exists():
                place.rename(scratch / "old")
            built.rename(place)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise EnvironmentFault(f"cannot write {place}: {error.strerror or error}") from error


def _judge(place: Path) -> Analysis:
    from gate.cli.progress import Progress
    from gate.model.request import Request
    from gate.pipeline import analyse

    with Progress() as progress:
        return analyse(Request(today=options.today(), folder=str(place), target="main"), progress)


def _present(place: Path, done: Analysis) -> None:
    from gate.cli import output
    from gate.cli.check import exit_code
    from gate.report import render
    from gate.report.text import clean

    save(place / _REPORT, render(done.report, "markdown"))
    save(place / _PAGE, render(done.report, "html"))
    write(render(done.report, "text", output.options({})))
    write(_farewell(clean(str(place)), done.report.verdict, exit_code(done.report, strict=False)))


def _farewell(place: str, verdict: str, code: int) -> str:
    word = shlex.quote(place)
    return f"""
The verdict is {verdict}, as it should be here: `git gate check` exits {code} on it, the demo 0.

  repository  {place}
  report      {place}/{_REPORT}
  page        {place}/{_PAGE}

Go on from there:
  cd {word}
  git gate pair agent/platform/swap-expiry agent/platform/swap-approval
  git gate owners --branch agent/platform/audit-log
  git gate order
  git gate explain G201
"""
