"""`git gate hook NAME`: what a git hook runs. It asks no network."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from gate.cli import options
from gate.cli.events.settings import read_settings
from gate.cli.events.timeout import TimedOut, limit
from gate.cli.writing import note
from gate.errors import Exit, GateError, UsageError

if TYPE_CHECKING:
    from gate.cli.events.settings import Settings

EVENTS = {
    "pre-push": "gate.cli.events.pre_push",
    "pre-merge-commit": "gate.cli.events.pre_merge_commit",
    "commit-msg": "gate.cli.events.commit_msg",
    "post-checkout": "gate.cli.events.post_checkout",
    "pre-receive": "gate.cli.events.pre_receive",
}
"""Each is `run(words)` in its module."""
_BLOCKING = ("pre-push", "pre-receive", "pre-merge-commit")


@click.command("hook", context_settings={"allow_interspersed_args": False})
@options.debug
@click.argument("name", metavar="HOOK")
@click.argument("words", metavar="[ARG]...", nargs=-1, type=click.UNPROCESSED)
def command(name: str, words: tuple[str, ...]) -> int:
    """Do the work of a git hook, with the arguments and the input that git gives it.

    \b
    GATE_SKIP=1, `git push --no-verify` and `git config gate.hook false` skip
    it.
    `git config gate.hookTimeout SECONDS` bounds it (30).

    \b
    Exits 0 when git may go on, 1 when something blocks, 2 when nothing could
    be decided, 3 when something that had to be checked could not be; in audit
    mode always 0.
    """
    if name not in EVENTS:
        raise UsageError(f"the gate has no hook {name!r}", f"hooks: {', '.join(EVENTS)}")
    settings = read_settings()
    if settings.skipped:
        note(f"git-gate: {name} skipped by {settings.skipped}")
        return Exit.PASS
    try:
        with limit(settings.timeout):
            code: int = import_module(EVENTS[name]).run(words)
            return code
    except TimedOut:
        note(f"git-gate: {name} took more than {settings.timeout:g} s and was ended; nothing was decided")
        return _lenient(name, settings, Exit.BLOCKED)
    except GateError as error:
        if _lenient(name, settings, error.exit) is not Exit.PASS:
            raise
        note(f"git-gate: {name} could not decide, and lets it pass: {error.message}")
        return Exit.PASS


def _lenient(name: str, settings: Settings, code: Exit) -> Exit:
    """The code, or 0 where nothing may fail: hooks that only tell, and audit mode."""
    if name not in _BLOCKING or _mode(settings) == "audit":
        return Exit.PASS
    note("git-gate: to go on anyway: GATE_SKIP=1, or a longer `git config gate.hookTimeout`")
    return code


def _mode(settings: Settings) -> str:
    """The mode, from the policy if need be; enforce where that cannot be read."""
    if settings.mode is not None:
        return settings.mode
    from gate.workspace import open_workspace

    try:
        with limit(settings.timeout), open_workspace() as workspace:
            return workspace.policy.mode
    except (GateError, TimedOut):
        return "enforce"
