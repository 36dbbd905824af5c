"""Patches of rewritten files: what git writes, and applies again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import MakeRepo, git

from gate.git.patch_texts import patch_texts
from gate.model.repairs import Rewrite

if TYPE_CHECKING:
    from pathlib import Path

    from support.forks import Open


@pytest.mark.parametrize(
    "rewrite",
    [
        Rewrite("a.py", b"1\n2\n3\n4\n5\n6\n7\n8\n", b"1\n2\n3\n4\nx\n6\n7\n8\n"),
        Rewrite("a.py", b"1\n", b"x\n"),
        Rewrite("a.py", b"1", b"x"),
        Rewrite("a.py", b"1\r\n2\r\n", b"1\r\nx\r\n"),
        Rewrite("a.py", b"1\r2\n\x0c\n", b"1\rx\n\x0c\n"),
        Rewrite("a.py", b"\xe9 1\n\xff", b"\xe9 2\n\xff"),
        Rewrite(
            "a.py",
            b"".join(b"%d\n" % n for n in range(40)),
            b"".join(b"%d\n" % (n if n % 13 else 99) for n in range(40)),
        ),
        Rewrite("a.sum", b"1\n2\n3\n4\n5\n6\n7\n8\n9\n", b"0\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n"),
        Rewrite("a.sum", b"1\n2\n", b"1"),
        Rewrite("a.sum", b"", b"1\n2\n"),
        Rewrite("old/a.py", b"1\n2\n", b"1\nx\n", "old/b.py"),
        Rewrite("a.py", b"1\n", b"1\n", "b.py"),
        Rewrite("a.py", b"1", b"x\n", "b.py"),
        Rewrite("a.py", b"", b"1\n", "with space/b.py"),
        Rewrite("with space/a.py", b"1\n", b"x\n", 'with space/ü\t".py'),
        Rewrite("new.py", None, b"1\n2\n"),
        Rewrite("new.py", None, b"1"),
        Rewrite("gone.py", b"1\n2\n", None),
    ],
)
def test_git_applies_it(make_repo: MakeRepo, opened: Open, tmp_path: Path, rewrite: Rewrite) -> None:
    [text] = patch_texts(opened(_repository(make_repo)), [[rewrite]])
    git(tmp_path, "init", "-q")
    if rewrite.before is not None:
        place = tmp_path / rewrite.path
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(rewrite.before)
    git(tmp_path, "apply", "-", stdin=text)

    if rewrite.after is None:
        assert not (tmp_path / rewrite.path).exists()
    else:
        assert (tmp_path / rewrite.final_path).read_bytes() == rewrite.after
    assert rewrite.final_path == rewrite.path or not (tmp_path / rewrite.path).exists()


def _repository(make_repo: MakeRepo) -> Path:
    made = make_repo("any")
    made.commit("main", {"x": "x\n"})
    made.write()
    return made.folder


CLASS = b"class A:\n    a = 1\n    b = 2\n    c = 3\n    d = 4\n    e = 5\n    f = 6\n"
TEXTS = [
    (
        [Rewrite("a/head.txt", b"0001_a\n", b"0002_a\n")],
        "diff --git a/a/head.txt b/a/head.txt\n--- a/a/head.txt\n+++ b/a/head.txt\n"
        "@@ -1,1 +1,1 @@\n-0001_a\n+0002_a\n",
    ),
    (
        [Rewrite("a.py", CLASS, CLASS.replace(b"f = 6", b"f = 7"))],
        "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n"
        "@@ -4,4 +4,4 @@\n     c = 3\n     d = 4\n     e = 5\n-    f = 6\n+    f = 7\n",
    ),
    (
        [Rewrite("m/1_a.sql", b"x\n", b"x\n", "m/2_a.sql"), Rewrite("new.py", None, b"1")],
        "diff --git a/m/1_a.sql b/m/2_a.sql\nrename from m/1_a.sql\nrename to m/2_a.sql\n"
        "diff --git a/new.py b/new.py\nnew file mode 100644\n--- /dev/null\n+++ b/new.py\n"
        "@@ -0,0 +1,1 @@\n+1\n\\ No newline at end of file\n",
    ),
    (
        [Rewrite("m/1_a.ts", b"class A1 {}\n", b"class A2 {}\n", "m/2_\u00e9 a.ts")],
        'diff --git a/m/1_a.ts "b/m/2_\\303\\251 a.ts"\nrename from m/1_a.ts\nrename to "m/2_\\303\\251 a.ts"\n'
        '--- a/m/1_a.ts\n+++ "b/m/2_\\303\\251 a.ts"\t\n@@ -1,1 +1,1 @@\n-class A1 {}\n+class A2 {}\n',
    ),
    ([], ""),
    ([Rewrite("a.py", b"1\n", b"1\n")], ""),
]


def test_what_they_say(make_repo: MakeRepo, opened: Open) -> None:
    """Neither blobs nor headings of hunks: those would differ from run to run, or with the settings of a machine."""
    folder = _repository(make_repo)
    git(folder, "config", "diff.noprefix", "true")
    git(folder, "config", "diff.context", "0")
    texts = patch_texts(opened(folder), [rewrites for rewrites, _ in TEXTS])
    assert [text.decode() for text in texts] == [expected for _, expected in TEXTS]


def test_nothing_to_write(make_repo: MakeRepo, opened: Open) -> None:
    assert patch_texts(opened(_repository(make_repo)), []) == []


def test_attributes_of_a_worktree_decide_nothing(make_repo: MakeRepo, opened: Open) -> None:
    folder = _repository(make_repo)
    (folder / ".gitattributes").write_text("* -diff\n")
    [text] = patch_texts(opened(folder), [[Rewrite("a.py", b"1\n", b"2\n")]])
    assert b"-1\n+2\n" in text
