"""The formats of a report, and the places it goes to: `-f`, `-o`, `-q`, `-v`, `--color`."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

import click

from gate.cli.options import apply
from gate.cli.writing import STDOUT, require_place, save, write
from gate.errors import UsageError
from gate.report import FORMATS, Options, Verbosity, render

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from gate.model.analysis import Published
    from gate.model.check import Documentation

Command = TypeVar("Command", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True)
class Destination:
    """One format and the file it goes to, `-` for standard output."""

    format: str
    file: str


color = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour; auto (default): on a terminal.",
)


def formats(default: str) -> Callable[[Command], Command]:
    """`-f`, `-o`, `-q`, `-v` and `--color`."""
    options = (
        click.option(
            *("-f", "--format", "form"),
            metavar="FORMAT",
            help=f"What to print: {', '.join(FORMATS)} (default: {default}).",
        ),
        click.option(
            *("-o", "--output", "outputs"),
            multiple=True,
            metavar="FORMAT:FILE",
            help="Also write this format to a file (- is standard output); repeatable.",
        ),
        click.option("-q", "--quiet", is_flag=True, help="Show the verdict and errors only."),
        click.option("-v", "--verbose", is_flag=True, help="Show everything."),
        color,
    )
    return lambda command: apply(command, options)


def form(*choices: str) -> Callable[[Command], Command]:
    """`-f` of a command that prints one thing in a few forms, the first of them by default."""
    return click.option(
        *("-f", "--format", "form"),
        type=click.Choice(choices),
        default=choices[0],
        help=f"What to print (default: {choices[0]}).",
    )


def destinations(form: str | None, outputs: Sequence[str], default: str) -> list[Destination]:
    """Return what to write where. Asked for before the analysis, so that a mistake costs no time.

    Raises:
        UsageError: a format is unknown, a file has no place, or two outputs go to one.
    """
    destinations = [_destination(output) for output in outputs]
    if form is not None or not any(destination.file == STDOUT for destination in destinations):
        destinations.insert(0, Destination(form or default, STDOUT))
    for destination in destinations:
        _require_format(destination.format)
        if destination.file != STDOUT:
            require_place(Path(destination.file))
    _require_apart(destinations)
    return destinations


def _destination(output: str) -> Destination:
    form, separator, file = output.partition(":")
    if not separator or not form or not file:
        raise UsageError(f"{output!r} is no output", "write FORMAT:FILE, for example markdown:report.md")
    return Destination(form, file)


def _require_format(form: str) -> None:
    if form not in FORMATS:
        raise UsageError(f"there is no format {form!r}", f"formats: {', '.join(FORMATS)}")


def _require_apart(places: Sequence[Destination]) -> None:
    counts = Counter(place.file if place.file == STDOUT else os.path.realpath(place.file) for place in places)
    for place, count in counts.items():
        if count > 1 and place == STDOUT:
            raise UsageError("only one format can go to standard output", "send the others to files")
        if count > 1 and Path(place).is_file() is not Path(place).exists():
            continue  # a device takes any number
        if count > 1:
            raise UsageError(f"{count} formats cannot go to one file, {place}", "name a file for each")


def deliver(done: Published, places: Sequence[Destination], options: Options) -> None:
    """Render the report once for each destination; files are written whole or not at all, and first."""
    report, options = done.report, replace(options, templates=done.templates)
    if any(place.format == "sarif" for place in places):
        options = replace(options, documentation=_documentation(), repository=_repository())
    for place in sorted(places, key=lambda place: place.file == STDOUT):
        if place.file == STDOUT:
            write(render(report, place.format, options))
        else:
            save(Path(place.file), render(report, place.format, replace(options, color=False)))


def _documentation() -> dict[str, Documentation]:
    """Return the documentation of every check, by code."""
    from gate.checks import catalog

    return {check.code: check.documentation for check in catalog()}


def _repository() -> str:
    """The repository's address where a build server tells it (GitHub, GitLab); a remote's may hold a password."""
    server, name = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    address = f"{server}/{name}" if server and name else os.environ.get("CI_PROJECT_URL", "")
    return quote(address, safe=":/") if address.startswith("https://") else ""


def options(values: dict[str, Any]) -> Options:
    """Return how text is to look, from the command line and the terminal.

    Raises:
        UsageError: the command line contradicts itself.
    """
    if values.get("quiet") and values.get("verbose"):
        raise UsageError("-q and -v exclude each other", "leave one of them out")
    wanted = Verbosity.QUIET if values.get("quiet") else Verbosity.NORMAL
    verbosity = Verbosity.VERBOSE if values.get("verbose") else wanted
    return Options(width=width(), color=colored(values.get("color", "auto")), verbosity=verbosity)


def width() -> int:
    """Columns to fill: the terminal's, within what can be read."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, 40), 120)


def colored(choice: str) -> bool:
    """Return whether to colour: as asked, else on a terminal that has not said no (no-color.org)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE", "0") != "0":
        return True
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
