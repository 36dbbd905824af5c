"""An end to what takes too long, wherever it is: the process' one alarm, on the main thread."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextlib.contextmanager
def alarm(seconds: float, error: Callable[[], BaseException]) -> Iterator[None]:
    """Within it, once so many seconds have passed, what `error` makes is raised. Signals are as before afterwards.

    Raises:
        ValueError: this is not the main thread.
    """

    def ring(*_: object) -> NoReturn:
        signal.setitimer(signal.ITIMER_REAL, 0)
        raise error()

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
