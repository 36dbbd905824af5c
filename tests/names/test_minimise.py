"""The smallest set that still shows something, found by dropping one stream after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gate.names.minimise import smallest

if TYPE_CHECKING:
    from collections.abc import Sequence


@pytest.mark.parametrize(
    ("needed", "near", "expected"),
    [
        ("bd", "abcdef", "bd"),
        ("bd", "bd", "bd"),
        ("bd", "b", "bd"),
        ("bd", "", "bd"),
        ("f", "f", "f"),
        ("", "", ""),
    ],
)
def test_what_is_left_is_what_is_needed(needed: str, near: str, expected: str) -> None:
    def proof(names: Sequence[str]) -> str | None:
        return "".join(names) if set(needed) <= set(names) else None

    assert smallest("abcdef", near, proof) == (tuple(expected), expected)


def test_without_proof_there_is_no_set() -> None:
    assert smallest("abc", "b", lambda _: None) is None


def test_those_that_are_far_go_at_once() -> None:
    questions: list[str] = []

    def proof(names: Sequence[str]) -> bool | None:
        questions.append("".join(names))
        return True if {"a", "b"} <= set(names) else None

    assert smallest("abcdefghij", "abc", proof) == (("a", "b"), True)
    assert questions == ["abc", "bc", "ac", "ab"]
