"""The command line: finds the command, runs it, and exits."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from gate import __version__
from gate.cli import errors, options
from gate.errors import Exit, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "check": "Judge branches: what breaks what, who must look, what lands when. Exits 1 when blocked.",
    "report": "The same analysis, in full, for reviewers.",
    "order": "The landing order and its batches only.",
    "pair": "How two branches go together, and why.",
    "fix": "Repair what branches do to one another: `fix migrations BRANCH`, as a patch.",
    "owners": "Whose a path is, and the rule that decided.",
    "explain": "What a finding code means and what to do about it.",
    "codes": "Every finding code.",
    "init": "Write a policy from what the repository shows.",
    "hooks": "Install the gate's git hooks, take them out, say how things are.",
    "hook": "What a git hook runs.",
    "agent-hook": "Answer a coding agent before it edits, pushes or merges.",
    "mcp": "Serve the gate to coding agents over the Model Context Protocol.",
    "doctor": "Verify that everything the gate needs is there.",
    "demo": "Build a sample repository and judge it.",
    "schema": "The JSON Schema of the report or the policy.",
    "action": "What the GitHub Action runs: judges all open pull requests, and tells each.",
}
"""Each is `command` in its module; `--help` reads only this table."""


def module_of(command: str) -> str:
    """The module of a command."""
    return f"gate.cli.{command.replace('-', '_')}"


class _Commands(click.Group):
    """Loads a command's module only when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(module_of(cmd_name)).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            close = get_close_matches(args[0], COMMANDS, n=1)
            raise UsageError(
                f"there is no command {args[0]!r}",
                f"did you mean {close[0]}?" if close else "see `git-gate --help`",
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Exit codes: 0 pass, 1 blocked, 2 usage or environment mistake, 3 could not
tell, 130 interrupted. `git gate demo` shows all of it on a sample.""",
)
@click.version_option(__version__, prog_name="git-gate", message="%(prog)s %(version)s")
@options.folder
def cli() -> None:
    """Which parallel branches break each other, who must look at them, and in what order they land.

    Everything is read from git and proved by really merging, in memory. The repository stays as it is.
    """


def main() -> NoReturn:
    """Run the command line and exit."""
    with errors.stoppable():
        code = _run(sys.argv[1:])
    sys.exit(code)


def _run(arguments: Sequence[str]) -> int:
    """The exit code of one command line; with `--debug` a traceback instead of two lines."""
    try:
        code = cli.main(args=list(arguments), prog_name="git-gate", standalone_mode=False)
    except (errors.Stopped, click.ClickException) as wrong:
        return errors.explain(wrong, _command(arguments))
    except SystemExit:  # click's way to leave when nobody reads what it prints
        return Exit.PASS
    except Exception as wrong:
        if "--debug" in arguments:
            raise
        return errors.explain(wrong, _command(arguments))
    return code if isinstance(code, int) else Exit.PASS


def _command(arguments: Sequence[str]) -> str:
    """Return the command that was asked for, "" where the arguments name none."""
    return " ".join(("git-gate", *[word for word in arguments if word in COMMANDS][:1]))
