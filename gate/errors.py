"""Errors outside a verdict: each carries its message, a hint and its exit code."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command (the contract of the command line)."""

    PASS = 0
    BLOCKED = 1
    USAGE = 2
    UNKNOWN = 3
    INTERRUPTED = 130


class GateError(Exception):
    """An error that ends the run. It is shown as one `error:` line and, if it has a hint, one `hint:` line."""

    exit = Exit.USAGE

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(GateError):
    """The command cannot do what it is asked: the branch does not exist, an option is out of place."""


class EnvironmentFault(GateError):
    """The machine or the repository does not allow the work: no git, no repository, a full disk."""


class TooShallow(EnvironmentFault):
    """The clone ends before a stream left the target."""


class PolicyError(GateError):
    """The policy cannot be read. `mistakes` holds all of its mistakes, in the order of the file."""

    def __init__(self, path: str, mistakes: tuple[str, ...]) -> None:
        count = f"{len(mistakes)} mistake" + ("s" if len(mistakes) != 1 else "")
        super().__init__(
            f"{path} has {count}",
            "`git gate owners --lint --config FILE` reads a corrected copy before you commit it",
        )
        self.path = path
        self.mistakes = mistakes


class GitFailed(GateError):
    """git itself failed: neither a conflict nor a clean merge."""

    exit = Exit.UNKNOWN


class NoPatch(GateError):
    """No repair is possible; nothing was changed."""

    exit = Exit.UNKNOWN
