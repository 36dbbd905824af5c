"""Names of migrations that begin with a number."""

from __future__ import annotations

import re

NUMBERED = re.compile(r"(?P<number>\d{1,8})(?P<words>_.*|)", re.DOTALL)
"""A name that begins with a number, or is one."""


def leading_number(name: str) -> int | None:
    """Return the number at the start of a name; None where there is none."""
    match = NUMBERED.fullmatch(name)
    return int(match["number"]) if match else None
