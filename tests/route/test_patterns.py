"""What is no pattern, and the meaning of patterns held against git."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from route.rules import PATHS, PATTERNS

from gate import route

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("/", "empty"),
        ("!a", "negation"),
        ("#a", "comment"),
        ("a ", "white space"),
        ("a/../b", r"`\.\.`"),
        ("./a", r"`\.`"),
        ("a//b", "empty segment"),
        ("a[b", "never closed"),
        ("a[z-b]", "set of characters"),
        ("a[[:alpha:]]", "set of characters"),
        ("a\\", "backslash"),
        ("a\0b", "NUL"),
    ],
)
def test_what_is_no_pattern_says_why(pattern: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        route.pattern_of(pattern)


def test_a_set_of_characters_never_matches_a_slash() -> None:
    assert not route.matches("a/b", ["a[!x]b"])
    assert route.matches("ayb", ["a[!x]b"])


def test_matches_takes_any_of_the_patterns() -> None:
    assert route.matches("docs/a/b", ["x", "docs/*"])
    assert not route.matches("docs/a/b", [])


# git counts bytes in `?` and in sets where the gate counts characters; in ASCII they are the same
ASCII_PATHS, ASCII_PATTERNS = PATHS.filter(str.isascii), PATTERNS.filter(str.isascii)


@pytest.fixture(scope="module")
def ignoring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ignoring")
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def ignored(folder: Path, pattern: str, paths: list[str]) -> set[str]:
    """What git's own gitignore says."""
    (folder / ".git/info/exclude").write_text(pattern + "\n", encoding="utf-8")
    asked = subprocess.run(
        ["git", "-C", str(folder), "check-ignore", "--no-index", "--stdin", "-z"],
        input="\0".join(paths).encode(),
        capture_output=True,
        check=False,
    )
    assert asked.returncode in (0, 1), asked.stderr
    return {path.decode() for path in asked.stdout.split(b"\0") if path}


@settings(deadline=None, max_examples=60)
@given(pattern=ASCII_PATTERNS, paths=st.lists(ASCII_PATHS, min_size=1, max_size=12, unique=True))
@example(pattern="a/*", paths=["a/b", "a/b/c"])
@example(pattern="a/**/b/", paths=["a/b/c", "a/x/y/b/c"])
@example(pattern="a/**/", paths=["a/b", "a/b/c"])
def test_a_pattern_means_what_git_says(ignoring: Path, pattern: str, paths: list[str]) -> None:
    compiled = route.pattern_of(pattern)
    expected = ignored(ignoring, pattern, paths)
    roots = {"/".join(compiled.segments)} if compiled.tree else set()
    for path in paths:
        if not any(route.pattern_of(f"/{root}", recursive=False).covers(path) for root in roots if root):
            assert compiled.covers(path) == (path in expected), path


SEGMENTS = st.text(st.characters(exclude_characters="\0/"), min_size=1, max_size=6).filter(
    lambda segment: segment not in (".", "..")
)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("a/b.py", "/a/b.py"),
        ("a*[b]?\\", "/a\\*\\[b]\\?\\\\"),
        ("a ", "/a\\ "),
        ("a b ", "/a b\\ "),
        ("a\t", "/a[\t]"),
        ("a\u00a0", "/a[\u00a0]"),
        ("a\n", "/a\n"),
    ],
)
def test_a_literal_pattern_escapes_what_means_more(path: str, pattern: str) -> None:
    assert route.literal(path) == pattern
    assert route.matches(path, [pattern])


@settings(deadline=None)
@given(segments=st.lists(SEGMENTS, min_size=1, max_size=3))
def test_a_literal_pattern_means_its_path_and_no_other(segments: list[str]) -> None:
    path = "/".join(segments)
    assert route.matches(path, [route.literal(path)])
    assert not route.matches(path + "x", [route.literal(path)])
    assert not route.matches("another/" + path, [route.literal(path)])
