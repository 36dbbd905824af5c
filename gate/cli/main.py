"""The command line: finds the command, and turns whatever goes wrong into two lines and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from gate import __version__
from gate.errors import Exit, GateError, PolicyError

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMANDS = {
    "check": "Judge branches: what breaks what, who must look, what lands when. Exits 1 when blocked.",
    "report": "The same analysis, in full, for reviewers.",
    "order": "The landing order and its batches only.",
    "pair": "How two branches go together, and why.",
    "owners": "Whose a path is, and the rule that decided.",
    "explain": "What a finding code means and what to do about it.",
    "codes": "Every finding code.",
    "init": "Write a policy from what the repository shows.",
    "doctor": "Verify that everything the gate needs is there.",
    "demo": "Build a sample repository and judge it.",
    "schema": "The JSON Schema of the report or the policy.",
}


class _Commands(click.Group):
    """Loads a command's module only when it is run; `--help` reads the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"gate.cli.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], _COMMANDS, n=1)
            raise GateError(
                f"there is no command {args[0]!r}",
                f"did you mean {close[0]}?" if close else "see `git-gate --help`",
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 pass, 1 blocked, 2 usage or environment, 3 could not tell, 130 interrupted.",
)
@click.version_option(__version__, prog_name="git-gate")
def cli() -> None:
    """Which parallel branches break each other, who must look at them, and in what order they land.

    Everything is read from git and proved by really merging, in memory. The repository stays as it is.
    """


def main() -> NoReturn:
    """Run the command line and exit."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _terminated)
    sys.exit(_run(sys.argv[1:]))


def _terminated(number: int, frame: object) -> NoReturn:  # noqa: ARG001
    raise SystemExit(128 + number)


def _run(arguments: Sequence[str]) -> int:
    """The exit code of one command line; with `--debug` a traceback instead of two lines."""
    try:
        code = cli.main(args=list(arguments), prog_name="git-gate", standalone_mode=False)
        return code if isinstance(code, int) else Exit.PASS
    except click.exceptions.Exit as left:
        return left.exit_code
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted")
        return Exit.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.PASS
    except click.ClickException as error:
        where = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "git-gate"
        _complain(error.format_message(), f"see `{where} --help`")
        return Exit.USAGE
    except GateError as error:
        if "--debug" in arguments:
            raise
        _explain(error)
        return error.exit
    except Exception as error:
        if "--debug" in arguments:
            raise
        _complain(
            f"internal error: {type(error).__name__}: {error}",
            "run it again with --debug and report what it prints",
        )
        return Exit.UNKNOWN


def _explain(error: GateError) -> None:
    if isinstance(error, PolicyError):
        for mistake in error.mistakes:
            click.echo(_plain(mistake), err=True)
    _complain(error.message, error.hint)


def _complain(message: str, hint: str | None = None) -> None:
    click.echo(f"error: {_plain(message)}", err=True)
    if hint:
        click.echo(f"hint: {_plain(hint)}", err=True)


def _plain(text: str) -> str:
    """One line without control characters: errors quote names that a branch chose."""
    from gate.report.text import clean

    return clean(text)
