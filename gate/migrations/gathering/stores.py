"""The migrations of one tool: the target's, and what each stream makes of them where it lands alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gate.migrations.gathering.deltas import TargetMigrations, stream_delta
from gate.model.facts import NotChecked, NotCheckedKind
from gate.model.migrations import File

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gate.migrations.gathering.blob_facts import MigrationTexts
    from gate.migrations.gathering.deltas import NodesByFile
    from gate.migrations.gathering.target_tree import Place, TargetTree
    from gate.migrations.tools.base.tool import Tool
    from gate.model.facts import StreamFacts
    from gate.model.migrations import Delta, Migration, Node, Store

_HINT = "write what it names as constants, in Python that parses"


@dataclass(slots=True)
class ToolMigrations:
    """The migrations of one tool, in values that `gate.migrations.graph` takes, and what was not checked."""

    stores: tuple[Store, ...] = ()
    nodes: tuple[Node, ...] = ()
    deltas: tuple[Delta, ...] = ()
    notes: list[NotChecked] = field(default_factory=list)


class ToolReader:
    """Reads one tool's files of the target and of the streams that landed."""

    def __init__(
        self, tool: Tool, texts: MigrationTexts, tree: TargetTree, streams: Sequence[StreamFacts]
    ) -> None:
        self._tool = tool
        self._texts = texts
        self._tree = tree
        self._files = {
            stream.name: {path: blob for path, blob in stream.files.items() if tool.folder(path) is not None}
            for stream in streams
        }
        """The files of each stream that may be migrations: blobs by path, "" for those it removes."""
        self._homes = _moved_folders(tool, tree, streams)

    def migrations(self) -> ToolMigrations:
        """Return everything, once the blobs have been read."""
        touched = self._touched_folders()
        if not touched:
            return ToolMigrations()
        on_target = self._tree.within(self._tool, touched)
        folders = self._by_folder(on_target)
        if self._tool.needs_full_scan(folders):
            on_target = self._tree.within(self._tool, None)
            folders = self._by_folder(on_target)
        folders = {name: files for name, files in folders.items() if files}
        if not folders:
            return ToolMigrations()
        stores = self._tool.stores(folders, self._evidence(folders))
        nodes = self._nodes(stores, folders)
        target_nodes = [node for file in on_target for node in nodes.get(file, ())]
        target = TargetMigrations.of(self._tree.blobs, target_nodes)
        deltas = tuple(stream_delta(name, files, target, nodes) for name, files in self._files.items())
        homes = {folder for store in stores for folder in store.folders}
        notes = [*self._unread_in_streams(set(on_target), homes), *self._unread_on_target(on_target, homes)]
        return ToolMigrations(self._with_unread(stores, on_target), tuple(target_nodes), deltas, notes)

    def _with_unread(self, stores: Sequence[Store], on_target: Sequence[Place]) -> tuple[Store, ...]:
        """Return the stores with the paths of the target's migrations that cannot be placed."""
        unread = [file[0] for file in on_target if _is_unread(self._read(file))]
        return tuple(
            replace(store, unread=tuple(path for path in unread if self._home(path) in store.folders))
            for store in stores
        )

    def _touched_folders(self) -> set[str]:
        """Return the folders where a stream changes a migration: other files of such names are not looked at."""
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
        """Return the folder of migrations that a path belongs to: on the target where a stream moves it."""
        folder = self._tool.folder(path)
        assert folder is not None
        return self._homes.get(folder, folder)

    def _read(self, file: Place) -> Migration | None:
        return self._tool.read(b"") if self._tool.by_name else self._texts.get((file[1], self._tool.name))

    def _load(self, files: Iterable[Place]) -> None:
        if not self._tool.by_name:
            self._texts.load_all((blob, self._tool.name) for _, blob in files)

    def _by_folder(self, on_target: Sequence[Place]) -> dict[str, list[File]]:
        """Return every migration of the target and the streams, by the folder it belongs to."""
        fresh = (file for files in self._files.values() for file in files.items() if file[1])
        every = list(dict.fromkeys((*on_target, *fresh)))
        self._load(every)
        by_folder: dict[str, list[File]] = {}
        for file in every:
            migration = self._read(file)
            if migration is not None:
                by_folder.setdefault(self._home(file[0]), []).append(File(*file, migration))
        return by_folder

    def _evidence(self, folders: Iterable[str]) -> dict[str, bytes]:
        """Return the texts of other files that the tool wants to see, as the target has them, by path."""
        wanted = dict.fromkeys(path for folder in folders for path in self._tool.evidence_paths(folder))
        return {path: self._texts.text(self._tree.blobs.get(path, "")) for path in wanted}

    def _nodes(self, stores: Iterable[Store], folders: Mapping[str, Sequence[File]]) -> NodesByFile:
        by_file: defaultdict[Place, list[Node]] = defaultdict(list)
        for store in stores:
            files = [file for folder in store.folders for file in folders[folder]]
            for node in self._tool.nodes(store, files):
                by_file[node.path, node.blob].append(node)
        return {file: tuple(nodes) for file, nodes in by_file.items()}

    # -- what cannot be placed

    def _unread_in_streams(
        self, on_target: Collection[Place], homes: Collection[str]
    ) -> Iterator[NotChecked]:
        """Yield files of streams, in folders of stores, whose place is not known: they have to be looked at."""
        for name, files in self._files.items():
            for file in files.items():
                path, blob = file
                if not blob or file in on_target or self._home(path) not in homes:
                    continue
                migration = self._read(file)
                if migration is not None and migration.parse != "full":
                    required = migration.parse == "none" and not self._was_unread(path)
                    yield NotChecked(f"the migration {path}", migration.why, (name,), required, _HINT, _KIND)

    def _unread_on_target(self, on_target: Iterable[Place], homes: Collection[str]) -> Iterator[NotChecked]:
        for file in sorted(set(on_target)):
            path = file[0]
            migration = self._read(file) if self._home(path) in homes else None
            if migration is not None and _is_unread(migration):
                yield NotChecked(f"the migration {path} of the target", migration.why, kind=_KIND)

    def _was_unread(self, path: str) -> bool:
        """Return whether the target's own version of a file cannot be placed."""
        blob = self._tree.blobs.get(path, "")
        return bool(blob) and _is_unread(self._read((path, blob)))


_KIND = NotCheckedKind.MIGRATION


def _is_unread(migration: Migration | None) -> bool:
    return migration is not None and migration.parse == "none"


def _moved_folders(tool: Tool, tree: TargetTree, streams: Sequence[StreamFacts]) -> dict[str, str]:
    """Return folders that streams move: each new one with the target's."""
    moved: dict[str, str] = {}
    for stream in streams:
        for new_path, old_path in sorted(stream.renamed.items()):
            new, old = tool.folder(new_path), tool.folder(old_path)
            if new and old and new != old and not tree.within(tool, [new]):
                moved.setdefault(new, old)
    return moved
