"""The end of a run that fails: signals, and errors as two lines and an exit code."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING, NoReturn

import click

from gate.errors import Exit, GateError, PolicyError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """A signal asked the program to end. No handler of `Exception` may swallow it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Within it, a signal that ends programs raises `Stopped`, so that everything is cleaned up on the way out.

    From then on further ones are ignored, to the end of the process: an impatient second Ctrl-C must leave nothing
    behind either. A signal that whoever started us had us ignore (`nohup`) stays ignored.
    """
    before = {number: signal.getsignal(number) for number in _SIGNALS}
    ours = [number for number, handler in before.items() if handler is not signal.SIG_IGN]
    for number in ours:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in ours:
            if signal.getsignal(number) is _stop:
                signal.signal(number, before[number])


def _stop(number: int, frame: object) -> NoReturn:  # noqa: ARG001 (what a handler takes)
    for every in _SIGNALS:
        signal.signal(every, signal.SIG_IGN)
    raise Stopped(number)


def explain(trouble: BaseException, command: str) -> int:
    """Say what went wrong, on standard error, and return the exit code. `command` is whose help to point to."""
    match trouble:
        case Stopped(number=number):
            _complain("interrupted" if number == signal.SIGINT else f"ended by {signal.Signals(number).name}")
            return 128 + number
        case click.exceptions.NoArgsIsHelpError():
            click.echo(trouble.format_message(), err=True)
            return Exit.USAGE
        case click.ClickException():
            _complain(_sentence(trouble), f"see `{command} --help`")
            return Exit.USAGE
        case GateError(message=message, hint=hint):
            for mistake in trouble.mistakes if isinstance(trouble, PolicyError) else ():
                click.echo(_plain(mistake), err=True)
            _complain(message, hint)
            return trouble.exit
        case OSError() if not _here():
            _complain("the current folder does not exist any more", "change into one that does")
            return Exit.USAGE
    _complain(
        f"internal error: {type(trouble).__name__}: {trouble}",
        "run it again with --debug and report what it prints",
    )
    return Exit.UNKNOWN


def _sentence(error: click.ClickException) -> str:
    """Click's message on one line, in the form of ours: no capital, no full stop."""
    text = " ".join(error.format_message().split()).removesuffix(".")
    return text[:1].lower() + text[1:]


def _here() -> bool:
    try:
        os.getcwd()  # noqa: PTH109 (the question is whether it fails)
    except OSError:
        return False
    return True


def _complain(message: str, hint: str | None = None) -> None:
    with contextlib.suppress(OSError):  # nobody reads: the exit code still says it
        click.echo(f"error: {_plain(message)}", err=True)
        if hint:
            click.echo(f"hint: {_plain(hint)}", err=True)


def _plain(text: str) -> str:
    """One line without control characters: errors quote names that a branch chose."""
    from gate.report.text import clean

    return clean(text)
