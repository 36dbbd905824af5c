"""The actions of coding agents, and the answers to them, in one form for all tools."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import msgspec


class Decision(StrEnum):
    """`ASK` leaves it to a person, where the tool has one."""

    ALLOW = "allow"
    ASK = "ask"
    DENY = "deny"

    @property
    def rank(self) -> int:
        """Greater is graver."""
        return list(Decision).index(self)


@dataclass(frozen=True, slots=True)
class Edit:
    """One file to be written. `olds` are the pieces of text to be replaced; empty when it is written as a whole."""

    path: str
    olds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AgentAction:
    """An action of a tool: files it is to edit, or a shell command; neither for anything else."""

    folder: str = "."
    edits: tuple[Edit, ...] = ()
    command: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True)
class AgentAnswer:
    """A decision with its reasons, a sentence each, the gravest first."""

    decision: Decision = Decision.ALLOW
    reasons: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The reasons as one text."""
        return (
            "\n".join(("git-gate:", *self.reasons))
            if len(self.reasons) > 1
            else f"git-gate: {''.join(self.reasons)}"
        )


class Malformed(Exception):
    """The tool's message is not what its documentation says."""


def text(values: Any, *keys: str) -> str:
    """The first of these keys that holds a text, "" when none does."""
    candidates = (values.get(key) for key in keys) if isinstance(values, dict) else ()
    return next((value for value in candidates if isinstance(value, str) and value), "")


def table(values: Any, key: str) -> dict[str, Any]:
    """The object under a key.

    Raises:
        Malformed: there is none.
    """
    value = values.get(key) if isinstance(values, dict) else None
    if not isinstance(value, dict):
        raise Malformed(f"it has no object {key!r}")
    return value


def pieces(values: dict[str, Any]) -> tuple[str, ...]:
    """The texts an edit replaces: `old_string`, or those of a list `edits`."""
    edits = values.get("edits")
    many = edits if isinstance(edits, list) else ()
    return tuple(filter(None, (text(values, "old_string"), *(text(edit, "old_string") for edit in many))))


def encoded(value: dict[str, Any]) -> str:
    """An answer as one line of JSON."""
    return msgspec.json.encode(value).decode() + "\n"
