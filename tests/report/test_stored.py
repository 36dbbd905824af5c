"""The JSON format: stable bytes, a published schema, and the way back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import jsonschema  # type: ignore[import-untyped]
import pytest

from gate.errors import GateError
from gate.report import render
from gate.report.stored import load, schema

if TYPE_CHECKING:
    from gate.model.report import Report

EMPTY = """\
{
  "schema": "git-gate/report/1",
  "tool": {
    "name": "git-gate",
    "version": "1.2.3"
  },
  "target": {
    "ref": "refs/heads/main",
    "commit": "ffffffffffffffffffffffffffffffffffffffff"
  },
  "policy": {
    "path": "gate.toml",
    "from": "target",
    "digest": "ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12",
    "mode": "enforce"
  },
  "coverage": {
    "streams": 0,
    "pairs": 0,
    "pairs_merged": 0,
    "not_checked": []
  },
  "streams": [],
  "findings": [],
  "pairs": [],
  "plan": {
    "order": [],
    "batches": [],
    "held": [],
    "critical_path": [],
    "handoffs": []
  },
  "rehearsal": {
    "tree": "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee",
    "steps": []
  },
  "verdict": "pass"
}
"""


def test_it_comes_back_as_the_same_report(report: Report) -> None:
    assert load(render(report, "json").encode()) == report


def test_it_is_indented_in_the_order_of_the_model(empty: Report) -> None:
    assert render(empty, "json") == EMPTY


def test_it_is_valid_by_its_schema(report: Report) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(json.loads(render(report, "json")), schema())


def test_the_schema_refuses_what_is_no_report(report: Report) -> None:
    document = json.loads(render(report, "json"))
    document["verdict"] = "perhaps"
    with pytest.raises(jsonschema.ValidationError) as caught:
        jsonschema.validate(document, schema())
    assert list(caught.value.path) == ["verdict"]


def test_the_schema_says_what_it_is() -> None:
    assert schema()["$id"] == "git-gate/report/1"
    assert {"title", "description"} <= schema().keys()


def test_fields_of_a_later_version_are_left_out(report: Report) -> None:
    document = json.loads(render(report, "json")) | {"weather": "fine"}
    assert load(json.dumps(document).encode()) == report


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b"null",
        b'{"schema": "git-gate/report/2"}',
        b'{"schema": "\\ud800"}',
        b'{"schema": "\\u001b[2J\\n"}',
        b"{" * 100_000,
        b'{"a":' + b"[" * 100_000,
    ],
)
def test_junk_is_refused_in_one_line(junk: bytes) -> None:
    with pytest.raises(GateError, match=r"^this is not a git-gate/report/1 report: .+$") as caught:
        load(junk)
    assert caught.value.message.isprintable()
    assert caught.value.hint


def test_no_line_is_a_command_to_a_build_server(report: Report) -> None:
    text = render(report, "json").replace("agent/tabu", "##[error]\\\\##[add-mask]")
    again = render(load(text.encode()), "json")
    assert "##[" not in again
    assert load(again.encode()) == load(text.encode())
