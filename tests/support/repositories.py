"""Makes a test's repositories, and asks git itself in them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

from gate.demo import repository_builder

if TYPE_CHECKING:
    from pathlib import Path


MakeRepo = Callable[..., repository_builder.RepositoryBuilder]
"""The fixture `make_repo`: takes a folder's name (by default a new one) and options of
`repository_builder.repository`."""


def git(folder: Path, *arguments: str | bytes, stdin: bytes = b"", check: bool = True) -> str:
    """What `git ARGUMENTS` in `folder` answers, without the last newline; odd bytes stand as surrogates.

    Raises:
        AssertionError: git failed and `check` is set; the message is git's.
    """
    done = subprocess.run(["git", *arguments], cwd=folder, input=stdin, capture_output=True, check=False)
    assert not check or done.returncode == 0, f"git {arguments}: {done.stderr.decode(errors='replace')}"
    return done.stdout.decode("utf-8", "surrogateescape").removesuffix("\n")
