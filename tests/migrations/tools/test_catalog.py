"""Every migration tool answers everything, and is found by its file alone."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gate.migrations import tools as folder
from gate.migrations.tools import python_tools, rewritten_files, tool, tools
from gate.migrations.tools.base.ordered import OrderedTool
from gate.migrations.tools.base.python_tool import PythonTool
from gate.model.migrations import Key, Mark, Node, Store
from gate.model.repairs import CannotRepair

if TYPE_CHECKING:
    from gate.migrations.tools.base.tool import Tool

HERE = Path(folder.__file__).parent
EVERY = pytest.mark.parametrize("known", tools(), ids=lambda known: known.name)


def test_a_tool_is_a_file_or_folder() -> None:
    listing = {path.stem for path in HERE.iterdir() if not path.name.startswith("_")} - {"base"}
    assert [known.name for known in tools()] == sorted(listing)


@EVERY
def test_the_tool_of_a_name(known: Tool) -> None:
    assert tool(known.name) is known
    assert type(known).__doc__


def test_a_tool_nobody_wrote() -> None:
    with pytest.raises(ModuleNotFoundError):
        tool("none")


@EVERY
def test_titles_are_for_people(known: Tool) -> None:
    assert known.title
    assert "_" not in known.title


@EVERY
def test_kinds(known: Tool) -> None:
    assert known.model in ("graph", "ordered")
    assert isinstance(known, PythonTool) == known.reads_python == (known in python_tools())
    assert known.model == "ordered" or not isinstance(known, OrderedTool)


NODE = Node("", Key("s", "0001_x"), "s/0001_x.py", "blob")


@EVERY
def test_what_a_tool_says_of_any_migration(known: Tool) -> None:
    node = Node(known.name, NODE.key, NODE.path, NODE.blob)
    store = Store(known.name, "s", ("s",), known.model)

    assert known.database(node)[0] == known.name
    assert known.named_key("s", Mark("parent", "x", 1)).id == "x"
    assert "`0001_x`" in known.follow(node, Key("s", "p"))
    assert isinstance(known.immovable(node), str)
    assert known.renamed_path(node, "0002_x").startswith("s/")
    assert known.table_words("a_b") >= {"a_b"}
    assert known.qualified_table("s", "t") == "t"
    assert all(path for path in (*known.head_files(store), *known.derived_files(store)))
    assert rewritten_files(store) == list(known.derived_files(store))
    assert rewritten_files(store, ()) == []
    assert not known.is_config("README.md")
    assert list(known.homes({}, ())) == []
    assert known.statements_path("s/0001_x.py", ()) == ""
    assert list(known.companions("s/0001_x.py", "2", ())) == []
    assert not known.needs_full_scan({})
    assert known.model_home("tests/models.py", frozenset()) is None
    assert list(known.repetitions(b"", "0001_x")) == []
    assert isinstance(known.operations(b""), tuple)


@EVERY
def test_a_tool_without_something_says_why_there_is_no_repair(known: Tool) -> None:
    """Whatever a tool lacks, a repair ends with a reason, never with a mistake of ours."""
    store = Store(known.name, "s", ("s",), known.model)
    for ask in (
        lambda: known.merge(store, Key("s", "a"), Key("s", "b")),
        lambda: known.version_of("x"),
        lambda: known.free_name(NODE, ()),
        lambda: known.head_line(Key("s", "a")),
    ):
        try:
            ask()
        except CannotRepair as error:
            assert str(error)  # noqa: PT017 - not every tool refuses


@EVERY
def test_patterns_of_classes_have_a_version_and_a_word(known: Tool) -> None:
    if known.class_pattern:
        pattern = re.compile(known.class_pattern % b"7")
        assert set(pattern.groupindex) == {"word"}


def _modules() -> list[Path]:
    return [path for path in HERE.parents[1].rglob("*.py") if HERE not in path.parents]


def test_nobody_else_compares_a_tools_name() -> None:
    """Outside its own room a tool is asked, not recognised: its name stands in no code."""
    names = {known.name for known in tools()}
    uses = [
        f"{path.relative_to(HERE.parents[1])}:{node.lineno} {node.value}"
        for path in _modules()
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and node.value in names
    ]
    assert uses == []
