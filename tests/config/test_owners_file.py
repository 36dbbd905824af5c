"""Taking a CODEOWNERS file apart."""

from __future__ import annotations

import pytest

from gate.config.owners_file import Entry, is_gitlab, read


def test_comments_blank_lines_and_inline_comments_say_nothing() -> None:
    found = read("\ufeff# one\n\n  # two\n*.x @a # @b\n\\#c @d\n/e#f @g\r\n", gitlab=False)
    assert found.sections[0].entries == [
        Entry(4, "*.x", ("@a",)),
        Entry(5, "\\#c", ("@d",)),
        Entry(6, "/e#f", ("@g",)),
    ]
    assert found.warnings == ()


def test_an_escaped_space_stays_within_its_pattern() -> None:
    (section,) = read("/a\\ b/\\ c  @x\t@y", gitlab=True).sections
    assert section.entries == [Entry(1, "/a\\ b/\\ c", ("@x", "@y"))]


def test_owners_are_accounts_teams_roles_and_addresses_each_once() -> None:
    (section,) = read("* @a @org/team a@b.example @@owner @a", gitlab=True).sections
    assert section.entries[0].owners == ("@a", "@org/team", "a@b.example", "@@owner")


def test_default_owners_hold_until_the_next_section() -> None:
    text = "x @x\n[One] @one @two\na\nb @b\n[Two]\nc\n[one] @three\nd\n"
    sections = read(text, gitlab=True).sections
    assert [(one.name, [(entry.pattern, entry.owners) for entry in one.entries]) for one in sections] == [
        ("", [("x", ("@x",))]),
        ("One", [("a", ("@one", "@two")), ("b", ("@b",)), ("d", ("@three",))]),
        ("Two", [("c", ())]),
    ]


def test_a_pattern_that_begins_with_a_bracket_is_no_section() -> None:
    (section,) = read("[id]/page @x", gitlab=True).sections
    assert section.entries == [Entry(1, "[id]/page", ("@x",))]


@pytest.mark.parametrize(
    ("text", "gitlab"),
    [
        ("* @a", False),
        ("[S]\n* @a", True),
        ("^[S][2] @a", True),
        ("* @@owner", True),
        ("[id]/x @a", False),
        ("!x @a", False),
        ("", False),
    ],
)
def test_the_dialect_shows_in_sections_and_roles(text: str, gitlab: bool) -> None:
    assert is_gitlab(text) is gitlab
