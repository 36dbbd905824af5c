"""Where results go: standard output, files, and progress on a terminal."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from gate.errors import EnvironmentFault, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from gate.model.report import Report
    from gate.report import Options

Command = TypeVar("Command", bound="Callable[..., Any]")
STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Destination:
    """One format and the file it goes to, `-` for standard output."""

    format: str
    file: str


def formats(default: str) -> Callable[[Command], Command]:
    """`-f`, `-o`, `-q`, `-v` and `--color`."""

    def add(command: Command) -> Command:
        command = click.option(
            "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Colour."
        )(command)
        command = click.option("-v", "--verbose", is_flag=True, help="Show everything.")(command)
        command = click.option("-q", "--quiet", is_flag=True, help="Show the verdict and errors only.")(
            command
        )
        command = click.option(
            "-o",
            "--output",
            "outputs",
            multiple=True,
            metavar="FORMAT:FILE",
            help="Also write this format to a file (- is standard output).",
        )(command)
        return click.option(
            "-f",
            "--format",
            "form",
            metavar="FORMAT",
            default=None,
            help=f"What to print (default: {default}).",
        )(command)

    return add


def destinations(form: str | None, outputs: Sequence[str], default: str) -> list[Destination]:
    """Where to write what. Asked for before the analysis, so that a mistake costs no time.

    Raises:
        UsageError: a format is unknown, a file has no place, or standard output is wanted twice.
    """
    found = [_destination(output) for output in outputs]
    if form is not None or not any(one.file == STDOUT for one in found):
        found.insert(0, Destination(form or default, STDOUT))
    if sum(one.file == STDOUT for one in found) > 1:
        raise UsageError("only one format can go to standard output", "send the others to files")
    for one in found:
        _require_format(one.format)
        if one.file != STDOUT and not Path(one.file).absolute().parent.is_dir():
            raise UsageError(f"there is no folder for {one.file}")
    return found


def _destination(output: str) -> Destination:
    form, found, file = output.partition(":")
    if not found or not form or not file:
        raise UsageError(f"{output!r} is no output", "write FORMAT:FILE, for example markdown:report.md")
    return Destination(form, file)


def _require_format(form: str) -> None:
    from gate.report import FORMATS

    if form not in FORMATS:
        raise UsageError(f"there is no format {form!r}", f"formats: {', '.join(FORMATS)}")


def deliver(report: Report, places: Sequence[Destination], options: Options) -> None:
    """Render the report once for each destination; files are written whole or not at all."""
    from dataclasses import replace

    from gate.report import render

    for place in places:
        if place.file == STDOUT:
            write(render(report, place.format, options))
        else:
            save(Path(place.file), render(report, place.format, replace(options, color=False)))


def write(text: str) -> None:
    """Print, as UTF-8 whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def save(path: Path, text: str) -> None:
    """Write a file whole: into a temporary one beside it, then in its place.

    Raises:
        EnvironmentFault: it cannot be written; the old one is still there.
    """
    try:
        handle, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name[:50]}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(text.encode())
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise EnvironmentFault(f"cannot write {path}: {error.strerror}") from error


def options(given: dict[str, Any]) -> Options:
    """How the text is to look, from the command line and the terminal."""
    from gate.report import Options, Verbosity

    if given.get("quiet") and given.get("verbose"):
        raise UsageError("-q and -v exclude each other")
    verbosity = (
        Verbosity.QUIET
        if given.get("quiet")
        else Verbosity.VERBOSE
        if given.get("verbose")
        else Verbosity.NORMAL
    )
    return Options(width=_width(), color=colored(given.get("color", "auto")), verbosity=verbosity)


def _width() -> int:
    return min(max(shutil.get_terminal_size((80, 24)).columns, 40), 120)


def colored(choice: str) -> bool:
    """Whether to colour: as asked, else on a terminal that has not said no (no-color.org)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def progress() -> Callable[[str], None]:
    """Tells a terminal what is going on, on one line that it wipes; silent elsewhere."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return lambda _: None
    return lambda words: click.echo(f"\r\x1b[2K{words + ' ...' if words else ''}", nl=False, err=True)
