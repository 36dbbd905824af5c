"""The migrations of one tool: the target's, and what each stream makes of them where it lands alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gate.migrations.gathering.deltas import Before, delta
from gate.model.facts import NotChecked, NotCheckedKind
from gate.model.migrations import File

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gate.migrations.gathering.blob_facts import Texts
    from gate.migrations.gathering.deltas import Nodes, Place
    from gate.migrations.tools.base.tool import Tool
    from gate.model.facts import StreamFacts
    from gate.model.migrations import Delta, Migration, Node, Store


class Tree:
    """The target's files by folder."""

    def __init__(self, paths: Iterable[Place]) -> None:
        self.blobs = dict(paths)
        self._by_folder: defaultdict[str, list[str]] = defaultdict(list)
        for path in self.blobs:
            self._by_folder[path.rpartition("/")[0]].append(path)
        self.folders = frozenset(self._by_folder)

    def in_folder(self, folder: str) -> list[Place]:
        """The files of one folder."""
        return [(path, self.blobs[path]) for path in self._by_folder.get(folder, ())]

    def within(self, tool: Tool, folders: Iterable[str] | None) -> list[Place]:
        """The files a tool may have in these folders, or in any."""
        wanted = None if folders is None else tuple(folders)
        known = frozenset(wanted or ())
        inside = [
            folder
            for folder in self._by_folder
            if wanted is None or folder in known or any(_below(folder, one) for one in known)
        ]
        found = [path for folder in inside for path in self._by_folder[folder]]
        places = ((path, tool.folder(path)) for path in found)
        return [
            (path, self.blobs[path])
            for path, folder in places
            if folder is not None and (wanted is None or folder in known)
        ]


def _below(folder: str, other: str) -> bool:
    return folder.startswith(f"{other}/") or not other


@dataclass(slots=True)
class Found:
    """What one tool has, in values that `gate.migrations.graph` takes."""

    stores: tuple[Store, ...] = ()
    nodes: tuple[Node, ...] = ()
    deltas: tuple[Delta, ...] = ()
    notes: list[NotChecked] = field(default_factory=list)


class Reader:
    """Reads one tool's files of the target and of the streams that landed."""

    def __init__(self, tool: Tool, texts: Texts, tree: Tree, streams: Sequence[StreamFacts]) -> None:
        self._tool = tool
        self._texts = texts
        self._tree = tree
        self._files = {one.name: _own_files(tool, one) for one in streams}
        self._homes = _homes(tool, tree, streams)

    def found(self) -> Found:
        """Everything, once the blobs have been read."""
        touched = self._touched()
        if not touched:
            return Found()
        ground = self._tree.within(self._tool, touched)
        folders = self._folders(ground)
        if self._tool.needs_full_scan(folders):
            ground = self._tree.within(self._tool, None)
            folders = self._folders(ground)
        folders = {name: files for name, files in folders.items() if files}
        if not folders:
            return Found()
        stores = self._tool.stores(folders, self._evidence(folders))
        nodes = self._nodes(stores, folders)
        before = [node for file in ground for node in nodes.get(file, ())]
        known = Before.of(self._tree.blobs, before)
        deltas = tuple(delta(name, files, known, nodes) for name, files in self._files.items())
        unread = [file[0] for file in ground if _is_unread(self._read(file))]
        told = tuple(
            replace(store, unread=tuple(path for path in unread if self._home(path) in store.folders))
            for store in stores
        )
        ours = {folder for store in stores for folder in store.folders}
        notes = self._unread(ground, ours)
        return Found(told, tuple(before), deltas, list(notes))

    def _touched(self) -> set[str]:
        """The folders where a stream changes a migration: other files of such names are not looked at any further."""
        changed = {
            (path, blob)
            for files in self._files.values()
            for path, fresh in files.items()
            for blob in (fresh, self._tree.blobs.get(path, ""))
            if blob
        }
        self._load(changed)
        return {self._home(file[0]) for file in changed if self._read(file) is not None}

    def _home(self, path: str) -> str:
        folder = self._tool.folder(path)
        assert folder is not None
        return self._homes.get(folder, folder)

    def _read(self, file: Place) -> Migration | None:
        return self._tool.read(b"") if self._tool.by_name else self._texts.get((file[1], self._tool.name))

    def _load(self, files: Iterable[Place]) -> None:
        if not self._tool.by_name:
            self._texts.load_all((blob, self._tool.name) for _, blob in files)

    def _folders(self, ground: Sequence[Place]) -> dict[str, list[File]]:
        """Every migration of the target and the streams, by the folder it belongs to."""
        fresh = (file for files in self._files.values() for file in files.items() if file[1])
        every = list(dict.fromkeys((*ground, *fresh)))
        self._load(every)
        found: dict[str, list[File]] = {}
        for file in every:
            one = self._read(file)
            if one is not None:
                found.setdefault(self._home(file[0]), []).append(File(*file, one))
        return found

    def _evidence(self, folders: Iterable[str]) -> dict[str, bytes]:
        """The texts a tool wants to see besides, the target's before a stream's."""
        wanted = dict.fromkeys(path for folder in folders for path in self._tool.evidence_paths(folder))
        return {path: self._texts.text(self._tree.blobs.get(path, "")) for path in wanted}

    def _nodes(self, stores: Iterable[Store], folders: Mapping[str, Sequence[File]]) -> Nodes:
        found: defaultdict[Place, list[Node]] = defaultdict(list)
        for store in stores:
            files = [file for one in store.folders for file in folders[one]]
            for node in self._tool.nodes(store, files):
                found[node.path, node.blob].append(node)
        return {file: tuple(nodes) for file, nodes in found.items()}

    def _unread(self, ground: Iterable[Place], ours: Collection[str]) -> Iterator[NotChecked]:
        """Files of our folders whose place nobody can tell: a stream's own have to be looked at."""
        known = set(ground)
        for name, files in self._files.items():
            for file in files.items():
                fresh = file[1] and file not in known and self._home(file[0]) in ours
                one = self._read(file) if fresh else None
                if one is not None and one.parse != "full":
                    required = one.parse == "none" and not self._was_unread(file[0])
                    what = f"the migration {file[0]}"
                    yield NotChecked(what, one.why, (name,), required, _HINT, NotCheckedKind.MIGRATION)
        for file in sorted(file for file in known if self._home(file[0]) in ours):
            one = self._read(file)
            if one is not None and _is_unread(one):
                what = f"the migration {file[0]} of the target"
                yield NotChecked(what, one.why, kind=NotCheckedKind.MIGRATION)

    def _was_unread(self, path: str) -> bool:
        blob = self._tree.blobs.get(path, "")
        return bool(blob) and _is_unread(self._read((path, blob)))


_HINT = "write what it names as constants, in Python that parses"


def _is_unread(one: Migration | None) -> bool:
    return one is not None and one.parse == "none"


def _own_files(tool: Tool, one: StreamFacts) -> dict[str, str]:
    return {path: blob for path, blob in one.files.items() if tool.folder(path) is not None}


def _homes(tool: Tool, tree: Tree, streams: Sequence[StreamFacts]) -> dict[str, str]:
    """Folders that streams move: the new one, with the target's."""
    found: dict[str, str] = {}
    for one in streams:
        for new, old in sorted(one.renamed.items()):
            here, there = tool.folder(new), tool.folder(old)
            if here and there and here != there and not tree.within(tool, [here]):
                found.setdefault(here, there)
    return found
