"""Components and orders, by networkx, which is loaded only where there is something to find."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import gate
from gate.graphs import strong_components, topological_order

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ([], {"a", "b", "c"}),
        ([("a", "b"), ("b", "c"), ("a", "c")], {"a", "b", "c"}),
        ([("a", "b"), ("b", "a"), ("b", "c")], {"ab", "c"}),
        ([("a", "a")], {"a", "b", "c"}),
        ([("a", "b"), ("b", "c"), ("c", "a")], {"abc"}),
    ],
)
def test_nodes_on_a_cycle_are_one_component(edges: list[tuple[str, str]], expected: set[str]) -> None:
    assert {"".join(sorted(component)) for component in strong_components("abc", edges)} == expected


@pytest.mark.parametrize(
    ("edges", "key", "expected"),
    [
        ([], None, "abc"),
        ([], "cab".index, "cab"),
        ([("c", "a")], None, "bca"),
        ([("c", "a")], "cab".index, "cab"),
        ([("c", "a")], "abc".index, "bca"),
        ([("a", "c"), ("c", "b")], "bca".index, "acb"),
    ],
)
def test_an_order_has_tails_first_and_then_the_smallest_key(
    edges: list[tuple[str, str]], key: Callable[[str], int] | None, expected: str
) -> None:
    assert "".join(topological_order("cba", edges, key)) == expected


@pytest.mark.parametrize(
    ("code", "loaded"),
    [
        ("strong_components('abc', [('a', 'b'), ('b', 'c')])", False),
        ("strong_components('abc', [('a', 'b'), ('b', 'a')])", True),
        ("topological_order('abc', [])", False),
        ("topological_order('abc', [('a', 'b')])", True),
    ],
)
def test_networkx_is_loaded_where_it_has_something_to_find(code: str, loaded: bool) -> None:
    program = f"import sys; from gate.graphs import *; {code}; sys.exit('networkx' in sys.modules)"
    root = Path(gate.__file__).parents[1]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == loaded


def test_nothing_else_imports_networkx() -> None:
    package = Path(gate.__file__).parent
    importers = {path.name for path in package.rglob("*.py") if "networkx" in path.read_text("utf-8")}
    assert importers == {"graphs.py"}
