"""`schema`: what it describes is what is written and read."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from cli.small import POLICY
from support import run_here

from gate.config import load, presets
from gate.config.schema import schema
from gate.errors import PolicyError

if TYPE_CHECKING:
    from pathlib import Path

# A table of each kind, with a key that no table has.
_TABLES = {
    "": "zzzzzz = 1\n",
    "coordinators": "[coordinators.A]\nzzzzzz = 1\n",
    "exceptions": "[[exceptions]]\nzzzzzz = 1\n",
    "domains": "[[domains]]\nzzzzzz = 1\n",
    "integration_points": "[[integration_points]]\nzzzzzz = 1\n",
    "waivers": "[[waivers]]\nzzzzzz = 1\n",
}


def _printed(what: str) -> dict[str, Any]:
    result = run_here("schema", what)
    assert (result.exit, result.err) == (0, "")
    found: dict[str, Any] = json.loads(result.out)
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def test_a_report_is_what_the_schema_says(repo: Path) -> None:
    report = json.loads(run_here("check", "-f", "json", cwd=repo).out)
    jsonschema.validate(report, _printed("report"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report | {"verdict": "maybe"}, _printed("report"))


@pytest.mark.parametrize("text", [POLICY, *map(presets.preset, presets.PRESETS)])
def test_a_policy_is_what_the_schema_says(text: str) -> None:
    jsonschema.validate(tomllib.loads(text), _printed("policy"))


def test_a_policy_that_init_wrote(without_policy: Path) -> None:
    text = run_here("init", "--output", "-", cwd=without_policy).out
    jsonschema.validate(tomllib.loads(text), schema())


@pytest.mark.parametrize("table", _TABLES)
def test_the_keys_are_those_the_loader_knows(table: str) -> None:
    part = schema()["properties"].get(table, schema())
    part = part.get("items", part.get("additionalProperties") if table == "coordinators" else part)
    assert set(part["properties"]) == _known(_TABLES[table])


def _known(text: str) -> set[str]:
    with pytest.raises(PolicyError) as caught:
        load(text.encode(), path="gate.toml", origin="file")
    listed = (re.search(r"zzzzzz: unknown key; known: (.*)", one) for one in caught.value.mistakes)
    (found,) = filter(None, listed)
    return set(found[1].split(", "))


@pytest.mark.parametrize(
    "text",
    [
        "version = 2\n",
        'mode = "strict"\n',
        "max_parallel = 0\n",
        'branches = "agent/*"\n',
        "branches = [1]\n",
        'branches = [""]\n',
        "nonsense = 1\n",
        "[coordinators.A]\nnonsense = 1\n",
        '[[domains]]\npaths = ["a"]\n',
        "[[domains]]\npaths = []\nunowned = true\n",
        '[[integration_points]]\nname = "x"\nkind = "y"\n',
        '[severity]\nG2 = "fatal"\n',
        '[severity]\ng2 = "error"\n',
        '[[waivers]]\ncheck = "G201"\n',
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(text: str) -> None:
    with pytest.raises(PolicyError):
        load(text.encode(), path="gate.toml", origin="file")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), schema())
