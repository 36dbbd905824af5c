"""Which clashes of operations keep a repair from being offered."""

from __future__ import annotations

import pytest
from migrations.operations.acts import two

from gate.migrations.operations.clashes import clashes
from gate.migrations.operations.manual import by_hand

DROP = "ALTER TABLE book DROP COLUMN title;"
ALTER = "ALTER TABLE book ALTER COLUMN title TYPE text;"


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        pytest.param(DROP, ALTER, True, id="hard"),
        pytest.param(DROP.replace("COLUMN", "COLUMN IF EXISTS"), ALTER, True, id="hard, if at all"),
        pytest.param("DO $$ BEGIN ALTER TABLE book DROP x; END $$;", ALTER, True, id="unknown, on one table"),
        pytest.param(ALTER, ALTER.replace("text", "int"), False, id="order"),
        pytest.param(ALTER, ALTER, False, id="the same"),
        pytest.param(DROP, "UPDATE book SET title = 'x';", False, id="data"),
        pytest.param("\0", ALTER, False, id="unknown, on any table"),
    ],
)
def test_what_is_resolved_by_hand(first: str, second: str, *, refused: bool) -> None:
    pair = clashes(*two("goose", first, second))
    assert (by_hand("b", ["a"], pair) is not None, by_hand("a", ["b"], pair) is not None) == (
        refused,
        refused,
    )


def test_only_what_lands_before_counts() -> None:
    pair = clashes(*two("goose", DROP, ALTER))
    assert by_hand("b", [], pair) is by_hand("b", ["c"], pair) is by_hand("c", ["a", "b"], pair) is None


def test_it_shows_both() -> None:
    answer = by_hand("b", ["a"], clashes(*two("goose", DROP, ALTER)))
    assert answer is not None
    assert answer.reason == (
        "a drops the column `title` of `book`, b alters the column `title` of `book` (m/a1.py:1 and m/b1.py:1): "
        "resolve that by hand"
    )
    assert answer.excerpts == (("a: m/a1.py:1", DROP[:-1]), ("b: m/b1.py:1", ALTER[:-1]))
