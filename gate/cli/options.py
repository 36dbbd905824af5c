"""The options that commands share, and the request they make."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from gate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from gate.model.request import Request

Command = TypeVar("Command", bound="Callable[..., Any]")
_LARGEST_INPUT = 64 << 20


def _enter(context: click.Context, option: click.Parameter, folder: str | None) -> None:  # noqa: ARG001
    if folder is None or context.resilient_parsing:
        return
    try:
        os.chdir(folder)
    except OSError as error:
        raise UsageError(f"cannot start in {folder}: {error.strerror}") from error


folder = click.option(
    *("-C", "folder"),
    metavar="DIR",
    is_eager=True,
    expose_value=False,
    callback=_enter,
    help="Run as if started in DIR.",
)
target = click.option(
    "--target", metavar="REF", help="The branch merged into (default: the remote's default branch)."
)
config = click.option("--config", metavar="FILE", help="Try this policy instead of the target's.")
debug = click.option(
    "--debug", is_flag=True, expose_value=False, help="Show a traceback when something fails."
)

branches = click.argument("branches", nargs=-1, metavar="[BRANCH]...")


def selection(command: Command) -> Command:
    """Add the options that select checks."""
    options = (
        click.option(
            "--select", multiple=True, metavar="CODES", help="Run only these checks; prefixes work."
        ),
        click.option(
            "--ignore", multiple=True, metavar="CODES", help="Leave these checks out; prefixes work."
        ),
    )
    return apply(command, options)


def analysis(command: Command) -> Command:
    """The options of every command that runs the whole analysis."""
    options = (
        target,
        click.option(
            "--against", multiple=True, metavar="GLOB", help="Also compare with these branches, unjudged."
        ),
        config,
        click.option(
            "--patch", "patches", multiple=True, metavar="FILE", help="Judge a patch file as a stream."
        ),
        click.option(
            "--worktrees/--no-worktrees", default=True, help="Include open worktrees (default) or not."
        ),
        selection,
        click.option("--no-cache", is_flag=True, help="Use and keep nothing of other runs."),
        click.option(
            "--jobs",
            type=click.IntRange(1),
            metavar="N",
            help="Read files in at most N processes (default: one a processor).",
        ),
        folder,
        debug,
    )
    return apply(command, options)


def fail_on(command: Command) -> Command:
    """Add the options that make a run fail."""
    options = (
        click.option(
            "--fail-on",
            type=click.Choice(["error", "warning", "never"]),
            default="error",
            help="The gravity from which a finding blocks (default: error).",
        ),
        click.option("--strict", is_flag=True, help="Fail when a review is needed, too."),
    )
    return apply(command, options)


def apply(command: Command, options: tuple[Callable[[Command], Command], ...]) -> Command:
    """Decorate a command with options that its help lists in this order."""
    return reduce(lambda decorated, option: option(decorated), reversed(options), command)


def request(branches: tuple[str, ...], values: dict[str, Any], fail_on: str = "error") -> Request:
    """The request that a command line makes.

    Raises:
        UsageError: a file cannot be read, or a code is none.
    """
    from gate.model.request import Request

    return Request(
        today=today(),
        branches=branches,
        target=values.get("target"),
        against=tuple(values.get("against", ())),
        config=policy(values),
        patches=tuple((name, read(name)) for name in values.get("patches", ())),
        worktrees=values.get("worktrees", True),
        select=codes(values.get("select", ())),
        ignore=codes(values.get("ignore", ())),
        fail_on=fail_on,
        cached=not values.get("no_cache", False),
        jobs=values.get("jobs") or 0,
    )


def today() -> date:
    """The day on which waivers are judged, the same everywhere at one moment."""
    return datetime.now(UTC).date()


def policy(values: dict[str, Any]) -> tuple[str, bytes] | None:
    """The policy to try out: its name and text; None to take the target's.

    Raises:
        UsageError: it cannot be read.
    """
    return (values["config"], read(values["config"])) if values.get("config") else None


def codes(codes_asked: tuple[str, ...]) -> tuple[str, ...]:
    """Codes and prefixes of codes, separated by commas or given one by one.

    Raises:
        UsageError: one of them is the start of no code.
    """
    from gate.checks import catalog

    wanted = tuple(code.strip().upper() for word in codes_asked for code in word.split(",") if code.strip())
    codes_known = [check.code for check in catalog()]
    for code in wanted:
        if not any(name.startswith(code) for name in codes_known):
            raise UsageError(f"no check is called {code}", "`git gate codes` lists them")
    return wanted


def read(name: str) -> bytes:
    """The content of a file the user named; `-` is standard input.

    Raises:
        UsageError: it cannot be read, or is larger than 64 MiB.
    """
    try:
        with Path(name).open("rb") if name != "-" else sys.stdin.buffer as file:
            content = file.read(_LARGEST_INPUT + 1)
    except OSError as error:
        raise UsageError(f"cannot read {name}: {error.strerror}") from error
    except ValueError as error:  # a NUL in the name
        raise UsageError(f"{name!r} is no file name") from error
    if len(content) > _LARGEST_INPUT:
        raise UsageError(f"{name} is larger than 64 MiB")
    return content
