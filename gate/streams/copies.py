"""Changes that bring the content of an exception file which itself stayed as it was.

git tells a copy only of a file that changed alongside, and never one that was written over another file; to look at
every file of a large tree costs too much. So the question is put about contents alone: two small trees are written
into the quarantine, one with the exception files, one with the arriving contents as well, and git says which of these
are copies.

Example: a stream writes the text of `services/audit_service.py` over `legacy/log.py` and edits a line of it. Between
its own trees that is a file modified; between the trees made here it is a copy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gate import route
from gate.git import changes
from gate.model.git import Change, ChangeKind
from gate.model.policy import RuleKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gate.git.objects import Objects
    from gate.git.repository import Repository
    from gate.model.policy import Policy
    from gate.workspace import Workspace

_MOST_COMPARED = 1_000_000
"""Contents times sources in one comparison. With more, git would look for exact copies only (`changes`, `-l1000`)."""
_SIZES = 2
"""git takes nothing for a copy that is more than so many times larger or smaller."""
_FILE, _SUBMODULE = "100644", "160000"
_FROM, _TO = "from", "to"


def of_exceptions(
    workspace: Workspace,
    trees: Mapping[str, tuple[str, str]],
    changed: Mapping[str, Sequence[Change]],
) -> dict[str, tuple[Change, ...]]:
    """Return each stream's changes by its name, with copies of exception files marked as such.

    `trees` are the two that each stream's changes lie between. A new file becomes a copy; where a file was before, its
    own change stays, and the copy stands beside it.

    Raises:
        GitFailed: a content cannot be read.
    """
    repository, objects, policy = workspace.repository, workspace.objects, workspace.policy
    unchanged = {name: tuple(changes) for name, changes in changed.items()}
    # every path of the target is held against it, so the other rules are left out
    rules = tuple(rule for rule in policy.rules if rule.kind is RuleKind.EXCEPTION)
    exceptions = replace(policy, rules=rules)
    arriving = [change for changes in changed.values() for change in changes if _arrives(change, exceptions)]
    if not arriving or not rules:
        return unchanged
    starts = {old for old, _ in trees.values()}
    sources = _sources(repository, objects, exceptions, workspace.target.tree, starts)
    origins = _origins(repository, objects, sources, arriving)
    return {
        name: tuple(part for change in changes for part in _with_copy(change, origins))
        for name, changes in unchanged.items()
    }


def _arrives(change: Change, exceptions: Policy) -> bool:
    """Return whether the change puts content where no exception routes it already."""
    if change.new_blob in ("", change.old_blob) or change.new_mode == _SUBMODULE:
        return False
    before = change.old_path or (change.path if change.old_blob else None)
    return before is None or not _is_exception(before, exceptions)


def _is_exception(path: str, exceptions: Policy) -> bool:
    return route.owner_of(path, exceptions).kind is RuleKind.EXCEPTION


def _with_copy(change: Change, origins: Mapping[tuple[str, str], Change]) -> Iterator[Change]:
    origin = origins.get((change.old_blob, change.new_blob))
    if origin is None or change.kind is not ChangeKind.ADDED:
        yield change
    if origin is not None:
        yield replace(origin, path=change.path, new_mode=change.new_mode)


def _sources(
    repository: Repository, objects: Objects, exceptions: Policy, tree: str, others: Iterable[str]
) -> dict[str, str]:
    """Return the path of each exception file by its blob.

    They are those of the target, and those at the merge bases of streams that cannot land.
    """
    contents = [(blob, path) for path, blob in changes.tree_paths(repository, tree)]
    for answer in changes.between(repository, [(old, tree) for old in sorted(others)], renames=False):
        contents += [(change.old_blob, change.path) for change in answer if change.old_blob]
    guarded = dict(sorted((entry for entry in contents if _is_exception(entry[1], exceptions)), reverse=True))
    return {blob: guarded[blob] for blob in _sizes(objects, guarded)}


def _sizes(objects: Objects, blobs: Iterable[str]) -> dict[str, int]:
    """Return the size in bytes of each blob that is there and not empty."""
    infos = {blob: objects.info(blob) for blob in blobs}
    return {blob: info.size for blob, info in infos.items() if info and info.kind == "blob" and info.size}


def _origins(
    repository: Repository, objects: Objects, sources: Mapping[str, str], arriving: Sequence[Change]
) -> dict[tuple[str, str], Change]:
    """Return the copies among the arriving changes, by their content before and after.

    Where a file was before, it must be nearer to the exception file than to what it was: siblings resemble one another.
    """
    copied = _copied(repository, objects, sources, {change.new_blob for change in arriving})
    origins = {change: copied[change.new_blob] for change in arriving if change.new_blob in copied}
    replaced = [change for change in origins if change.old_blob and change.old_mode != _SUBMODULE]
    nearest = _compared(
        repository, [((origins[change], change.old_blob), (change.new_blob,)) for change in replaced]
    )
    for change, answer in zip(replaced, nearest, strict=True):
        if answer.get(change.new_blob) != origins[change]:
            del origins[change]
    return {
        (change.old_blob, change.new_blob): Change(
            path="",
            kind=ChangeKind.COPIED,
            old_path=sources[source],
            old_mode=_FILE,
            old_blob=source,
            new_blob=change.new_blob,
        )
        for change, source in origins.items()
    }


def _copied(
    repository: Repository, objects: Objects, sources: Mapping[str, str], contents: Iterable[str]
) -> dict[str, str]:
    """Return, by content, the source of which git takes it for a copy."""
    sizes = _sizes(objects, sources)
    if not sizes:
        return {}
    least, most = min(sizes.values()) / _SIZES, max(sizes.values()) * _SIZES
    near = [blob for blob, size in sorted(_sizes(objects, contents).items()) if least <= size <= most]
    room = max(1, _MOST_COMPARED // len(sizes))
    parts = [(tuple(sizes), near[at : at + room]) for at in range(0, len(near), room)]
    return {new: old for answer in _compared(repository, parts) for new, old in answer.items()}


def _compared(
    repository: Repository, questions: Sequence[tuple[Sequence[str], Sequence[str]]]
) -> list[dict[str, str]]:
    """Return, for each question (sources, contents), the source of each content that is a copy."""
    trees = [
        (_tree(repository, {_FROM: old}), _tree(repository, {_FROM: old, _TO: new})) for old, new in questions
    ]
    answers = changes.copies(repository, trees, [_FROM], [_TO])
    return [{change.new_blob: change.old_blob for change in answer} for answer in answers]


def _tree(repository: Repository, folders: Mapping[str, Sequence[str]]) -> str:
    """Write a tree with these folders, in name order, into the quarantine; their files are numbered."""
    write = repository.quarantine.write
    folders_content = b""
    for folder, blobs in folders.items():
        files = ((b"%s %08d" % (_FILE.encode(), at), blob) for at, blob in enumerate(blobs))
        oid = write("tree", b"".join(name + b"\0" + bytes.fromhex(blob) for name, blob in files))
        folders_content += b"40000 %s\0" % folder.encode() + bytes.fromhex(oid)
    return write("tree", folders_content)
