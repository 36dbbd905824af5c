"""Cursor: `preToolUse` for edits, `beforeShellExecution` for commands.

The first has `tool_name` (Write, Edit, StrReplace, Delete, ...) and `tool_input` with a path, the second `command` and
`cwd`; both have `workspace_roots`. The output is `permission` (allow, deny, and for shell commands ask) with
`user_message` and `agent_message`. An answer that is no JSON blocks, so there always is one. Source:
cursor.com/docs/agent/hooks.
"""

from __future__ import annotations

from typing import Any

from gate.cli.agents.protocol import AgentAction, AgentAnswer, Edit, encoded, pieces, table, text

PLACE = ".cursor/hooks.json"
SETTINGS = """\
{
  "version": 1,
  "hooks": {
    "preToolUse": [{"command": "git-gate agent-hook --agent cursor", "matcher": "Write|Edit|StrReplace|Delete"}],
    "beforeShellExecution": [{"command": "git-gate agent-hook --agent cursor"}]
  }
}
"""
_EDITS = ("Write", "Edit", "MultiEdit", "StrReplace", "Delete")


def read(message: dict[str, Any]) -> AgentAction:
    """Return the action that the message describes.

    Raises:
        Malformed: the message has another shape.
    """
    event = text(message, "hook_event_name")
    folder = text(message, "cwd") or _root(message)
    if event == "beforeShellExecution":
        return AgentAction(folder, command=text(message, "command"), event=event)
    if event == "preToolUse" and text(message, "tool_name") in _EDITS:
        tool_input = table(message, "tool_input")
        return AgentAction(
            folder, edits=(Edit(text(tool_input, "file_path", "path"), pieces(tool_input)),), event=event
        )
    return AgentAction(folder, event=event)


def _root(message: dict[str, Any]) -> str:
    roots = message.get("workspace_roots")
    return next((root for root in roots if isinstance(root, str)), ".") if isinstance(roots, list) else "."


def write(answer: AgentAnswer, action: AgentAction) -> str:  # noqa: ARG001 (the interface of every tool)
    """The answer in its words."""
    reply: dict[str, str] = {"permission": answer.decision}
    if answer.reasons:
        reply |= {"user_message": answer.text, "agent_message": answer.text}
    return encoded(reply)
