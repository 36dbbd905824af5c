"""What changed between trees, for any number of them at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git

from gate.demo.repository_builder import Content, Executable, Submodule, SymbolicLink
from gate.git import changes
from gate.model.git import Change, ChangeKind

if TYPE_CHECKING:
    from support.forks import Open

    from gate.demo import repository_builder

TEXT = "".join(f"line {number}\n" for number in range(9))
EDITED = TEXT.replace("line 4", "edited")
ONE, TWO = (Submodule(digit * 40) for digit in "12")


def trees(repo: repository_builder.RepositoryBuilder, *states: dict[str, Content]) -> list[str]:
    """The tree of each state."""
    commits = [repo.commit("main", state, fresh=True) for state in states]
    repo.write()
    return git(repo.folder, "rev-parse", *(f"{commit}^{{tree}}" for commit in commits)).split()


def brief(change: Change) -> tuple[str, str, str | None, str, str]:
    return change.path, change.kind.value, change.old_path, change.old_mode, change.new_mode


FILE, RUN, LINK, SUBMODULE = "100644", "100755", "120000", "160000"
CASES: dict[str, tuple[dict[str, Content], dict[str, Content], list[tuple[object, ...]]]] = {
    "added": ({}, {"f": TEXT}, [("f", "added", None, "", FILE)]),
    "deleted": ({"f": TEXT}, {}, [("f", "deleted", None, FILE, "")]),
    "modified": ({"f": TEXT}, {"f": EDITED}, [("f", "modified", None, FILE, FILE)]),
    "renamed": ({"f": TEXT}, {"g": TEXT}, [("g", "renamed", "f", FILE, FILE)]),
    "renamed and edited": ({"f": TEXT}, {"g": Executable(EDITED)}, [("g", "renamed", "f", FILE, RUN)]),
    "copied": (
        {"f": TEXT},
        {"f": EDITED, "g": TEXT},
        [("f", "modified", None, FILE, FILE), ("g", "copied", "f", FILE, FILE)],
    ),
    "copied from a file that stays": ({"f": TEXT}, {"f": TEXT, "g": TEXT}, [("g", "added", None, "", FILE)]),
    "mode": ({"f": TEXT}, {"f": Executable(TEXT)}, [("f", "mode", None, FILE, RUN)]),
    "mode and content": ({"f": TEXT}, {"f": Executable(EDITED)}, [("f", "modified", None, FILE, RUN)]),
    "type": ({"f": "g"}, {"f": SymbolicLink("g")}, [("f", "type", None, FILE, LINK)]),
    "submodule": ({"f": ONE}, {"f": TWO}, [("f", "modified", None, SUBMODULE, SUBMODULE)]),
    "submodule for a file": ({"f": TEXT}, {"f": ONE}, [("f", "type", None, FILE, SUBMODULE)]),
    "directory for a file": (
        {"f": TEXT},
        {"f/g": "other"},
        [("f", "deleted", None, FILE, ""), ("f/g", "added", None, "", FILE)],
    ),
    "case only": ({"a": TEXT}, {"A": TEXT}, [("A", "renamed", "a", FILE, FILE)]),
}


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_every_kind_of_change(
    make_repo: MakeRepo,
    opened: Open,
    old: dict[str, Content],
    new: dict[str, Content],
    expected: list[tuple[object, ...]],
) -> None:
    repo = make_repo()
    before, after = trees(repo, old, new)
    (found,) = changes.between(opened(repo.folder), [(before, after)])
    assert [brief(change) for change in found] == expected


def test_blobs_are_named_in_full(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    before, after = trees(repo, {"f": TEXT, "gone": "1"}, {"f": EDITED, "new": "2"})
    (found,) = changes.between(opened(repo.folder), [(before, after)])
    names = [f"{before}:f", f"{after}:f", f"{before}:gone", f"{after}:new"]
    old, new, gone, added = git(repo.folder, "rev-parse", *names).split()
    assert [(one.old_blob, one.new_blob) for one in found] == [(old, new), (gone, ""), ("", added)]


def test_many_pairs_in_one_call_keep_their_order(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    one, two, three = trees(repo, {"f": "1"}, {"f": "2"}, {"g": "3"})
    asked = [(one, two), (two, two), (three, one), (one, two), (two, one)]
    found = changes.between(opened(repo.folder), asked)
    assert [[change.path for change in answer] for answer in found] == [["f"], [], ["f", "g"], ["f"], ["f"]]
    assert found[0] == found[3]
    assert found[0][0].old_blob == found[4][0].new_blob
    assert changes.between(opened(repo.folder), [(one, one)]) == [()]
    assert changes.between(opened(repo.folder), []) == []


def test_a_path_cannot_pose_as_something_else(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    one, two = trees(repo, {}, {"f": "2"})
    odd = [
        f"{one} {two}",
        f"{one} {two}\n",
        ":100644 100644 0 0 M",
        "a\nb",
        "a\tb",
        "\udcff",
        '"q"',
        "-x",
        "2" * 40,
    ]
    three, four = trees(
        repo, {path: f"{path} old\n" for path in odd}, {path: f"{path} new\n" for path in odd}
    )
    found = changes.between(opened(repo.folder), [(one, two), (three, four), (two, one)], renames=False)
    assert [[change.path for change in answer] for answer in found] == [["f"], sorted(odd), ["f"]]


def test_without_renames_they_are_deletions_and_additions(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    before, after = trees(repo, {"f": TEXT}, {"g": TEXT})
    (found,) = changes.between(opened(repo.folder), [(before, after)], renames=False)
    assert [(change.path, change.kind) for change in found] == [
        ("f", ChangeKind.DELETED),
        ("g", ChangeKind.ADDED),
    ]


def test_settings_of_the_user_change_nothing(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    old: dict[str, Content] = {"f": TEXT, "s": ONE, "Ü": "1\n"}
    before, after = trees(repo, old, {"g": TEXT, "s": TWO, "Ü": "2\n"})
    settings = {
        "diff.renames": "false",
        "diff.renameLimit": "1",
        "diff.ignoreSubmodules": "all",
        "diff.external": "false",
        "diff.noprefix": "true",
        "diff.orderFile": "/dev/null",
        "core.quotePath": "true",
        "core.abbrev": "4",
    }
    for name, value in settings.items():
        git(repo.folder, "config", name, value)
    (found,) = changes.between(opened(repo.folder), [(before, after)])
    assert [(change.path, change.kind.value) for change in found] == [
        ("g", "renamed"),
        ("s", "modified"),
        ("Ü", "modified"),
    ]


def test_of_commits(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    root = repo.commit("main", {"f": TEXT, "x": "1"})
    moved = repo.commit("main", {"x": None}, renames={"f": "g"})
    empty = repo.commit("main")
    side = repo.commit("side", {"s": "1"}, parents=[root])
    merged = repo.commit("main", {"s": "1"}, parents=["main", side])
    repo.write()
    found = changes.of_commits(opened(repo.folder), [root, moved, empty, merged, moved])
    assert {oid: [(one.path, one.kind.value) for one in listed] for oid, listed in found.items()} == {
        root: [("f", "added"), ("x", "added")],
        moved: [("f", "deleted"), ("g", "added"), ("x", "deleted")],
        empty: [],
        merged: [],
    }
    assert changes.of_commits(opened(repo.folder), []) == {}


def test_copies_of_files_that_stay_as_they_are(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    plain = trees(
        repo, {"secret": TEXT, "other": "o"}, {"secret": TEXT, "other": "o", "new": EDITED, "b": "1"}
    )
    before, after = plain
    repository = opened(repo.folder)
    asked = [(before, after), (before, before)]
    found = changes.copies(repository, asked, ["secret"], ["new", "b"])
    assert [[brief(change) for change in answer] for answer in found] == [
        [("new", "copied", "secret", FILE, FILE)],
        [],
    ]
    assert changes.copies(repository, asked, [], ["new"]) == [(), ()]
    assert changes.copies(repository, asked, ["other"], ["new"]) == [(), ()]


def test_paths_of_copies_are_no_patterns(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    before, after = trees(
        repo, {"*": TEXT, "a": EDITED}, {"*": TEXT, "a": EDITED, ":(top)x": TEXT, "y": TEXT}
    )
    (found,) = changes.copies(opened(repo.folder), [(before, after)], ["*"], [":(top)x"])
    assert [(change.old_path, change.path) for change in found] == [("*", ":(top)x")]


def test_paths_of_a_change() -> None:
    change = Change("new", ChangeKind.RENAMED, "old")
    assert change.paths == ("old", "new")
    assert replace(change, old_path=None).paths == ("new",)


def test_every_path_of_a_tree(make_repo: MakeRepo, opened: Open) -> None:
    repo = make_repo()
    (tree,) = trees(repo, {"b/c": "1", "a\nb": "2", "\udcff": "3", "s": ONE})
    listed = changes.tree_paths(opened(repo.folder), tree)
    assert [path for path, _ in listed] == ["a\nb", "b/c", "s", "\udcff"]
    assert dict(listed)["s"] == ONE.oid
    assert dict(listed)["b/c"] == git(repo.folder, "rev-parse", f"{tree}:b/c")
