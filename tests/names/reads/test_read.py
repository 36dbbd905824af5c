"""What the kinds of reads share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from names.literal import binding, changes, definition, of_uses

from gate.names.reads.read import WEIGHT, function_at, is_about, is_moved, is_named_after

if TYPE_CHECKING:
    from gate.model.source import Definition

OUTER = definition("outer", line=3, end_line=20)
INNER = definition("outer.inner", line=5, end_line=8)
CLASS = definition("C", "class", line=30, end_line=50)
METHOD = definition("C.f", line=35, end_line=40)
KEY = definition("K[].a", "key", line=4, end_line=4)
LAST = definition("LIMIT", "variable", line=60)


@pytest.mark.parametrize(
    ("line", "function"),
    [
        (3, OUTER), (4, OUTER), (20, OUTER), (5, INNER), (8, INNER), (9, OUTER), (35, METHOD), (40, METHOD),
        (1, OUTER), (33, METHOD), (25, None), (45, None), (60, None), (61, None),
    ],
)  # fmt: skip
def test_the_function_around_a_line_or_below_its_decorators(line: int, function: Definition | None) -> None:
    assert function_at(of_uses(LAST, METHOD, CLASS, KEY, INNER, OUTER), line) == function


def test_a_file_without_definitions_has_no_function() -> None:
    assert function_at(of_uses(), 1) is None


def test_a_function_that_a_side_only_moved() -> None:
    function = definition("f", digest="1")
    assert is_moved(changes("a", removed_functions={("f", "1")}), function)
    assert not is_moved(changes("a", removed_functions={("f", "2"), ("g", "1")}), function)
    assert not is_moved(changes("a", removed_functions={("f", "1")}), None)


@pytest.mark.parametrize(
    ("test", "name", "named"),
    [
        ("test_load_all", "m.load", True),
        ("TestStore.test_send", "Store.send", True),
        ("test_loadAll", "load_all", True),
        ("test_private", "_private_", True),
        ("test_get", "get", False),
        ("test_gets", "gets", True),
        ("test_save", "load", False),
    ],
)
def test_a_test_is_named_after_what_it_tests(test: str, name: str, named: bool) -> None:
    assert is_named_after(test, name) is named


@pytest.mark.parametrize(
    ("test", "path", "about"),
    [
        ("tests/test_store.py", "pkg/store.py", True),
        ("tests/test_store_more.py", "pkg/store.py", True),
        ("tests/store_test.py", "pkg/store.py", True),
        ("tests/test_stores.py", "pkg/store.py", False),
        ("store/test_x.py", "pkg/store.py", False),
        ("tests/__init__.py", "pkg/__init__.py", False),
        ("tests/test_x.py", "pkg/test.py", False),
    ],
)
def test_a_test_file_is_named_after_the_file_it_is_about(test: str, path: str, about: bool) -> None:
    assert is_about(of_uses(), test, path) is about
    assert is_about(of_uses(), test, path, imports=False) is about


@pytest.mark.parametrize(
    ("module", "name", "about"),
    [
        ("pkg", "store", True),
        ("pkg.store", "x", True),
        ("store", "x", True),
        ("pkg.stores", "x", False),
        ("store.pkg", "x", False),
    ],
)
def test_a_test_file_may_import_the_file_it_is_about(module: str, name: str, about: bool) -> None:
    facts = of_uses(binding(module, name))
    assert is_about(facts, "tests/test_x.py", "pkg/store.py") is about
    assert not is_about(facts, "tests/test_x.py", "pkg/store.py", imports=False)


def test_what_says_most_comes_first() -> None:
    assert [*WEIGHT] == ["text", "signature", "definition", "fields", "body", "value"]
    assert [*WEIGHT.values()] == [0, 1, 2, 3, 4, 5]
