"""Which pairs are worth a merge: every rule, by literals."""

from __future__ import annotations

import pytest

from gate.model.git import Change, ChangeKind
from gate.streams.candidates import Touched, candidates, directories, touched


def moves(*paths: str) -> Touched:
    """`+a` arrives, `-a` leaves, `a` changes."""
    arriving, leaving = ({path[1:] for path in paths if path[0] == sign} for sign in "+-")
    return Touched(frozenset(path.lstrip("+-") for path in paths), frozenset(arriving), frozenset(leaving))


def found(
    one: Touched, other: Touched, *, gone: tuple[str, ...] = (), related: bool = False
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The pair, if it is a candidate; `gone` are the directories that `one` leaves empty."""
    groups = [frozenset({"one", "other"})] if related else []
    return candidates({"other": other, "one": one}, groups, lambda name, path: name == "one" and path in gone)


NO_PATHS: dict[tuple[str, str], tuple[str, ...]] = {("one", "other"): ()}


def test_a_path_both_touch() -> None:
    assert found(moves("a", "c", "b"), moves("c", "a", "d")) == {("one", "other"): ("a", "c")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (moves("a"), moves("b")),
        (moves("lib/a"), moves("lib/b")),
        (moves("lib"), moves("library/a")),
        (moves("a.b"), moves("a/c")),
        (moves(), moves("a")),
        (moves("lib/a"), moves("+lib/b")),
        (moves("+lib/a"), moves("+lib/b")),
        (moves("-lib/a"), moves("lib/b")),
        (moves("-lib/a"), moves("-lib/b")),
    ],
)
def test_streams_that_keep_apart(one: Touched, other: Touched) -> None:
    assert found(one, other, gone=("lib",)) == {}
    assert found(other, one) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [(moves("lib"), moves("lib/a")), (moves("lib"), moves("lib/a/b/c")), (moves("a/b"), moves("a/b/c", "x"))],
)
def test_a_file_against_a_directory(one: Touched, other: Touched) -> None:
    assert found(one, other) == NO_PATHS
    assert found(other, one) == NO_PATHS


@pytest.mark.parametrize(
    ("leaves", "arrives", "gone"),
    [
        ("-lib/a", "+lib/b", "lib"),
        ("-lib/a", "+lib/x/y/b", "lib"),
        ("-lib/x/a", "+lib/b", "lib"),
        ("-lib/x/a", "+lib/x/b", "lib/x"),
    ],
)
def test_a_directory_one_empties_and_the_other_adds_to(leaves: str, arrives: str, gone: str) -> None:
    assert found(moves(leaves), moves(arrives), gone=(gone,)) == NO_PATHS
    assert found(moves(leaves), moves(arrives)) == {}, "not empty, not a candidate"


def test_streams_that_share_commits() -> None:
    assert found(moves("a"), moves("b"), related=True) == NO_PATHS


def test_a_group_is_all_its_pairs() -> None:
    streams = {name: moves(name) for name in "abcd"}
    assert list(candidates(streams, [frozenset("dab")], lambda *_: False)) == [
        ("a", "b"),
        ("a", "d"),
        ("b", "d"),
    ]


def test_pairs_are_sorted_whatever_the_order() -> None:
    streams = {name: moves("x", name) for name in ("c", "a", "b")}
    expected = {("a", "b"): ("x",), ("a", "c"): ("x",), ("b", "c"): ("x",)}
    assert list(candidates(streams, [], lambda *_: False).items()) == list(expected.items())
    backwards = dict(reversed(streams.items()))
    assert list(candidates(backwards, [], lambda *_: False).items()) == list(expected.items())


def test_the_tree_is_asked_only_about_directories_that_matter() -> None:
    asked: list[tuple[str, str]] = []

    def gone(name: str, directory: str) -> bool:
        asked.append((name, directory))
        return False

    streams = {"a": moves("-lib/a", "-other/b"), "b": moves("+lib/b"), "c": moves("-lib/c", "+new/d")}
    candidates(streams, [], gone)
    assert sorted(asked) == [("a", "lib"), ("c", "lib")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Change("a", ChangeKind.ADDED), moves("+a")),
        (Change("a", ChangeKind.MODIFIED), moves("a")),
        (Change("a", ChangeKind.DELETED), moves("-a")),
        (Change("b", ChangeKind.RENAMED, "a"), moves("+b", "-a")),
        (Change("b", ChangeKind.COPIED, "a"), moves("+b")),
        (Change("a", ChangeKind.MODE), moves("a")),
        (Change("a", ChangeKind.TYPE), moves("a")),
    ],
)
def test_what_a_change_touches(change: Change, expected: Touched) -> None:
    assert touched([change]) == expected


def test_directories() -> None:
    assert list(directories("a/b/c")) == ["a/b", "a"]
    assert list(directories("a")) == []
