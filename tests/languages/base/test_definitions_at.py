"""Which definitions hold which lines."""

from __future__ import annotations

import pytest

from gate.languages import registry
from gate.languages.base.definitions_at import ELSEWHERE, definitions_at
from gate.model.git import Lines

TEXT = b"""\
import os

LIMIT = 1


def free():
    return 1


class Box:
    size = 2

    def open(self):
        return 3

    def close(self):
        return 4
"""


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        (1, 1, {ELSEWHERE}),
        (3, 3, {"LIMIT"}),
        (7, 7, {"free"}),
        (7, 10, {"free", "Box"}),
        (14, 14, {"Box.open"}),
        (12, 12, {"Box"}),
        (14, 17, {"Box.open", "Box.close"}),
        (8, 7, {"free"}),
        (40, 50, {ELSEWHERE}),
    ],
)
def test_the_innermost_ones(first: int, last: int, names: set[str]) -> None:
    facts = registry.reader(".py").read(TEXT, ".py")
    assert definitions_at(facts, [Lines(first, last)]) == names


def test_no_lines_touch_nothing() -> None:
    assert definitions_at(registry.reader(".py").read(TEXT, ".py"), []) == set()
