"""Which folders of revisions are one environment, and the revisions of one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from gate.model.migrations import Key, Node, Store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gate.model.migrations import File, Role


def lacks_parents(folders: Mapping[str, Sequence[File]]) -> bool:
    """Return whether some folder names a revision that none has: it may lie in another version location."""
    revisions = [file.migration for files in folders.values() for file in files]
    ids = {mark.text for revision in revisions for mark in revision.marks_of("id")}
    return any(mark.text not in ids for revision in revisions for mark in revision.marks_of("parent"))


def stores(tool: str, folders: Mapping[str, Sequence[File]]) -> tuple[Store, ...]:
    """Return the environments: folders one of which names revisions of another are one, else each is its own."""
    ids = {
        name: {mark.text for file in files for mark in file.migration.marks_of("id")}
        for name, files in folders.items()
    }
    groups = {name: name for name in folders}

    def root(name: str) -> str:
        while groups[name] != name:
            name = groups[name]
        return name

    for name, files in folders.items():
        wanted = {
            mark.text
            for file in files
            for role in ("parent", "soft")
            for mark in file.migration.marks_of(role)
        }
        for holder in _holders(wanted - ids[name], name, ids):
            first, second = sorted((root(name), root(holder)), key=lambda folder: (len(folder), folder))
            groups[second] = first
    members: dict[str, list[str]] = {}
    for name in sorted(folders):
        members.setdefault(root(name), []).append(name)
    return tuple(Store(tool, name, tuple(inside)) for name, inside in sorted(members.items()))


def _holders(wanted: set[str], name: str, ids: Mapping[str, set[str]]) -> set[str]:
    """Return the folders with the revisions that the folder `name` lacks; the nearest of several with the same."""
    holders = set()
    for revision in wanted:
        having = [folder for folder in ids if folder != name and revision in ids[folder]]
        if having:
            holders.add(max(sorted(having), key=lambda folder: _shared(name, folder)))
    return holders


def _shared(first: str, second: str) -> int:
    """Return how many leading folders two paths share."""
    pairs = zip(first.split("/"), second.split("/"), strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), len(first))


def nodes(store: Store, files: Sequence[File]) -> list[Node]:
    """Return the revisions of an environment, without those whose place is not known."""
    labels = Counter(mark.text for file in files for mark in file.migration.marks_of("label"))
    return [_node(store, file, labels) for file in files if file.migration.parse != "none"]


def _node(store: Store, file: File, labels: Mapping[str, int]) -> Node:
    """Return a revision; `labels` are those of the environment, which `depends_on` may name in place of revisions."""
    revision = file.migration

    def keys(role: Role) -> tuple[Key, ...]:
        return tuple(dict.fromkeys(Key(store.name, mark.text) for mark in revision.marks_of(role)))

    return Node(
        tool=store.tool,
        key=Key(store.name, revision.marks_of("id")[0].text),
        path=file.path,
        blob=file.blob,
        parents=keys("parent"),
        soft_parents=tuple(key for key in keys("soft") if key.id not in labels),
        labels=tuple(mark.text for mark in revision.marks_of("label")),
        sure=revision.parse == "full",
        why=revision.why,
        line=revision.line,
        marks=revision.marks,
    )
