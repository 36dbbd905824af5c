"""Versions of numbered migrations: the next one of the same form. No clock is asked, so that the answer is the same."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_TIMES = {
    14: ("%Y%m%d%H%M%S", timedelta(seconds=1)),
    12: ("%Y%m%d%H%M", timedelta(minutes=1)),
    8: ("%Y%m%d", timedelta(days=1)),
}
"""Forms of a time by their number of digits, and the smallest step of each."""
_FIRST_YEAR = 1970
"""A time before it is a number with zeros in front."""


def following(version: str) -> str:
    """Return the smallest version above this one that is written as it is.

    `12` has 13 and `0012` 0013; a time stays one that is on the calendar and the clock (`20241231235959` has
    `20250101000000`); of one in parts the last counts (`1_2` has `1_3`), as it does of milliseconds since the epoch.
    """
    [last] = re.findall(r"\d+\Z", version)
    return version.removesuffix(last) + (_later(last) or f"{int(last) + 1:0{len(last)}}")


def _later(digits: str) -> str | None:
    """Return the next time, None for what is none."""
    form, step = _TIMES.get(len(digits), ("", timedelta()))
    if not form:
        return None
    try:
        time = datetime.strptime(digits, form)
        later = time + step
    except (ValueError, OverflowError):
        return None
    if time.year < _FIRST_YEAR or time.strftime(form) != digits:
        return None
    return later.strftime(form)
