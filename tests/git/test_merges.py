"""Merging for real: every kind of conflict git knows, and everything that must not be taken for one."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git
from support.forks import Fork, Open, Side, fork, merge

from gate.demo.repository_builder import Content, Executable, Submodule, SymbolicLink
from gate.git.merges import Merger
from gate.model.git import Clean, Conflicted, NotTried

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "".join(f"line {number}\n" for number in range(9))
OURS, THEIRS = TEXT.replace("line 4", "ours"), TEXT.replace("line 4", "theirs")
OTHER = "".join(f"other {number}\n" for number in range(9))
ONE, TWO, THREE = (Submodule(digit * 40) for digit in "123")


@dataclass(frozen=True)
class Case:
    """A fork, and what its merge comes to: (path, kind, further paths, stages) of each conflict."""

    name: str
    base: dict[str, Content]
    ours: Side
    theirs: Side
    conflicts: list[tuple[str, str, tuple[str, ...], tuple[int, ...]]]
    paths: tuple[str, ...] | None = None
    """The conflicted paths, where they are not those of the conflicts."""


def files(**named: Content) -> Side:
    return Side(dict(named))


CASES = [
    Case("content", {"f": TEXT}, files(f=OURS), files(f=THEIRS), [("f", "content", (), (1, 2, 3))]),
    Case(
        "content of a renamed file",
        {"f": TEXT},
        Side({"g": OURS}, {"f": "g"}),
        files(f=THEIRS),
        [("g", "content", (), (1, 2, 3))],
    ),
    Case(
        "links",
        {"f": SymbolicLink("a")},
        files(f=SymbolicLink("b")),
        files(f=SymbolicLink("c")),
        [("f", "content", (), (1, 2, 3))],
    ),
    Case("add/add", {"x": ""}, files(f="1\n"), files(f="2\n"), [("f", "add/add", (), (2, 3))]),
    Case("modify/delete", {"f": TEXT}, files(f=OURS), files(f=None), [("f", "modify/delete", (), (1, 2))]),
    Case("delete/modify", {"f": TEXT}, files(f=None), files(f=OURS), [("f", "modify/delete", (), (1, 3))]),
    Case(
        "rename/delete",
        {"f": TEXT},
        Side(renames={"f": "g"}),
        files(f=None),
        [("g", "rename/delete", ("f",), (1, 2))],
    ),
    Case(
        "rename/delete of a changed file",
        {"f": TEXT},
        Side({"g": OURS}, {"f": "g"}),
        files(f=None),
        [("g", "modify/delete", (), (1, 2)), ("g", "rename/delete", ("f",), (1, 2))],
    ),
    Case(
        "rename/rename, one to two",
        {"f": TEXT},
        Side(renames={"f": "g"}),
        Side(renames={"f": "h"}),
        [("f", "rename/rename", ("g", "h"), (1, 2, 3))],
        ("f", "g", "h"),
    ),
    Case(
        "rename/rename, two to one",  # git itself calls it add/add
        {"f": TEXT, "g": OTHER},
        Side(renames={"f": "h"}),
        Side(renames={"g": "h"}),
        [("h", "add/add", (), (2, 3))],
    ),
    Case(
        "rename/add",  # as well, as long as the renamed file merges
        {"f": TEXT},
        Side(renames={"f": "h"}),
        files(h="new\n"),
        [("h", "add/add", (), (2, 3))],
    ),
    Case(
        "rename/add where the renamed file conflicts too",
        {"f": TEXT},
        Side({"h": OURS}, {"f": "h"}),
        files(f=THEIRS, h="new\n"),
        [("h", "add/add", (), (2, 3)), ("h", "rename/add", ("f",), (2, 3))],
    ),
    Case(
        "file/directory",
        {"x": ""},
        files(lib="file\n"),
        Side({"lib/a": "1\n"}),
        [("lib", "file/directory", (), (2,))],
    ),
    Case(
        "file/directory of a changed file",
        {"lib": TEXT},
        files(lib=OURS),
        Side({"lib": None, "lib/a": "1\n"}),
        [("lib", "file/directory", (), (1, 2)), ("lib", "modify/delete", (), (1, 2))],
    ),
    Case("types", {"f": TEXT}, files(f=SymbolicLink("x")), files(f=OURS), [("f", "mode", (), (1, 2, 3))]),
    Case(
        "types, both new", {"x": ""}, files(f=SymbolicLink("x")), files(f="a\n"), [("f", "mode", (), (2, 3))]
    ),
    Case("a submodule and a file", {"f": TEXT}, files(f=ONE), files(f=OURS), [("f", "mode", (), (1, 2, 3))]),
    Case("executable", {"x": ""}, files(f=Executable("a\n")), files(f="a\n"), [("f", "mode", (), (2, 3))]),
    Case(
        "executable and content",
        {"x": ""},
        files(f=Executable("a\n")),
        files(f="b\n"),
        [("f", "add/add", (), (2, 3))],
    ),
    Case("binary", {"f": b"\0a"}, files(f=b"\0b"), files(f=b"\0c"), [("f", "binary", (), (1, 2, 3))]),
    Case("binary, both new", {"x": ""}, files(f=b"\0b"), files(f=b"\0c"), [("f", "binary", (), (2, 3))]),
    Case("submodule", {"f": ONE}, files(f=TWO), files(f=THREE), [("f", "submodule", (), (1, 2, 3))]),
    Case("submodule, both new", {"x": ""}, files(f=TWO), files(f=THREE), [("f", "submodule", (), (2, 3))]),
    Case("submodule/delete", {"f": ONE}, files(f=TWO), files(f=None), [("f", "modify/delete", (), (1, 2))]),
    Case(
        "two submodules and a text",
        {"f": ONE, "g": ONE, "t": TEXT},
        files(f=TWO, g=TWO, t=OURS),
        files(f=THREE, g=THREE, t=THEIRS),
        [
            ("f", "submodule", (), (1, 2, 3)),
            ("g", "submodule", (), (1, 2, 3)),
            ("t", "content", (), (1, 2, 3)),
        ],
    ),
    Case(
        "directory renamed under an addition",
        {"lib/a": TEXT, "lib/b": OTHER},
        Side(renames={"lib": "core"}),
        Side({"lib/new": "1\n"}),
        [("core/new", "directory-rename", ("lib/new",), (3,))],
    ),
    Case(
        "directory renamed, a file in the way",
        {"lib/a": TEXT, "lib/b": OTHER, "core/new": "0\n"},
        Side(renames={"lib/a": "core/a", "lib/b": "core/b"}),
        Side({"lib/new": "1\n"}),
        [("core/new", "directory-rename", ("lib/new",), ())],
        (),
    ),
    Case(
        "directory split",
        {"lib/a": TEXT, "lib/b": OTHER},
        Side(renames={"lib/a": "core/a", "lib/b": "base/b"}),
        Side({"lib/new": "1\n"}),
        [("lib", "directory-rename", (), ())],
        (),
    ),
    Case(
        "two directories renamed to one",
        {"lib/a": TEXT, "low/b": OTHER},
        Side(renames={"lib/a": "core/a", "low/b": "core/b"}),
        Side({"lib/new": "1\n", "low/new": "2\n"}),
        [("core/new", "directory-rename", ("lib/new", "low/new"), ())],
        (),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_conflict_is_told_by_path_kind_and_versions(make_repo: MakeRepo, opened: Open, case: Case) -> None:
    made = fork(make_repo(), case.base, case.ours, case.theirs)
    merged = merge(opened(made.folder), made)
    assert isinstance(merged, Conflicted)
    told = [
        (one.path, one.kind, one.others, tuple(version.stage for version in one.versions))
        for one in merged.conflicts
    ]
    assert told == case.conflicts
    expected = tuple(sorted({path for path, *_ in case.conflicts})) if case.paths is None else case.paths
    assert merged.paths == expected
    assert all(one.detail for one in merged.conflicts)


def test_versions_are_what_each_side_has(make_repo: MakeRepo, opened: Open) -> None:
    made = fork(make_repo(), {"f": TEXT}, Side({"g": Executable(OURS)}, {"f": "g"}), files(f=THEIRS))
    merged = merge(opened(made.folder), made)
    assert isinstance(merged, Conflicted)
    named = ("main:f", "ours:g", "theirs:f")
    blobs = git(made.folder, "rev-parse", *named).split()
    assert [(one.blob, one.mode, one.path) for one in merged.conflicts[0].versions] == [
        (blobs[0], "100644", "g"),
        (blobs[1], "100755", "g"),
        (blobs[2], "100644", "g"),
    ]


def test_a_file_that_only_looks_set_aside_keeps_its_name(make_repo: MakeRepo, opened: Open) -> None:
    path = f"f~{'1' * 40}"
    made = fork(make_repo(), {path: TEXT}, Side({path: OURS}), Side({path: THEIRS}))
    merged = merge(opened(made.folder), made)
    assert isinstance(merged, Conflicted)
    assert merged.paths == (path,)


@dataclass(frozen=True)
class Mergeable:
    """A fork whose sides go together, and the tree they make."""

    base: dict[str, Content]
    ours: Side
    theirs: Side
    tree: list[str] = field(default_factory=list)


CLEAN = {
    "different files": Mergeable({"a": "1", "b": "1"}, files(a="2"), files(b="2"), ["a", "b"]),
    "different lines": Mergeable(
        {"f": TEXT}, files(f=OURS), files(f=TEXT.replace("line 8", "theirs")), ["f"]
    ),
    "the same change": Mergeable({"f": TEXT}, files(f=OURS), files(f=OURS), ["f"]),
    "both deleted": Mergeable({"f": TEXT, "g": ""}, files(f=None), files(f=None), ["g"]),
    "rename and change": Mergeable({"f": TEXT}, Side(renames={"f": "g"}), files(f=THEIRS), ["g"]),
    "executable and change": Mergeable({"f": TEXT}, files(f=Executable(TEXT)), files(f=THEIRS), ["f"]),
    "the same submodule": Mergeable({"f": ONE}, files(f=TWO), files(f=TWO), ["f"]),
    "a directory renamed and a file in it changed": Mergeable(
        {"lib/a": TEXT, "lib/b": OTHER},
        Side(renames={"lib": "core"}),
        Side({"lib/a": OURS}),
        ["core/a", "core/b"],
    ),
}


@pytest.mark.parametrize("case", CLEAN.values(), ids=CLEAN)
def test_a_clean_merge_has_a_tree_and_a_commit(make_repo: MakeRepo, opened: Open, case: Mergeable) -> None:
    made = fork(make_repo(), case.base, case.ours, case.theirs)
    repository = opened(made.folder)
    merged = merge(repository, made)
    assert isinstance(merged, Clean)
    listed = repository.git("ls-tree", "-r", "--name-only", merged.tree).decode().split()
    assert listed == case.tree
    said = repository.git("show", "-s", "--format=%T %P", merged.commit).decode().split()
    assert said == [merged.tree, made.ours, made.theirs]


def test_the_synthetic_commit_gets_the_parents_asked_for(make_repo: MakeRepo, opened: Open) -> None:
    made = fork(make_repo(), {"a": "1"}, files(a="2"), files(b="2"))
    repository = opened(made.folder)
    with Merger(repository) as merger:
        merged = merger.merge(made.ours, made.theirs, parents=[made.base])
    assert isinstance(merged, Clean)
    assert repository.git("show", "-s", "--format=%P", merged.commit).decode().split() == [made.base]


def test_many_merges_in_one_process(make_repo: MakeRepo, opened: Open) -> None:
    made = fork(make_repo(), {"f": TEXT, "s": ONE}, files(f=OURS, s=TWO), files(f=THEIRS, s=THREE))
    with Merger(opened(made.folder)) as merger:
        for _ in range(3):
            conflicted = merger.merge(made.ours, made.theirs)
            assert isinstance(conflicted, Conflicted)
            assert conflicted.paths == ("f", "s")
            assert isinstance(merger.merge(made.ours, made.base), Clean)


def lose(folder: Path, name: str) -> None:
    """Delete an object of the repository."""
    oid = git(folder, "rev-parse", name)
    (folder / ".git" / "objects" / oid[:2] / oid[2:]).unlink()


def test_a_merge_git_cannot_do_is_not_tried_and_the_next_one_works(make_repo: MakeRepo, opened: Open) -> None:
    made = fork(make_repo(), {"f": TEXT, "g": ""}, files(f=OURS), files(f=THEIRS))
    lose(made.folder, "theirs:f")
    with Merger(opened(made.folder)) as merger:
        assert isinstance(merger.merge(made.base, made.ours), Clean)
        failed = merger.merge(made.ours, made.theirs)
        assert isinstance(failed, NotTried)
        assert "git merge-tree failed" in failed.reason
        assert isinstance(merger.merge(made.base, made.ours), Clean)


def test_a_missing_tree_or_commit_is_no_conflict(make_repo: MakeRepo, opened: Open) -> None:
    made = fork(make_repo(), {"lib/f": TEXT}, Side({"lib/f": OURS}), Side({"lib/f": THEIRS}))
    lose(made.folder, "theirs:lib")
    with Merger(opened(made.folder)) as merger:
        assert isinstance(merger.merge(made.ours, made.theirs), NotTried)
        assert isinstance(merger.merge(made.ours, "f" * 40), NotTried)
        assert isinstance(merger.merge(made.ours, made.base), Clean)


ODD_PATHS = [
    "a\nb",
    "a\tb",
    'a"b',
    "a'b",
    "a\\b",
    " a ",
    "\udcff\udcfe",
    "ü/ö",
    "-n",
    "--stdin",
    ":(glob)*",
    "0" * 40,
    "1 2 3",
    "CONFLICT (contents)",
    "a\r",
    "\x01\x1b[31m",
]


def test_odd_paths_come_back_as_they_are(make_repo: MakeRepo, opened: Open) -> None:
    base, ours, theirs = (dict.fromkeys(ODD_PATHS, text) for text in (TEXT, OURS, THEIRS))
    made = fork(make_repo(), {**base}, Side({**ours}), Side({**theirs}))
    merged = merge(opened(made.folder), made)
    assert isinstance(merged, Conflicted)
    assert merged.paths == tuple(sorted(ODD_PATHS))
    assert [one.path for one in merged.conflicts] == sorted(ODD_PATHS)
    assert {one.kind for one in merged.conflicts} == {"content"}


def test_odd_directories_come_back_as_they_are(make_repo: MakeRepo, opened: Open) -> None:
    odd = [path for path in ODD_PATHS if "/" not in path]
    base = {f"{path}/a": TEXT for path in odd}
    added = {f"{path}/new": f"{number}\n" for number, path in enumerate(odd)}
    moves = {path: f"moved/{path}" for path in odd}
    made = fork(make_repo(), {**base}, Side(renames=moves), Side({**added}))
    merged = merge(opened(made.folder), made)
    assert isinstance(merged, Conflicted)
    assert {(one.path, *one.others) for one in merged.conflicts} == {
        (f"moved/{path}/new", f"{path}/new") for path in odd
    }


def attributes(made: Fork, line: str) -> None:
    (made.folder / ".gitattributes").write_text(f"{line}\n")


def test_union_merges_what_would_conflict(make_repo: MakeRepo, opened: Open) -> None:
    made = fork(make_repo(), {"f": TEXT}, files(f=OURS), files(f=THEIRS))
    attributes(made, "f merge=union")
    repository = opened(made.folder)
    merged = merge(repository, made)
    assert isinstance(merged, Clean)
    assert b"ours\ntheirs\n" in repository.git("cat-file", "blob", f"{merged.tree}:f")


def test_unset_merge_makes_a_text_binary(make_repo: MakeRepo, opened: Open) -> None:
    made = fork(make_repo(), {"f": TEXT}, files(f=OURS), files(f=TEXT.replace("line 8", "theirs")))
    attributes(made, "f -merge")
    merged = merge(opened(made.folder), made)
    assert isinstance(merged, Conflicted)
    assert [(one.path, one.kind) for one in merged.conflicts] == [("f", "binary")]


def test_the_length_of_markers_does_not_matter(make_repo: MakeRepo, opened: Open) -> None:
    made = fork(make_repo(), {"f": TEXT}, files(f=OURS), files(f=THEIRS))
    attributes(made, "f conflict-marker-size=40")
    merged = merge(opened(made.folder), made)
    assert isinstance(merged, Conflicted)
    assert merged.paths == ("f",)


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("cp %B %A", Clean),
        ("false", Conflicted),
        ("echo talking; cp %B %A", Clean),
        ("printf 'no newline'; false", Conflicted),
        ("printf 'broken \\000 talk'", NotTried),
    ],
)
def test_a_configured_merge_driver_decides(
    make_repo: MakeRepo, opened: Open, command: str, kind: type[object]
) -> None:
    made = fork(make_repo(), {"f": TEXT, "g": "1"}, files(f=OURS, g="2"), files(f=THEIRS))
    attributes(made, "f merge=own")
    git(made.folder, "config", "merge.own.driver", command)
    repository = opened(made.folder)
    with Merger(repository) as merger:
        for _ in range(2):
            assert type(merger.merge(made.ours, made.theirs)) is kind
            assert isinstance(merger.merge(made.base, made.ours), Clean)


def test_nothing_is_written_into_the_repository(make_repo: MakeRepo, opened: Open) -> None:
    made = fork(make_repo(), {"f": TEXT, "g": "1"}, files(f=OURS), files(f=THEIRS))
    before = sorted(os.walk(made.folder))
    with Merger(opened(made.folder)) as merger:
        merger.merge(made.ours, made.theirs)
        merger.merge(made.base, made.ours)
    assert sorted(os.walk(made.folder)) == before


def test_merge_settings_of_the_user_count_as_they_will(make_repo: MakeRepo, opened: Open) -> None:
    made = fork(
        make_repo(), {"lib/a": TEXT, "lib/b": OTHER}, Side(renames={"lib": "core"}), Side({"lib/c": "1"})
    )
    git(made.folder, "config", "merge.directoryRenames", "true")
    assert isinstance(merge(opened(made.folder), made), Clean)
