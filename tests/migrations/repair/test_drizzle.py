"""Drizzle's snapshots hold the whole schema: no patch, but what to run."""

from __future__ import annotations

import json

import pytest

from gate.migrations.repair import repair
from gate.migrations.repair.situation import Situation
from gate.migrations.tools import tool
from gate.model.migrations import Delta, File, Node, Store
from gate.model.repairs import NoRepair

STORE = Store("drizzle", "d", ("d",))


def snapshot(path: str, **values: object) -> Node:
    says = tool("drizzle").read(json.dumps(values).encode())
    assert says is not None
    [node] = tool("drizzle").nodes(STORE, [File(path, f"blob of {path}", says)])
    return node


@pytest.mark.parametrize(
    ("path", "parents", "command"),
    [
        ("d/meta/0001_snapshot.json", {"prevId": "a"}, "drop it with its SQL"),
        ("d/20240101000000_x/snapshot.json", {"prevIds": ["a"]}, "`drizzle-kit check` says"),
    ],
)
def test_what_to_run_is_said(path: str, parents: dict[str, object], command: str) -> None:
    ground, first = snapshot("d/meta/0000_snapshot.json", id="a"), snapshot(path, id="b", **parents)
    second = snapshot(path.replace("01_", "02_"), id="c", **parents)
    answer = repair(Situation([STORE], [ground], [Delta("one", (first,))], Delta("two", (second,)), {}))

    assert isinstance(answer, NoRepair)
    assert answer.reason.startswith(f"{second.path} holds the whole schema as it was")
    assert command in answer.reason
