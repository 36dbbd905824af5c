"""Where pytest finds a fixture."""

from __future__ import annotations

import pytest
from languages.python.linker.states import defined, imported, linker, module

from gate.languages.base.symbols import UNKNOWN, Bound
from gate.languages.python.linker.pytest_fixtures import find
from gate.model.source import FileFacts

FIXTURE = defined("make_repo", "function", fixture="repo")
PLAIN = defined("repo", "function")
TEST = "tests/cli/test_a.py"


@pytest.mark.parametrize("place", [TEST, "tests/cli/conftest.py", "tests/conftest.py", "conftest.py"])
def test_the_files_that_are_searched(place: str) -> None:
    names = linker({TEST: module(), place: module(FIXTURE)})

    assert find(names, TEST, "repo") == Bound(place, FIXTURE)
    assert names.dependencies == [(place, "make_repo")]


@pytest.mark.parametrize(
    "place", ["tests/cli/test_b.py", "tests/streams/conftest.py", "tests/cli/deep/conftest.py"]
)
def test_files_that_no_test_gets_fixtures_of(place: str) -> None:
    assert find(linker({TEST: module(), place: module(FIXTURE)}), TEST, "repo") is None


def test_the_nearest_file_comes_first() -> None:
    near = defined("own_repo", "function", fixture="repo")
    names = linker({TEST: module(), "tests/conftest.py": module(near), "conftest.py": module(FIXTURE)})

    assert find(names, TEST, "repo") == Bound("tests/conftest.py", near)


@pytest.mark.parametrize(
    "conftest",
    [
        FileFacts("partial"),
        module(PLAIN),
        module(imported("fixtures", "*")),
        module(imported("fixtures", "repo")),
        module(defined("pytest_plugins", "variable")),
    ],
)
def test_what_may_define_it_hides_what_lies_above(conftest: FileFacts) -> None:
    names = linker({TEST: module(), "tests/conftest.py": conftest, "conftest.py": module(FIXTURE)})

    assert find(names, TEST, "repo") == UNKNOWN
