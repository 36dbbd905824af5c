"""Claude Code: a `PreToolUse` hook.

Its input has `cwd`, `tool_name` and `tool_input` (`file_path` of Write, Edit and MultiEdit, `notebook_path` of
NotebookEdit, `command` of Bash). Its output is `hookSpecificOutput` with `permissionDecision` (allow, deny, ask) and
`permissionDecisionReason`. "allow" would skip the person's own permission rules, so to allow is to say nothing, or only
`additionalContext`. Source: code.claude.com/docs/en/hooks, "PreToolUse".
"""

from __future__ import annotations

from typing import Any

from gate.cli.agents.protocol import AgentAction, AgentAnswer, Decision, Edit, encoded, pieces, table, text

PLACE = ".claude/settings.json"
SETTINGS = """\
{
  "hooks": {
    "PreToolUse": [
      {
        "matcher": "Edit|MultiEdit|Write|NotebookEdit|Bash",
        "hooks": [{"type": "command", "command": "git-gate agent-hook --agent claude", "timeout": 60}]
      }
    ]
  }
}
"""
_EDITS = ("Edit", "MultiEdit", "Write", "NotebookEdit")


def read(message: dict[str, Any]) -> AgentAction:
    """Return the action that the message describes.

    Raises:
        Malformed: the message has another shape.
    """
    folder, tool = text(message, "cwd") or ".", text(message, "tool_name")
    if tool in _EDITS:
        tool_input = table(message, "tool_input")
        edit = Edit(text(tool_input, "file_path", "notebook_path"), pieces(tool_input))
        return AgentAction(folder, edits=(edit,))
    if tool == "Bash":
        return AgentAction(folder, command=text(table(message, "tool_input"), "command"))
    return AgentAction(folder)


def write(answer: AgentAnswer, action: AgentAction) -> str:  # noqa: ARG001 (the interface of every tool)
    """The answer in its words."""
    if not answer.reasons:
        return "{}\n"
    reply = {"hookEventName": "PreToolUse"}
    if answer.decision is Decision.ALLOW:
        reply |= {"additionalContext": answer.text}
    else:
        reply |= {"permissionDecision": answer.decision, "permissionDecisionReason": answer.text}
    return encoded({"hookSpecificOutput": reply})
