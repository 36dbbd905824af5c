"""Words of the small repository that `conftest.py` makes, and how a failed run must look."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support import Result

POLICY = """\
branches = ["agent/*"]
owner = "OPS"

[coordinators.ENGINE]
reviewers = ["@clinic/engine"]
streams = ["agent/engine/*"]

[coordinators.OPS]
streams = ["agent/ops/*"]

[[exceptions]]
paths = ["engine/rules.py"]
coordinator = "OPS"
reason = "the law"

[[domains]]
paths = ["engine/*"]
coordinator = "ENGINE"

[[domains]]
paths = ["/*", "docs/*"]
coordinator = "OPS"
"""
ONE, OTHER, FREE, STALE = "agent/engine/one", "agent/engine/other", "agent/ops/free", "agent/ops/stale"


def complaint(result: Result, exit: int = 2) -> tuple[str, str]:
    """The error and the hint of a failed run, which said nothing else; the hint may be missing."""
    assert (result.exit, result.out) == (exit, ""), result
    lines = result.err.splitlines()
    assert lines[0].startswith("error: "), result.err
    assert len(lines) <= 2, result.err
    hint = lines[1] if lines[1:] else "hint: "
    assert hint.startswith("hint: "), result.err
    return lines[0].removeprefix("error: "), hint.removeprefix("hint: ")
