"""What can go wrong outside a verdict: each error carries its message, the way out and the exit code."""

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
    """Something that ends the run. Shown as one `error:` line and, where there is a way out, one `hint:` line."""

    exit = Exit.USAGE

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(GateError):
    """The command was asked for something it cannot do: a branch that is not there, an option out of place."""


class EnvironmentFault(GateError):
    """The machine or the repository does not allow the work: no git, no repository, a full disk."""


class TooShallow(EnvironmentFault):
    """The clone ends before a stream left the target."""


class PolicyError(GateError):
    """The policy cannot be read. `mistakes` holds every one of them, in the order of the file."""

    def __init__(self, path: str, mistakes: tuple[str, ...]) -> None:
        count = f"{len(mistakes)} mistake" + ("s" if len(mistakes) != 1 else "")
        super().__init__(
            f"{path} has {count}",
            "`git gate owners --lint --config FILE` reads a corrected copy before you commit it",
        )
        self.path = path
        self.mistakes = mistakes


class GitFailed(GateError):
    """git itself failed; that is never a conflict and never clean."""

    exit = Exit.UNKNOWN


class NoPatch(GateError):
    """No repair can be offered; nothing was changed."""

    exit = Exit.UNKNOWN
