"""Reads a policy's own templates: from the target, never from a stream; of a policy that is tried out, beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from gate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.policy import Policy
    from gate.workspace import Workspace

ENDINGS = (".j2", ".css", ".js")
"""What is read; anything else in the folder is for people."""
_MOST = 100
_LARGEST = 1 << 20


def templates(workspace: Workspace) -> dict[str, str]:
    """Return the texts by their names below the policy's folder; none where the policy names no folder.

    Raises:
        UsageError: there is no such folder, or what is in it cannot be templates.
    """
    policy = workspace.policy
    if not policy.templates:
        return {}
    texts: dict[str, str] = {}
    for name, content in _beside(policy) if policy.origin == "file" else _on_target(workspace):
        where = f"{policy.templates}/{name}"
        if content is None or len(content) > _LARGEST:
            raise UsageError(f"{where} is larger than 1 MiB or cannot be read", "a template is a small text")
        texts[name] = _decoded(where, content)
        if len(texts) > _MOST:
            raise UsageError(
                f"{policy.templates} has more than {_MOST} templates", "keep templates only there"
            )
    return texts


def _decoded(where: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UsageError(f"{where} is not UTF-8 text", "write it as UTF-8") from error


def _on_target(workspace: Workspace) -> Iterator[tuple[str, bytes | None]]:
    policy, objects = workspace.policy, workspace.objects
    tree = objects.info(f"{workspace.target.commit}:{policy.templates}")
    if tree is None or tree.kind != "tree":
        raise UsageError(
            f"{policy.path} names the templates {policy.templates!r}, and the target has no such folder",
            "commit the folder to the target, or take `templates` out of the policy",
        )
    for line in workspace.repository.git("ls-tree", "-r", "-z", "--full-tree", tree.oid).split(b"\0"):
        head, _, raw = line.partition(b"\t")
        name = raw.decode("utf-8", "surrogateescape")
        if head.startswith(b"100") and name.endswith(ENDINGS):
            yield name, objects.blob(head.split()[2].decode(), _LARGEST)


def _beside(policy: Policy) -> Iterator[tuple[str, bytes | None]]:
    folder = Path(policy.path).parent / policy.templates
    if not folder.is_dir():
        raise UsageError(
            f"{policy.path} names the templates {policy.templates!r}, and there is no such folder beside it",
            "put the folder beside the policy, or take `templates` out of it",
        )
    for parent, _, names in os.walk(folder):
        for file in (Path(parent, name) for name in sorted(names)):
            if file.name.endswith(ENDINGS) and file.is_file():
                yield file.relative_to(folder).as_posix(), _content(file)


def _content(file: Path) -> bytes | None:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST + 1)
    except OSError:
        return None
