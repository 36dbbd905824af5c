"""Text of others, made fit to be shown."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from gate.report.text import block, clean, shorten, valid, visible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("agent/plain", "agent/plain"),
        ("caf\u00e9 \u65e5\u672c \U0001f600", "caf\u00e9 \u65e5\u672c \U0001f600"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\nb\r\tc\0", r"a\nb\r\tc\x00"),
        ("\x9b31m", r"\x9b31m"),
        ("ab\u202edc", "ab<U+202E>dc"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("line\u2028separator", "line<U+2028>separator"),
        ("tag\U000e0041", "tag<U+E0041>"),
        (b"caf\xe9".decode("utf-8", "surrogateescape"), r"caf\xe9"),
        ("::error file=x::boo", r"\x3a:error file=x::boo"),
        ("std::move a::b", "std::move a::b"),
        ("x ##[error]y ##vso[task] ## [z]", r"x \x23#[error]y \x23#vso[task] ## [z]"),
    ],
)
def test_clean(text: str, expected: str) -> None:
    assert clean(text) == expected
    assert clean(expected) == expected


def test_nothing_unseen_is_left_of_all_of_unicode() -> None:
    seen = {"Cc": [], "Cf": [], "Zl": [], "Zp": [], "Cs": []}  # type: dict[str, list[str]]
    for point in range(sys.maxunicode + 1):
        one = chr(point)
        if unicodedata.category(one) in seen and one in visible(one):
            seen[unicodedata.category(one)].append(f"{point:04X}")
    numbers_and_shorthand = seen.pop("Cf")
    assert seen == {"Cc": [], "Zl": [], "Zp": [], "Cs": []}
    # Signs that are drawn (Arabic, Syriac, Kaithi) and the joiners of hieroglyphs.
    drawn = ("06", "07", "08", "110", "134")
    assert [
        point for point in numbers_and_shorthand if not point.lstrip("0").startswith(("6", *drawn, "7", "8"))
    ] == []


def test_a_long_text_keeps_its_ends_and_counts_the_rest() -> None:
    short = shorten("a" * 5000 + "b" * 5000, 100)
    assert len(short) <= 100
    assert short.startswith("aaa")
    assert short.endswith("bbb")
    kept = short.count("a") + short.count("b")
    assert f"[{10_000 - kept:,} more]" in short
    assert shorten(short, 100) == short


def test_a_block_keeps_lines_and_tabs() -> None:
    assert block("a\tb\n\x1b[2J\u202e\nend\n") == "a\tb\n\\x1b[2J<U+202E>\nend\n"


def test_a_block_shows_line_endings_that_differ() -> None:
    assert block("a\r\nb\r\n") == "a\\r\nb\\r\n"


def test_valid_leaves_valid_text_alone() -> None:
    assert valid("\u65e5\x1b") == "\u65e5\x1b"
