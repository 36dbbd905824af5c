"""`action.yml` gives the step what it asks for, and lets nothing of a pull request near a shell."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import gate
from gate.cli.action import command

ROOT = Path(gate.__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
README = (ROOT / "README.md").read_text("utf-8")
WORKFLOWS = [text for text in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if "# .github" in text]


def variables() -> dict[str, str]:
    """The step's variables, by the input each comes from."""
    given = STEPS[-1]["env"]
    return {re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", r"\1", value): name for name, value in given.items()}


def test_every_input_reaches_its_option() -> None:
    options = {
        one.name.replace("_", "-"): one.envvar
        for one in command.params
        if one.envvar and one.name != "results"
    }
    given = variables()
    assert given.pop("token") == "GATE_TOKEN"
    assert given == options
    assert set(ACTION["inputs"]) == {*given, "token", "python"}


def test_defaults_are_those_of_the_options() -> None:
    for one in command.params:
        name = str(one.name).replace("_", "-")
        if name in ACTION["inputs"]:
            assert ACTION["inputs"][name]["default"] == one.default, name


def test_every_output_is_one_the_step_gives() -> None:
    for name, output in ACTION["outputs"].items():
        assert output["value"] == f"${{{{ steps.gate.outputs.{name} }}}}"
    assert set(ACTION["outputs"]) == set(
        re.findall(r"`([\w-]+)`", README.split("Outputs:")[1].split(".\n")[0])
    )


def test_no_expression_reaches_a_shell() -> None:
    for step in STEPS:
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("text", [*WORKFLOWS, (ROOT / "action.yml").read_text("utf-8")])
def test_other_actions_are_pinned(text: str) -> None:
    used = re.findall(r"\buses: (\S+@\S+)", text)
    assert used
    assert all(re.search(r"@[0-9a-f]{40}$", one) for one in used if not one.startswith("git-gate/"))


@pytest.mark.parametrize("text", WORKFLOWS)
def test_the_workflows_shown_give_least_permissions(text: str) -> None:
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert "contents" not in {name for name, level in job["permissions"].items() if level == "write"}
        for step in job["steps"]:
            assert "${{ github.event" not in step.get("run", "")
