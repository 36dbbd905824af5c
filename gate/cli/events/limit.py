"""An end to a hook that takes too long, wherever it is: everything is cleaned up on the way out."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator


class TimedOut(BaseException):
    """The time is up. No handler of `Exception` may swallow it."""


@contextlib.contextmanager
def limit(seconds: float) -> Iterator[None]:
    """Within it, `TimedOut` is raised once so many seconds have passed."""
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: object) -> NoReturn:  # noqa: ARG001 (what a handler takes)
    signal.setitimer(signal.ITIMER_REAL, 0)
    raise TimedOut
