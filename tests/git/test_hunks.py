"""Which lines stand against each other: held against git's own merge of the same three texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import git

from gate.git import hunks
from gate.model.git import ConflictHunk, Lines

if TYPE_CHECKING:
    from pathlib import Path

BASE = b"1\n2\n3\n4\n5\n"


def by_git(folder: Path, base: bytes, ours: bytes, theirs: bytes) -> list[tuple[str, str]]:
    """Both sides of each conflict, as `git merge-file` marks them."""
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        (folder / name).write_bytes(text)
    words = ("merge-file", "-p", "-q", "--marker-size=30", "ours", "base", "theirs")
    merged = git(folder, *words, check=False) + "\n"
    marked = re.compile(f"{'<' * 30}[^\\n]*\\n(.*?){'=' * 30}\\r?\\n(.*?){'>' * 30}", re.DOTALL)
    return marked.findall(merged)


def spans(text: bytes, lines: Lines) -> str:
    return b"".join(re.findall(rb"[^\n]*\n|[^\n]+", text)[lines.start - 1 : lines.end]).decode()


texts = st.lists(st.sampled_from([b"1\n", b"2\n", b"3\n", b"\n", b"a\r\n"]), max_size=8).map(b"".join)


@st.composite
def forks(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    """A text and two edits of it; the last line may lack its newline."""
    base = draw(texts)
    sides = []
    for _ in range(2):
        lines = base.splitlines(keepends=True)
        for _ in range(draw(st.integers(0, 3))):
            at = draw(st.integers(0, len(lines)))
            lines[at : at + draw(st.integers(0, 2))] = draw(
                st.lists(st.sampled_from([b"1\n", b"x\n", b"y\n"]), max_size=2)
            )
        text = b"".join(lines)
        sides.append(text.removesuffix(b"\n") if draw(st.integers(0, 5)) == 5 else text)
    return base, sides[0], sides[1]


@settings(max_examples=100)
@given(fork=forks())
def test_there_is_a_conflict_where_git_says_so(tmp_path: Path, fork: tuple[bytes, bytes, bytes]) -> None:
    base, ours, theirs = fork
    found = hunks.conflicting(base, ours, theirs)
    assert bool(found) == bool(by_git(tmp_path, base, ours, theirs))
    for hunk in found:
        assert spans(ours, hunk.ours) == hunk.ours_text
        assert spans(theirs, hunk.theirs) == hunk.theirs_text
        assert hunk.ours_text != hunk.theirs_text
    assert hunks.conflicting(base, theirs, ours) == tuple(
        ConflictHunk(one.theirs, one.ours, one.theirs_text, one.ours_text) for one in found
    )


@settings(max_examples=300)
@given(old=texts, new=texts)
def test_changed_lines_hold_all_that_is_new(old: bytes, new: bytes) -> None:
    lines = hunks.lines_of(new)
    kept = list(lines)
    for span in reversed(hunks.changed_lines(old, new)):
        assert 1 <= span.start <= len(lines) + 1
        assert span.start - 1 <= span.end <= len(lines)
        del kept[span.start - 1 : span.end]
    rest = iter(hunks.lines_of(old))
    assert all(line in rest for line in kept), "what is not told as changed stands in the old text, in order"


def hunk(ours: tuple[int, int, str], theirs: tuple[int, int, str]) -> ConflictHunk:
    return ConflictHunk(Lines(*ours[:2]), Lines(*theirs[:2]), ours[2], theirs[2])


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        (BASE, BASE.replace(b"3", b"a"), BASE.replace(b"3", b"b"), [hunk((3, 3, "a\n"), (3, 3, "b\n"))]),
        (BASE, BASE.replace(b"3", b"a"), BASE.replace(b"3", b"a"), []),
        (BASE, BASE.replace(b"1", b"a"), BASE.replace(b"5", b"b"), []),
        (BASE, BASE, BASE.replace(b"3", b"b"), []),
        # neighbouring lines: git does not merge them either
        (
            BASE,
            BASE.replace(b"2", b"a"),
            BASE.replace(b"3", b"b"),
            [hunk((2, 3, "a\n3\n"), (2, 3, "2\nb\n"))],
        ),
        # one side deletes what the other changes
        (
            BASE,
            BASE.replace(b"3\n", b""),
            BASE.replace(b"3", b"b"),
            [hunk((3, 2, ""), (3, 3, "b\n"))],
        ),
        # lines before it shift one side only
        (
            BASE,
            b"0\n0\n" + BASE.replace(b"4", b"a"),
            BASE.replace(b"4", b"b"),
            [hunk((6, 6, "a\n"), (4, 4, "b\n"))],
        ),
        (b"", b"a\n", b"b\n", [hunk((1, 1, "a\n"), (1, 1, "b\n"))]),
        (b"", b"a\n", b"", []),
        (b"a\n", b"", b"b\n", [hunk((1, 0, ""), (1, 1, "b\n"))]),
        (b"a", b"b", b"c", [hunk((1, 1, "b"), (1, 1, "c"))]),
        (b"a", b"a\n", b"a\nb", [hunk((2, 1, ""), (2, 2, "b"))]),
        (b"a\r\nb\r\n", b"a\r\nc\r\n", b"a\r\nd\r\n", [hunk((2, 2, "c\r\n"), (2, 2, "d\r\n"))]),
        # a lone carriage return ends no line
        (b"a\rb\n", b"a\rc\n", b"a\rd\n", [hunk((1, 1, "a\rc\n"), (1, 1, "a\rd\n"))]),
        (b"\xff\n", b"\xfe\n", b"\xfd\n", [hunk((1, 1, "\udcfe\n"), (1, 1, "\udcfd\n"))]),
        (b"a\0", b"b\0", b"c\0", []),
        # text that looks like a marker
        (
            b"=======\n",
            b"<<<<<<< ours\n",
            b">>>>>>> theirs\n",
            [hunk((1, 1, "<<<<<<< ours\n"), (1, 1, ">>>>>>> theirs\n"))],
        ),
    ],
)
def test_conflicting(base: bytes, ours: bytes, theirs: bytes, expected: list[ConflictHunk]) -> None:
    assert list(hunks.conflicting(base, ours, theirs)) == expected


def test_lines_both_sides_agree_on_are_no_part_of_a_conflict() -> None:
    ours, theirs = b"1\nsame\na\nend\n5\n", b"1\nsame\nb\nend\n5\n"
    assert hunks.conflicting(BASE, ours, theirs) == (hunk((3, 3, "a\n"), (3, 3, "b\n")),)


def test_files_too_large_or_binary_have_no_hunks() -> None:
    large = b"x" * (hunks.LARGEST + 1)
    assert hunks.conflicting(b"", b"a\n", large) == ()
    assert hunks.changed_lines(b"", large) == ()
    assert hunks.changed_lines(b"", b"a\0\n") == ()


def test_a_nul_beyond_what_git_looks_at_does_not_make_it_binary() -> None:
    filler = b"x" * 7999 + b"\n"
    assert hunks.is_text(filler + b"\0")
    assert not hunks.is_text(filler[:7999] + b"\0")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (BASE, BASE, []),
        (BASE, b"0\n" + BASE, [Lines(1, 1)]),
        (BASE, BASE.replace(b"2\n3\n", b""), [Lines(2, 1)]),
        (BASE, BASE.replace(b"5\n", b""), [Lines(5, 4)]),
        (BASE, BASE.replace(b"2", b"a").replace(b"4", b"b\nc"), [Lines(2, 2), Lines(4, 5)]),
        (b"", BASE, [Lines(1, 5)]),
        (BASE, b"", [Lines(1, 0)]),
        (b"a", b"a\n", [Lines(1, 1)]),
    ],
)
def test_changed_lines(old: bytes, new: bytes, expected: list[Lines]) -> None:
    assert list(hunks.changed_lines(old, new)) == expected


def test_lines_are_counted_as_git_counts_them() -> None:
    assert hunks.lines_of(b"a\r\nb\rc\x0cd\xc2\x85e\n\nf") == ["a\r\n", "b\rc\x0cd\x85e\n", "\n", "f"]
