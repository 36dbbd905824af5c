"""A patch on a commit: whether it applies, and as a commit of the user's on top of a branch."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from gate.errors import EnvironmentFault, GitFailed, UsageError
from gate.git import process
from gate.git.refs import HEADS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.git.refs import Branch
    from gate.git.repository import Repository

_LASTING = ("-c", "core.fsync=default", "-c", "core.looseCompression=-1")
"""What is written for the user is written as git writes by default."""
_PERSON = ("GIT_AUTHOR_", "GIT_COMMITTER_")


def applied(repository: Repository, commit: str, patch: bytes) -> str:
    """The tree of `commit` with the patch, in the quarantine.

    Raises:
        GitFailed: it does not apply.
    """
    return _applied(repository, commit, patch, repository.env, ())


def commit(repository: Repository, branch: Branch, patch: bytes, message: str) -> str:
    """Put a commit with the patch on top of a local branch that no worktree has checked out; its id.

    Raises:
        UsageError: it is no local branch, or is checked out.
        EnvironmentFault: git does not know who commits.
        GitFailed: the patch does not apply, or the branch has moved since it was read.
    """
    _require_free(repository, branch)
    env = process.environment(_person())
    _require_person(repository, env)
    tree = _applied(repository, branch.commit, patch, env, _LASTING)
    words = repository.command(*_LASTING, "commit-tree", "-p", branch.commit, "-F", "-", tree)
    commit = process.run(words, env=env, stdin=message.encode(), cwd=repository.folder).decode().strip()
    update = ("update-ref", "-m", "git-gate: fix migrations", branch.ref, commit, branch.commit)
    process.run(repository.command(*_LASTING, *update), env=env, cwd=repository.folder)
    return commit


def _person() -> dict[str, str]:
    """Return the variables of the environment that name the committer."""
    return {name: value for name, value in os.environ.items() if name.startswith(_PERSON)}


def _require_person(repository: Repository, env: Mapping[str, str]) -> None:
    try:
        process.run(repository.command("var", "GIT_COMMITTER_IDENT"), env=env, cwd=repository.folder)
    except GitFailed as error:
        raise EnvironmentFault(
            "git does not know who commits", "git config user.name and git config user.email say it"
        ) from error


def _require_free(repository: Repository, branch: Branch) -> None:
    if not branch.ref.startswith(HEADS):
        raise UsageError(
            f"{branch.name} is no local branch, so that no commit can be put on it",
            "leave out --commit, and apply the patch where you work on it",
        )
    held = repository.git("for-each-ref", "--format=%(worktreepath)", branch.ref).strip()
    if held:
        raise UsageError(
            f"{branch.name} is checked out in {process.decode(held)}",
            f"leave out --commit, and there: git gate fix migrations {branch.name} | git apply --index",
        )


def _applied(
    repository: Repository, commit: str, patch: bytes, env: Mapping[str, str], more: tuple[str, ...]
) -> str:
    index = repository.quarantine.folder / "index"
    env = {**env, "GIT_INDEX_FILE": str(index)}

    def git(*words: str, stdin: bytes = b"") -> bytes:
        return process.run(repository.command(*more, *words), env=env, stdin=stdin, cwd=repository.folder)

    try:
        git("read-tree", commit)
        git("apply", "--cached", "--whitespace=nowarn", "-", stdin=patch)
        return git("write-tree").decode().strip()
    except GitFailed as error:
        raise GitFailed(f"the patch does not apply: {error.message}", error.hint) from error
    finally:
        index.unlink(missing_ok=True)
