"""Files of a state, with changes laid over those of the target."""

from __future__ import annotations

import pytest

from gate.languages.base.packages import Folders, files_by_folder
from gate.languages.base.tree import Tree, folders

FILES = {"a/b/x.go": "1", "a/y.go": "2", "z.go": "3"}
CHANGES = {"a/b/x.go": "", "a/y.go": "4", "c/new.go": "5", "d/never.go": ""}


def test_changes_are_laid_over_the_files() -> None:
    tree = Tree(FILES, CHANGES)

    assert {path: tree.blob(path) for path in (*FILES, "c/new.go", "no.go")} == {
        "a/b/x.go": "",
        "a/y.go": "4",
        "z.go": "3",
        "c/new.go": "5",
        "no.go": "",
    }
    assert ["a/y.go" in tree, "a/b/x.go" in tree, "c/new.go" in tree] == [True, False, True]
    assert list(tree.paths()) == ["a/y.go", "z.go", "c/new.go"]
    assert list(tree.added()) == ["c/new.go"]
    assert set(tree.changed()) == CHANGES.keys()


@pytest.mark.parametrize(
    ("folder", "before", "after"),
    [
        ("", True, True),
        ("a", True, True),
        ("a/b", True, False),
        ("c", False, True),
        ("d", False, False),
        ("a/y.go", False, False),
    ],
)
def test_a_folder_exists_while_files_lie_below_it(folder: str, before: bool, after: bool) -> None:
    tree = Tree(FILES)

    assert tree.has_folder(folder) is before
    assert tree.with_changes(CHANGES).has_folder(folder) is after
    assert tree.with_changes({"a/b/x.go": ""}).with_changes({"a/b/x.go": "6"}).has_folder(folder) is before


def test_the_folders_of_a_path_from_the_nearest_on() -> None:
    assert list(folders("a/b/x.go")) == ["a/b", "a", ""]
    assert list(folders("z.go")) == [""]


def test_the_files_of_each_folder() -> None:
    tree = Tree(FILES | {"a/w.go": "7", "a/note.md": "8"})
    files = files_by_folder(tree, ".go")
    after = Folders(tree.with_changes(CHANGES | {"a/v.go": "9", "a/new.md": "9"}), files, ".go")

    assert files == {"a/b": ("a/b/x.go",), "a": ("a/w.go", "a/y.go"), "": ("z.go",)}
    assert after.files("a") == ["a/w.go", "a/y.go", "a/v.go"]
    assert after.files("a/b") == []
    assert after.files("c") == ["c/new.go"]
    assert after.files("nowhere") == []
    assert list(after.all()) == ["a/b", "a", "", "c"]
