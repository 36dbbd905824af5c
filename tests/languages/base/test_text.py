"""Texts that nobody wrote by hand are not read."""

from __future__ import annotations

import pytest

from gate.languages.base.text import has_endless_comments, unreadable

LONG = 20_000


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"x = 1\n", ""),
        (b"x\0", "it holds null bytes"),
        (b"a\n<<<<<<< ours\n", "it holds conflict markers"),
        (b">>>>>>> theirs\n", "it holds conflict markers"),
        (b"x <<<<<<< y\n", ""),
        (b"<<<<<<<\n", ""),
        (b"a" * LONG, ""),
        (b"a" * (LONG + 1), "it has lines of more than 20,000 characters"),
        (b"a\n" * LONG, ""),
    ],
)
def test_why_a_text_is_not_read(content: bytes, expected: str) -> None:
    assert unreadable(content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [(b"/* " * 40, False), (b"/* " * 41, True), (b"/* " * 41 + b"*/", False), (b"*/ " + b"/* " * 41, True)],
)
def test_comments_that_never_end(content: bytes, expected: bool) -> None:
    assert has_endless_comments(content) is expected
