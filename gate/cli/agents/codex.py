"""Codex: a `PreToolUse` hook.

The wire is Claude Code's, with two tools: `Bash`, and `apply_patch`, whose patch is `tool_input.command`. Of the
decisions it honours "deny" only; "ask" and "allow" are parsed and pass, so what would be asked is said in
`systemMessage`. Source: developers.openai.com/codex/hooks, "PreToolUse"; the patch's form: `apply_patch` in
github.com/openai/codex.
"""

from __future__ import annotations

import re
from typing import Any

from gate.cli.agents.protocol import AgentAction, AgentAnswer, Decision, Edit, encoded, table, text

PLACE = ".codex/hooks.json"
SETTINGS = """\
{
  "hooks": {
    "PreToolUse": [
      {
        "matcher": "Bash|apply_patch",
        "hooks": [{"type": "command", "command": "git-gate agent-hook --agent codex", "timeout": 60}]
      }
    ]
  }
}
"""
_FILE = re.compile(r"\*\*\* (?:Add|Update|Delete) File: (.+)")
_MOVED = re.compile(r"\*\*\* Move to: (.+)")


def read(message: dict[str, Any]) -> AgentAction:
    """Return the action that the message describes.

    Raises:
        Malformed: the message has another shape.
    """
    folder, tool = text(message, "cwd") or ".", text(message, "tool_name")
    if tool == "apply_patch":
        return AgentAction(folder, edits=tuple(_edits(text(table(message, "tool_input"), "command"))))
    if tool == "Bash":
        return AgentAction(folder, command=text(table(message, "tool_input"), "command"))
    return AgentAction(folder)


def _edits(patch: str) -> list[Edit]:
    """The files of a patch; each hunk's old lines are one piece of text."""
    edits: list[Edit] = []
    hunk: list[str] = []
    pieces: list[str] = []

    def end(*, of_file: bool) -> None:
        if hunk:
            pieces.append("\n".join(hunk))
            hunk.clear()
        if of_file and edits:
            edits[-1] = Edit(edits[-1].path, tuple(pieces))
            pieces.clear()

    for line in patch.splitlines():
        if match := _FILE.match(line):
            end(of_file=True)
            edits.append(Edit(match[1].strip()))
        elif match := _MOVED.match(line):
            edits.insert(0, Edit(match[1].strip()))
        elif line.startswith("@@"):
            end(of_file=False)
        elif line[:1] in (" ", "-") and edits:
            hunk.append(line[1:])
    end(of_file=True)
    return edits


def write(answer: AgentAnswer, action: AgentAction) -> str:  # noqa: ARG001 (the interface of every tool)
    """The answer in its words."""
    if not answer.reasons:
        return "{}\n"
    if answer.decision is not Decision.DENY:
        return encoded({"systemMessage": answer.text})
    reply = {
        "hookEventName": "PreToolUse",
        "permissionDecision": "deny",
        "permissionDecisionReason": answer.text,
    }
    return encoded({"hookSpecificOutput": reply})
