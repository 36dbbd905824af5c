"""Gemini CLI: a `BeforeTool` hook.

Its input has `cwd`, `tool_name` and `tool_input` (`file_path` of `write_file` and `replace`, `command` of
`run_shell_command`). Its output is `decision` (allow or deny) with `reason` for the agent, and `systemMessage` for the
person; there is no "ask", so what would be asked is said. Source: docs/hooks/reference.md in
github.com/google-gemini/gemini-cli.
"""

from __future__ import annotations

from typing import Any

from gate.cli.agents.protocol import AgentAction, AgentAnswer, Decision, Edit, encoded, pieces, table, text

PLACE = ".gemini/settings.json"
SETTINGS = """\
{
  "hooks": {
    "BeforeTool": [
      {
        "matcher": "write_file|replace|run_shell_command",
        "hooks": [{"type": "command", "command": "git-gate agent-hook --agent gemini", "timeout": 60000}]
      }
    ]
  }
}
"""


def read(message: dict[str, Any]) -> AgentAction:
    """Return the action that the message describes.

    Raises:
        Malformed: the message has another shape.
    """
    folder, tool = text(message, "cwd") or ".", text(message, "tool_name")
    if tool in ("write_file", "replace"):
        tool_input = table(message, "tool_input")
        return AgentAction(folder, edits=(Edit(text(tool_input, "file_path"), pieces(tool_input)),))
    if tool == "run_shell_command":
        tool_input = table(message, "tool_input")
        return AgentAction(
            text(tool_input, "dir_path", "directory") or folder, command=text(tool_input, "command")
        )
    return AgentAction(folder)


def write(answer: AgentAnswer, action: AgentAction) -> str:  # noqa: ARG001 (the interface of every tool)
    """The answer in its words."""
    if answer.decision is Decision.DENY:
        return encoded({"decision": "deny", "reason": answer.text})
    return encoded({"systemMessage": answer.text} if answer.reasons else {})
