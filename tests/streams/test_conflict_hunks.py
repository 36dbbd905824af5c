"""Both versions of what conflicts, as a finding will show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support.forks import Side, fork, merge

from gate.demo.repository_builder import Submodule, SymbolicLink
from gate.git import hunks
from gate.git.objects import Objects
from gate.git.repository import open_repository
from gate.model.git import Clean, Conflict, Conflicted, ConflictHunk, ConflictVersion, Lines
from gate.streams import conflict_hunks

if TYPE_CHECKING:
    from support import MakeRepo

    from gate.demo.repository_builder import Content, RepositoryBuilder
    from gate.model.git import Merge

TEXT = "".join(f"line {number}\n" for number in range(1, 9))


def shown(repo: RepositoryBuilder, base: dict[str, Content], ours: Side, theirs: Side) -> Merge:
    made = fork(repo, base, ours, theirs)
    with open_repository(str(made.folder)) as repository, Objects(repository) as objects:
        return conflict_hunks.with_hunks(objects, merge(repository, made))


def hunks_of(merged: Merge) -> list[ConflictHunk]:
    assert isinstance(merged, Conflicted)
    return [hunk for conflict in merged.conflicts for hunk in conflict.hunks]


def edited(line: int, word: str) -> Side:
    return Side({"f": TEXT.replace(f"line {line}\n", word)})


NOTHING = Lines(1, 0)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        (
            TEXT,
            edited(3, "a\n"),
            edited(3, "b\nc\n"),
            [ConflictHunk(Lines(3, 3), Lines(3, 4), "a\n", "b\nc\n")],
        ),
        ("", Side({"f": "a\n"}), Side({"f": "b\n"}), [ConflictHunk(Lines(1, 1), Lines(1, 1), "a\n", "b\n")]),
        (TEXT, edited(3, "a\n"), Side({"f": None}), [ConflictHunk(Lines(3, 3), NOTHING, "a\n", "")]),
        (TEXT, Side({"f": None}), edited(3, "a\n"), [ConflictHunk(NOTHING, Lines(3, 3), "", "a\n")]),
        (TEXT, Side({"f": b"\0a"}), Side({"f": b"\0b"}), []),
        (TEXT, Side({"f": SymbolicLink("a")}), edited(3, "a\n"), []),
        (TEXT, Side({"f": Submodule("1" * 40)}), edited(3, "a\n"), []),
        (TEXT, edited(3, "a" * hunks.LARGEST), edited(3, "b\n"), []),
    ],
    ids=[
        "content",
        "both new",
        "deleted by them",
        "deleted by us",
        "binary",
        "symlink",
        "submodule",
        "too large",
    ],
)
def test_the_lines_of_a_conflict(
    make_repo: MakeRepo, base: str, ours: Side, theirs: Side, expected: list[ConflictHunk]
) -> None:
    start: dict[str, Content] = {"f": base} if base else {"x": ""}
    assert hunks_of(shown(make_repo(), start, ours, theirs)) == expected


def test_a_renamed_file_is_compared_with_what_it_was(make_repo: MakeRepo) -> None:
    ours = Side({"g": TEXT.replace("line 5\n", "a\n")}, {"f": "g"})
    merged = shown(make_repo(), {"f": TEXT}, ours, edited(5, "b\n"))
    assert hunks_of(merged) == [ConflictHunk(Lines(5, 5), Lines(5, 5), "a\n", "b\n")]


def test_there_is_an_end_to_it(make_repo: MakeRepo) -> None:
    base, ours, theirs = (
        "".join(
            f"{word}{number}\nkeep\nkeep\nkeep\nkeep\n" for number in range(conflict_hunks.MOST_HUNKS + 5)
        )
        for word in ("base", "ours", "theirs")
    )
    merged = shown(make_repo(), {"f": base}, Side({"f": ours}), Side({"f": theirs}))
    assert len(hunks_of(merged)) == conflict_hunks.MOST_HUNKS


def test_a_clean_merge_is_left_as_it_is(make_repo: MakeRepo) -> None:
    assert isinstance(shown(make_repo(), {"f": TEXT}, edited(1, "a\n"), edited(8, "b\n")), Clean)


def test_a_missing_version_leaves_the_conflict_without_lines(make_repo: MakeRepo) -> None:
    repo = make_repo()
    repo.commit("main", {"f": "1\n"})
    repo.write()
    versions = tuple(ConflictVersion(stage, "100644", str(stage) * 40, "f") for stage in (1, 2, 3))
    merged = Conflicted("", ("f",), (Conflict("f", "content", versions=versions),))
    with open_repository(str(repo.folder)) as repository, Objects(repository) as objects:
        assert conflict_hunks.with_hunks(objects, merged) == merged
