"""`mcp`: the tools, asked by the official client over standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any

import pytest
from cli.small import FREE, ONE, OTHER, complaint
from support import CHECKOUT, git, run_here, snapshot

pytest.importorskip("mcp", reason="the extra mcp is not installed")

from mcp import ClientSession, StdioServerParameters, stdio_client

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("default")


def ask(folder: Path, question: Callable[[ClientSession], Awaitable[Any]]) -> Any:
    """What a client gets to hear of the server in this folder."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-P", "-m", "gate", "mcp"],
        cwd=folder,
        env=dict(os.environ) | {"PYTHONPATH": str(CHECKOUT)},
    )

    async def talk() -> Any:
        async with stdio_client(server) as (reads, writes), ClientSession(reads, writes) as session:
            await session.initialize()
            return await question(session)

    return asyncio.run(asyncio.wait_for(talk(), 60))


def call(folder: Path, tool: str, **given: Any) -> Any:
    result = ask(folder, lambda session: session.call_tool(tool, given))
    assert not result.is_error, result.content
    return result.structured_content


def test_its_tools_only_read(repo: Path) -> None:
    listed = ask(repo, lambda session: session.list_tools())
    assert [tool.name for tool in listed.tools] == [
        "gate_status",
        "gate_check_paths",
        "gate_order",
        "gate_explain",
    ]
    assert all(tool.annotations.read_only_hint for tool in listed.tools)
    assert all(tool.description for tool in listed.tools)


def test_status(repo: Path) -> None:
    before = snapshot(repo)
    found = call(repo, "gate_status")
    assert found["verdict"] == "block"
    assert {one["name"]: one["decision"] for one in found["streams"]}[FREE] == "land"
    assert "G201" in [one["code"] for one in found["findings"]]
    assert call(repo, "gate_status", branches=[FREE])["verdict"] == "pass"
    assert snapshot(repo) == before


def test_paths(repo: Path) -> None:
    git(repo, "checkout", "-q", ONE)
    shared, law, free = call(
        repo, "gate_check_paths", paths=["engine/a.py", "engine/rules.py", "engine/new.py"]
    )["paths"]
    assert (shared["owner"], shared["changed_by"], shared["advice"]) == ("ENGINE", [OTHER], "ask")
    assert (law["owner"], law["rule"]["kind"], law["advice"]) == ("OPS", "exception", "deny")
    assert (free["changed_by"], free["advice"], free["says"]) == ([], "allow", [])


def test_order(repo: Path) -> None:
    plan = call(repo, "gate_order")["plan"]
    assert set(plan) == {"order", "batches", "held", "critical_path", "handoffs"}
    assert FREE in plan["order"]


def test_explain(repo: Path) -> None:
    assert call(repo, "gate_explain", code="g201")["name"] == "file-collision"


def test_a_mistake_is_the_tools_own(repo: Path) -> None:
    result = ask(repo, lambda session: session.call_tool("gate_status", {"branches": ["no-such"]}))
    assert result.is_error
    assert "there is no branch or commit named no-such" in result.content[0].text


def test_without_the_package(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    monkeypatch.delitem(sys.modules, "gate.cli.mcp_server", raising=False)
    said, way_out = complaint(run_here("mcp", cwd=repo))
    assert said == "the package mcp is not installed"
    assert way_out == "pip install 'git-gate[mcp]'"
