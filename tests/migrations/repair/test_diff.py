"""Diffs of repairs, as git itself applies them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from support import git

from gate.migrations.repair.diff import unified
from gate.model.repairs import Rewrite

if TYPE_CHECKING:
    from pathlib import Path


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
        Rewrite("with space/a.py", b"1\n", b"x\n", 'with space/ü\t".py'),
        Rewrite("new.py", None, b"1\n2\n"),
        Rewrite("new.py", None, b"1"),
        Rewrite("gone.py", b"1\n2\n", None),
    ],
)
def test_git_applies_it(tmp_path: Path, rewrite: Rewrite) -> None:
    git(tmp_path, "init", "-q")
    if rewrite.before is not None:
        place = tmp_path / rewrite.path
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(rewrite.before)
    git(tmp_path, "apply", "-", stdin=unified([rewrite]))

    if rewrite.after is None:
        assert not (tmp_path / rewrite.path).exists()
    else:
        assert (tmp_path / rewrite.final_path).read_bytes() == rewrite.after
    assert rewrite.final_path == rewrite.path or not (tmp_path / rewrite.path).exists()
