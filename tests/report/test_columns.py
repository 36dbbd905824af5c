"""Wrapping and aligning."""

from __future__ import annotations

import pytest

from gate.report.columns import Paint, cells, cut, fold, table, wrap


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
        " " * 44 + "clean",
        "  agent/b" + " " * 35 + "clean",
    ]


def test_a_cell_longer_than_the_line_is_folded() -> None:
    long = "agent/" + "very-long-" * 5 + "name"
    assert list(table([(long, "clean"), ("b", "x")], 40)) == [
        "  agent/very-long-very-long-very-long-",
        "  very-long-very-long-name",
        " " * 20 + "clean",
        "  b                 x",
    ]


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", ["x" * 300, "a/b_c-" * 60, "\u65e5\u672c" * 90, "a b " * 60])
def test_no_line_of_a_table_is_wider_than_the_terminal(width: int, name: str) -> None:
    rows = [("batch 1", name, "abcdef0123", f"clean, review: {name}"), ("", "agent/b", name, "")]
    lines = list(table(rows, width))
    assert max(map(cells, lines)) <= width
    assert "".join(name.split()) in "".join("".join(lines).split())


def test_fold_breaks_after_a_mark_if_it_can() -> None:
    assert fold("backend/app/services/audit", 12) == ["backend/app/", "services/", "audit"]
    assert fold("x" * 5, 2) == ["xx", "xx", "x"]
    assert fold("\u65e5\u672c\u8a9e", 4) == ["\u65e5\u672c", "\u8a9e"]
    assert fold("", 4) == [""]


def test_paint() -> None:
    assert Paint(False)("error", "error") == "error"
    assert Paint(True)("  error", "error") == "  \x1b[31;1merror\x1b[0m"
    assert Paint(True)("   ", "error") == "   "
