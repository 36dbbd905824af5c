"""The commands to type next. They are shown, never run; every name in them is quoted for a POSIX shell.

What a stream is brought up to date with is the target: how streams land (merge, squash, rebase) is the team's own way.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from gate.model.words import series
from gate.report import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.model.report import FindingRecord, Report, StreamRecord
    from gate.report.outline import StreamAction

_HEADS = "refs/heads/"
_REMOTES = "refs/remotes/"
MOST = 8
"""Streams one list of commands is about."""


class Commands:
    """The commands for one report."""

    def __init__(self, report: Report) -> None:
        self._target = shlex.quote(report.target.ref.removeprefix(_HEADS).removeprefix(_REMOTES))
        self._streams: Mapping[str, StreamRecord] = {stream.name: stream for stream in report.streams}
        self._turns = {name: turn for turn, name in enumerate(report.plan.order)}

    def for_action(self, action: StreamAction) -> list[str]:
        """Return the commands for an action; none where no command does it."""
        match action.verb:
            case "repair":
                return self._up_to_date(action.subject)
            case "review":
                return [line for name in action.streams[:MOST] for line in self._difference(name)]
            case "land":
                return self._merged(action.streams)
        return []

    def for_finding(self, finding: FindingRecord) -> list[str]:
        """Return the commands that repair a finding, or show what there is to decide."""
        kinds = {constraint.kind for constraint in finding.constraints}
        if len(finding.branches) == 1 and finding.severity == "error":
            return self._up_to_date(finding.branches[0])
        if kinds & {"apart", "serial"} and len(finding.branches) > 1:
            return self._after(finding.branches)
        if "review" in kinds:
            paths = [location.path for location in finding.locations[:MOST]]
            return [line for name in finding.branches[:MOST] for line in self._difference(name, paths)]
        return []

    def for_pair(self, branches: Sequence[str]) -> str:
        """Return the command that shows everything about two streams."""
        if len(branches) != 2 or not all(name in self._streams for name in branches):
            return ""
        return f"git gate pair {' '.join(map(shlex.quote, branches))}"

    def _after(self, branches: Sequence[str]) -> list[str]:
        """The last of them to land is brought up to date once the others have landed."""
        *first, last = sorted(branches, key=lambda name: (self._turns.get(name, len(self._turns)), name))
        update = self._up_to_date(last)
        return [f"# once {series(first, MOST)} landed", *update] if update else []

    def _up_to_date(self, name: str) -> list[str]:
        switch = self._switch(name)
        return [switch, f"git merge {self._target}"] if switch else []

    def _switch(self, name: str) -> str:
        """Onto the branch; "" for what is no branch, such as a patch file."""
        ref = self._ref(name)
        if ref.startswith(_HEADS):
            return f"git switch {shlex.quote(ref.removeprefix(_HEADS))}"
        if ref.startswith(_REMOTES):  # git makes the local branch that follows it
            return f"git switch {shlex.quote(ref.removeprefix(_REMOTES).partition('/')[2])}"
        return ""

    def _difference(self, name: str, paths: Sequence[str] = ()) -> list[str]:
        if not self._ref(name).startswith((_HEADS, _REMOTES)):
            return []
        only = f" -- {' '.join(map(shlex.quote, dict.fromkeys(paths)))}" if paths else ""
        return [f"git diff {self._target}...{shlex.quote(self._short(name))}{only}"]

    def _merged(self, names: Sequence[str]) -> list[str]:
        refs = [name for name in names if self._ref(name).startswith((_HEADS, _REMOTES))]
        if not refs:
            return []
        left = f"# and {len(refs) - MOST:,} more" if len(refs) > MOST else ""
        merges = [f"git merge --no-ff {shlex.quote(self._short(name))}" for name in refs[:MOST]]
        return [f"git switch {self._target}", *merges, *filter(None, [left])]

    def _ref(self, name: str) -> str:
        return self._streams[name].ref if name in self._streams else ""

    def _short(self, name: str) -> str:
        return self._ref(name).removeprefix(_HEADS).removeprefix(_REMOTES)


def about(report: Report) -> str:
    """Return the text of what the commands leave to the reader."""
    return f"Commands assume that your branches are local and that {words.target(report)} is up to date."
