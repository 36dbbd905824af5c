"""Tools whose migrations are sorted by their names: what they differ in is a few patterns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from gate.migrations.tools.base.evidence import any_holds
from gate.migrations.tools.base.tool import Tool
from gate.model.migrations import Key, Migration, Node, Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.migrations.tools.base.evidence import ToolEvidence
    from gate.model.migrations import File, Late, OrderKey

ANYWHERE = re.compile(r"/(?=[^/]*\Z)|\A(?=[^/]*\Z)")
"""The folder of migrations is the one the file lies in."""
MIGRATIONS = re.compile(r"(?:^|(?<=/))[^/]*migrat[^/]*/", re.IGNORECASE)
"""A folder whose name speaks of migrations, and what lies in it."""


class OrderedTool(Tool):
    """A tool whose migrations have a version in their paths."""

    model = "ordered"
    file: ClassVar[re.Pattern[str]]
    """All of a path after the folder, with the groups `id`, `version` and, where names are unique too, `name`.

    `version` is absent or empty in what has no place in the order.
    """
    below: ClassVar[re.Pattern[str]] = ANYWHERE
    """Finds the folder in a path, up to its last character."""
    sorts_by_name: ClassVar[bool] = False
    """Whether the whole name sorts migrations: equal versions of different names are no collision."""
    marker: ClassVar[re.Pattern[bytes] | None] = None
    """Has to be in the text of a migration."""
    foreign: ClassVar[re.Pattern[bytes] | None] = None
    """May not be in the text of a migration: it is another tool's."""
    needed: ClassVar[tuple[ToolEvidence, ...]] = ()
    """Without any of these a folder is not the tool's."""
    certain: ClassVar[tuple[ToolEvidence, ...]] = ()
    """With any of these a folder is the tool's whatever `rivals` say; `late` holds only there."""
    rivals: ClassVar[tuple[ToolEvidence, ...]] = ()
    """With any of these a folder is another tool's; `late` does not hold then."""
    lenient: ClassVar[tuple[ToolEvidence, ...]] = ()
    """With any of these the tool is configured to run late versions."""
    late: ClassVar[Late] = "warning"
    """The end of a late version, as in `Store`, where nothing weakens it."""
    checked: ClassVar[bool] = False
    """Whether the tool refuses applied migrations with other contents, as in `Store`."""
    derived: ClassVar[tuple[str, ...]] = ()
    """Files that the tool writes again after each migration: relative to the folder."""
    companion_letters: ClassVar[str] = ""
    """Letters one of which stands before the version in the names of files."""

    @property
    def by_name(self) -> bool:
        """Whether paths say everything."""
        return self.marker is None and self.foreign is None

    def order_key(self, match: re.Match[str]) -> OrderKey:
        """Return what sorts a migration whose path `file` matches."""
        return (match["id"],) if self.sorts_by_name else (int(match["version"]),)

    def folder(self, path: str) -> str | None:
        """Return the folder of migrations that a path lies in."""
        place = self._match(path)
        return place[0] if place else None

    def _match(self, path: str) -> tuple[str, re.Match[str]] | None:
        """Return the folder with the match of the rest."""
        for place in self.below.finditer(path):
            match = self.file.fullmatch(path, place.end())
            if match:
                return path[: place.end()].rstrip("/"), match
        return None

    def read(self, content: bytes) -> Migration | None:
        """Return a migration without any place, which its path has, if the text is of this tool."""
        if self.marker is not None and not self.marker.search(content):
            return None
        return None if self.foreign is not None and self.foreign.search(content) else Migration("full")

    def evidence_paths(self, folder: str) -> tuple[str, ...]:
        """Return the paths of files that may say whose a folder is."""
        evidence = (*self.needed, *self.certain, *self.rivals, *self.lenient)
        return tuple(dict.fromkeys(path for item in evidence for path in item.paths(folder)))

    def stores(self, folders: Mapping[str, Sequence[File]], evidence: Mapping[str, bytes]) -> Sequence[Store]:
        """Return each folder that is surely this tool's, or at least no other's."""
        return [
            self._store(name, evidence)
            for name, files in sorted(folders.items())
            if any(file.migration.parse == "full" for file in files) and self._claims(name, evidence)
        ]

    def _claims(self, folder: str, texts: Mapping[str, bytes]) -> bool:
        needed = not self.needed or any_holds(self.needed, folder, texts)
        certain = any_holds(self.certain, folder, texts)
        return needed and (certain or not any_holds(self.rivals, folder, texts))

    def _store(self, folder: str, texts: Mapping[str, bytes]) -> Store:
        weak = any_holds((*self.rivals, *self.lenient), folder, texts)
        strict = not weak and (not self.certain or any_holds(self.certain, folder, texts))
        late: Late = self.late if strict or not self.late else "warning"
        return Store(self.name, folder, (folder,), "ordered", late, checked=self.checked)

    def nodes(self, store: Store, files: Sequence[File]) -> Sequence[Node]:
        """Return the migrations of a store, each with its key."""
        matches = ((file, self._match(file.path)) for file in files if file.migration.parse != "none")
        return [self.node(store, file, match[1]) for file, match in matches if match]

    def node(self, store: Store, file: File, match: re.Match[str]) -> Node:
        """Return the migration of a file whose path `file` matches."""
        groups = match.groupdict()
        name = groups.get("name")
        return Node(
            tool=self.name,
            key=Key(store.name, match["id"]),
            path=file.path,
            blob=file.blob,
            labels=(name,) if name else (),
            order_key=self.order_key(match) if groups.get("version") else (),
        )

    # -- versions

    def version_of(self, path: str) -> str:
        """Return the version in the path of a migration, as it is written; "" where it has none."""
        place = self._match(path)
        return (place[1].groupdict().get("version") or "") if place else ""

    def renumbered(self, path: str, version: str) -> str:
        """Return the path of a migration with another version."""
        place = self._match(path)
        assert place is not None
        start, end = place[1].span("version")
        return path[:start] + version + path[end:]

    def companions(self, path: str, version: str, fresh: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield the other files of a migration: undo scripts beside it, all of its own folder, fixtures below."""
        folder, old = self.folder(path) or "", self.version_of(path)
        inside = f"{folder}/" if folder else ""
        own_folder = f"{inside}{path[len(inside) :].partition('/')[0]}/"
        letter = f"[{self.companion_letters}]" if self.companion_letters else ""
        named = re.compile(rf"{letter}{re.escape(old)}(?=[_.-])[^/]*")
        for candidate in sorted(fresh):
            if candidate == path or not candidate.startswith(inside):
                continue
            base = candidate.rpartition("/")[2]
            if self.own_folders:
                start = len(inside) if candidate.startswith(own_folder) else None
            else:
                start = len(candidate) - len(base) + bool(letter) if named.fullmatch(base) else None
            if start is not None:
                yield candidate, f"{candidate[:start]}{version}{candidate[start + len(old) :]}"

    def derived_files(self, store: Store) -> tuple[str, ...]:
        """Return what the tool writes again."""
        return tuple(_joined(folder, name) for folder in store.folders for name in self.derived)


def _joined(folder: str, name: str) -> str:
    while name.startswith("../"):
        folder, name = folder.rpartition("/")[0], name[3:]
    return f"{folder}/{name}".lstrip("/")
