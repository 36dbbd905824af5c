"""A patch file as a stream: applied to the target in a scratch index, committed in the quarantine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.errors import GitFailed, UsageError
from gate.git import process

if TYPE_CHECKING:
    from gate.git.repository import Repository


def apply(repository: Repository, commit: str, name: str, text: bytes) -> str:
    """A commit on top of `commit` that holds the patch's change.

    Raises:
        UsageError: the file is no patch, or does not apply to the target.
    """
    _require_patch(name, text)
    index = repository.quarantine.folder / "index"
    env = repository.env | {"GIT_INDEX_FILE": str(index)}
    try:
        process.run(repository.command("read-tree", commit), env=env, cwd=repository.folder)
        words = repository.command("apply", "--cached", "--3way", "--whitespace=nowarn", "-")
        process.run(words, env=env, stdin=text, cwd=repository.folder)
        tree = process.run(repository.command("write-tree"), env=env, cwd=repository.folder).decode().strip()
    except GitFailed as error:
        raise UsageError(
            f"{name} does not apply to the target: {error.message}", "make it against the target"
        ) from error
    finally:
        index.unlink(missing_ok=True)
    return repository.quarantine.commit(tree, (commit,), f"git-gate: {name}")


def _require_patch(name: str, text: bytes) -> None:
    from unidiff.errors import UnidiffParseError
    from unidiff.patch import PatchSet

    try:
        parsed = PatchSet(process.decode(text))
    except UnidiffParseError as error:
        raise UsageError(
            f"{name} is not a well-formed patch: {error}", "`git diff` and `git format-patch` make one"
        ) from error
    if not parsed and b"GIT binary patch" not in text and b"\nrename from " not in text:
        raise UsageError(f"{name} holds no change", "`git diff` and `git format-patch` make one")
