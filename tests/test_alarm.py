"""The end to what takes too long."""

from __future__ import annotations

import signal
from itertools import count

import pytest

from gate.alarm import alarm


def test_what_takes_too_long_ends_with_the_error() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TimeoutError, match="over"), alarm(0.01, lambda: TimeoutError("over")):
        for _ in count():
            pass
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_what_ends_in_time_is_left_alone() -> None:
    with alarm(600, TimeoutError):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
