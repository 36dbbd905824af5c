"""What a definition became is told where one thing alone can be meant."""

from __future__ import annotations

import pytest

from gate.languages.base.changes import compare, successor_of
from gate.languages.python import reader

ONE = "class Old(Base):\n    def f(self):\n        return 1\n    def g(self):\n        return 2\n    x = 1\n"
OTHER = "class Other(Base):\n    def f(self):\n        return 3\n"


@pytest.mark.parametrize(
    ("before", "after", "name", "expected"),
    [
        (ONE, ONE.replace("Old", "Fresh"), "Old", "Fresh"),
        (ONE, OTHER + ONE.replace("Old", "Fresh"), "Old", "Fresh"),
        (ONE, OTHER + ONE.replace("Old", "Fresh").replace("x = 1", "y = 1"), "Old", "Fresh"),
        (ONE, ONE.replace("Old", "Fresh") + ONE.replace("Old", "Second"), "Old", ""),
        (ONE, OTHER.replace("Other", "Second") + OTHER, "Old", ""),
        (ONE, ONE.replace("Old(Base)", "Fresh(Another)"), "Old", ""),
        ("def f(x):\n    return x\n", "def g(x):\n    return x\n", "f", "g"),
        ("def load(x):\n    return x\n", "def load_all(x):\n    return [x]\n", "load", "load_all"),
        ("def load(x):\n    return x\n", "def save(x):\n    return [x]\n", "load", ""),
    ],
)
def test_what_a_definition_became(before: str, after: str, name: str, expected: str) -> None:
    changed = compare(reader.read(before.encode()), reader.read(after.encode()))

    now = successor_of(changed.removed[name], changed)

    assert (now.path if now is not None else "") == expected
