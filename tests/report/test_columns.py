"""Wrapping and aligning."""

from __future__ import annotations

from gate.report.columns import Paint, cells, cut, table, wrap


def test_cells_counts_columns_not_characters() -> None:
    assert cells("abc") == 3
    assert cells("\u65e5\u672c") == 4
    assert cells("e\u0301") == 1


def test_wrap_keeps_a_long_word_whole() -> None:
    assert wrap("see backend/app/services/audit_service.py there", 12) == [
        "see",
        "backend/app/services/audit_service.py",
        "there",
    ]


def test_wrap_keeps_the_blanks_of_a_name() -> None:
    assert wrap("see a  b.py", 80) == ["see a  b.py"]


def test_cut_says_that_it_cut() -> None:
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abc..."
    assert cut("\u65e5\u672c\u8a9e\u65e5", 6) == "\u65e5..."


def test_a_table_aligns_and_wraps_its_last_column() -> None:
    rows = [("a", "bb", "some words here that are long"), ("aaa", "b", "")]
    assert list(table(rows, 32)) == [
        "  a    bb  some words here that",
        "           are long",
        "  aaa  b",
    ]


def test_a_cell_too_long_for_its_column_has_a_line_of_its_own() -> None:
    long = "agent/a-name-that-is-longer-than-the-column"
    assert list(table([(long, "clean"), ("agent/b", "clean")], 80)) == [
        f"  {long}",
        " " * 34 + "clean",
        "  agent/b" + " " * 25 + "clean",
    ]


def test_paint() -> None:
    assert Paint(False)("error", "error") == "error"
    assert Paint(True)("  error", "error") == "  \x1b[31;1merror\x1b[0m"
    assert Paint(True)("   ", "error") == "   "
