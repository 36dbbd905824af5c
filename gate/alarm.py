"""A time limit for a block of code, by the alarm of the process, on the main thread."""

from __future__ import annotations

import contextlib
import signal
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextlib.contextmanager
def alarm(seconds: float, error: Callable[[], BaseException]) -> Iterator[None]:
    """Raise what `error` returns once the block has run for so many seconds. Signals are restored afterwards.

    Raises:
        ValueError: it is called on another than the main thread.
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
