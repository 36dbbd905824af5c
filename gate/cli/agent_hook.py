"""`git gate agent-hook`: answers a coding agent before it edits, pushes or merges."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click
import msgspec

from gate.cli import options
from gate.cli.agents.protocol import AgentAction, AgentAnswer, Decision, Malformed
from gate.cli.events.timeout import TimedOut, limit
from gate.cli.writing import note, write
from gate.errors import Exit, GateError

if TYPE_CHECKING:
    from types import ModuleType

AGENTS = ("claude", "codex", "cursor", "gemini")
"""Each is a module in `gate.cli.agents`."""
_LARGEST = 32 << 20
_SECONDS = 30.0


@click.command("agent-hook")
@click.option("--agent", required=True, type=click.Choice(AGENTS), help="Whose protocol is spoken.")
@options.debug
def command(agent: str) -> int:
    """Answer a coding agent's question on standard input, in its own hook protocol.

    Before an edit: whose the file is, and whether another stream is in it. Before `git push` or `git merge`: the
    whole gate. Refused is only what is somebody's by exception, a serialized domain that is taken, and a push or
    merge that the gate blocks. Whatever goes wrong is said on standard error and blocks nothing.
    """
    tool = import_module(f"gate.cli.agents.{agent}")
    action, answer = AgentAction(), AgentAnswer()
    try:
        if os.environ.get("GATE_SKIP") != "1":
            action = _action(tool)
            with limit(_SECONDS):
                answer = _answer(action)
    except Malformed as error:
        note(f"git-gate: not understood, so let pass: {error}")
    except TimedOut:
        note(f"git-gate: let pass, as it took more than {_SECONDS:.0f} s")
    except GateError as error:
        note(f"git-gate: not decided, so let pass: {error.message}")
    except Exception as error:  # work must go on, and some tools take an answer that is none for a refusal
        note(f"git-gate: let pass, for an error of its own: {type(error).__name__}: {error}")
    write(tool.write(_fit(answer), action))
    return Exit.PASS


def _action(tool: ModuleType) -> AgentAction:
    """Return what the agent is about to do.

    Raises:
        Malformed: standard input does not say.
    """
    if sys.stdin is None or sys.stdin.isatty():
        raise Malformed("standard input is a terminal; the agent's tool writes its question there")
    try:
        message: Any = msgspec.json.decode(sys.stdin.buffer.read(_LARGEST))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Malformed(f"it is no JSON: {error}") from error
    if not isinstance(message, dict):
        raise Malformed("it is no JSON object")
    action: AgentAction = tool.read(message)
    if any("\0" in text for text in (action.folder, action.command, *(edit.path for edit in action.edits))):
        raise Malformed("it has a NUL character in a name")
    return action


def _answer(action: AgentAction) -> AgentAnswer:
    if action.edits:
        from gate.cli.agents import editing

        return editing.answer(action)
    if "push" in action.command or "merge" in action.command:
        from gate.cli.agents import command as shell

        return shell.answer(action)
    return AgentAnswer(Decision.ALLOW)


def _fit(answer: AgentAnswer) -> AgentAnswer:
    """The answer with everything in it fit to be shown: names in it are a branch's."""
    if not answer.reasons:
        return answer
    from gate.report.text import clean

    return AgentAnswer(answer.decision, tuple(map(clean, answer.reasons)))
