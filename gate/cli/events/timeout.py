"""An end to a hook that takes too long, wherever it is: everything is cleaned up on the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.alarm import alarm

if TYPE_CHECKING:
    from contextlib import AbstractContextManager


class TimedOut(BaseException):
    """The time is up. No handler of `Exception` may swallow it."""


def limit(seconds: float) -> AbstractContextManager[None]:
    """Within it, `TimedOut` is raised once so many seconds have passed."""
    return alarm(seconds, TimedOut)
