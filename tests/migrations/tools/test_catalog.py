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
EVERY = pytest.mark.parametrize("tested", tools(), ids=lambda tested: tested.name)


def test_a_tool_is_a_file_or_folder() -> None:
    listing = {path.stem for path in HERE.iterdir() if not path.name.startswith("_")} - {"base"}
    assert {tested.name for tested in tools()} == listing


def test_their_order_is_the_same_whatever_file_is_found_first() -> None:
    ranks = [(not tested.reads_python, tested.model == "graph", tested.name) for tested in tools()]
    assert ranks == sorted(ranks)
    assert [tested.name for tested in python_tools()] == sorted(tested.name for tested in python_tools())


@EVERY
def test_the_tool_of_a_name(tested: Tool) -> None:
    assert tool(tested.name) is tested
    assert type(tested).__doc__


def test_a_tool_nobody_wrote() -> None:
    with pytest.raises(ModuleNotFoundError):
        tool("none")


@EVERY
def test_titles_are_for_people(tested: Tool) -> None:
    assert tested.title
    assert "_" not in tested.title


@EVERY
def test_kinds(tested: Tool) -> None:
    assert tested.model in ("graph", "ordered")
    assert isinstance(tested, PythonTool) == tested.reads_python == (tested in python_tools())
    assert tested.model == "ordered" or not isinstance(tested, OrderedTool)


NODE = Node("", Key("s", "0001_x"), "s/0001_x.py", "blob")


@EVERY
def test_what_a_tool_says_of_any_migration(tested: Tool) -> None:
    node = Node(tested.name, NODE.key, NODE.path, NODE.blob)
    store = Store(tested.name, "s", ("s",), tested.model)

    assert tested.database(node)[0] == tested.name
    assert tested.named_key("s", Mark("parent", "x", 1)).id == "x"
    assert "`0001_x`" in tested.follow(node, Key("s", "p"))
    assert isinstance(tested.immovable(node), str)
    assert tested.renamed_path(node, "0002_x").startswith("s/")
    assert tested.table_words("a_b") >= {"a_b"}
    assert tested.qualified_table("s", "t") == "t"
    assert all(path for path in (*tested.head_files(store), *tested.derived_files(store)))
    assert rewritten_files(store) == list(tested.derived_files(store))
    assert rewritten_files(store, ()) == []
    assert not tested.is_config("README.md")
    assert list(tested.homes({}, ())) == []
    assert tested.statements_path("s/0001_x.py", ()) == ""
    assert list(tested.companions("s/0001_x.py", "2", ())) == []
    assert not tested.needs_full_scan({})
    assert tested.model_home("tests/models.py", frozenset()) is None
    assert list(tested.repetitions(b"", "0001_x")) == []
    assert isinstance(tested.operations(b""), tuple)


@EVERY
def test_a_tool_without_something_says_why_there_is_no_repair(tested: Tool) -> None:
    """Whatever a tool lacks, a repair ends with a reason, never with a mistake of ours."""
    store = Store(tested.name, "s", ("s",), tested.model)
    for ask in (
        lambda: tested.merge(store, Key("s", "a"), Key("s", "b")),
        lambda: tested.version_of("x"),
        lambda: tested.free_name(NODE, ()),
        lambda: tested.head_line(Key("s", "a")),
    ):
        try:
            ask()
        except CannotRepair as error:
            assert str(error)  # noqa: PT017 - not every tool refuses


@EVERY
def test_patterns_of_classes_have_a_version_and_a_word(tested: Tool) -> None:
    if tested.class_pattern:
        pattern = re.compile(tested.class_pattern % b"7")
        assert set(pattern.groupindex) == {"word"}


def _modules() -> list[Path]:
    return [path for path in HERE.parents[1].rglob("*.py") if HERE not in path.parents]


def test_nobody_else_compares_a_tools_name() -> None:
    """Outside its own room a tool is asked, not recognised: its name stands in no code."""
    names = {tested.name for tested in tools()}
    uses = [
        f"{path.relative_to(HERE.parents[1])}:{node.lineno} {node.value}"
        for path in _modules()
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.Constant) and node.value in names
    ]
    assert uses == []
