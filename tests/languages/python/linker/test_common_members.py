"""Names that values of many kinds have members of."""

from __future__ import annotations

import pytest

from gate.languages.python.linker.common_members import is_common


@pytest.mark.parametrize("name", ["run", "__call__", "größe", "append", "items", "dumps", "read_text"])
def test_names_that_say_nothing_of_the_repository(name: str) -> None:
    assert is_common(name)


@pytest.mark.parametrize("name", ["landed_state", "merge_base", "runs"])
def test_names_of_a_repository(name: str) -> None:
    assert not is_common(name)
