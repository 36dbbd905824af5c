"""The section of `AGENTS.md` that tells coding agents of the gate, and the settings that make their tools ask it."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from gate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = "AGENTS.md"
_BEGIN, _END = "<!-- git-gate -->", "<!-- /git-gate -->"
_SECTION = """\
## Parallel work

Other branches are open beside yours. `git gate` says which of them yours collides with.

- Before you edit: `git gate owners PATH` says whose a file is. What is somebody's by exception, leave to them.
- Before you push: `git gate check BRANCH`. Exit 1 means that it collides: read the hints, and do not skip the hooks.
- To wait for another stream: `git gate order` says what lands when, `git gate pair A B` why two do not go together.
- Say whose work a commit is with a trailer: `Coordinator: NAME`.
"""


def with_section(text: str) -> str:
    """The text of `AGENTS.md` with the section in its place between its markers, or else at its end.

    Everything outside of the markers stays as it is.

    Raises:
        UsageError: a marker is missing or doubled.
    """
    section = f"{_BEGIN}\n{_SECTION}{_END}"
    counts = (text.count(_BEGIN), text.count(_END))
    if counts == (0, 0):
        gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{gap}{section}\n"
    match = re.search(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", text, re.DOTALL)
    if counts != (1, 1) or match is None:
        raise UsageError(
            f"{FILE} has {_BEGIN} {counts[0]} times and {_END} {counts[1]} times",
            "leave one pair, in this order",
        )
    return f"{text[: match.start()]}{section}{text[match.end() :]}"


def settings() -> Iterator[tuple[str, str]]:
    """Return, for each tool, the file of its hooks and the text to put there."""
    from gate.cli.agent_hook import AGENTS

    for agent in AGENTS:
        tool = import_module(f"gate.cli.agents.{agent}")
        yield tool.PLACE, tool.SETTINGS
