"""Systems whose migrations are sorted by their names: what they differ in is a few patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gate.model.migrations import Key, Migration, Node, Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gate.model.migrations import File, Late, OrderKey

ANYWHERE = re.compile(r"/(?=[^/]*\Z)|\A(?=[^/]*\Z)")
"""The folder of migrations is the one the file lies in."""
MIGRATIONS = re.compile(r"(?:^|(?<=/))[^/]*migrat[^/]*/", re.IGNORECASE)
"""A folder whose name speaks of migrations, and what lies in it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Files that say which tool a folder belongs to: of these names, in the folder or `above` it, with that text."""

    names: tuple[str, ...]
    says: re.Pattern[bytes]
    above: bool = True

    def paths(self, folder: str) -> Iterator[str]:
        """Where to look."""
        for place in _upwards(folder) if self.above else (folder,):
            for name in self.names:
                yield f"{place}/{name}" if place else name

    def found(self, folder: str, beside: Mapping[str, bytes]) -> bool:
        """Whether one of them says so."""
        return any(self.says.search(beside.get(path, b"")) for path in self.paths(folder))


def _upwards(folder: str) -> Iterator[str]:
    """A folder and all above it; of a very deep one the nearest."""
    for _ in range(12):
        yield folder
        if not folder:
            return
        folder = folder.rpartition("/")[0]


def numbers(match: re.Match[str]) -> OrderKey:
    """The version as one number."""
    return (int(match["version"]),)


def names(match: re.Match[str]) -> OrderKey:
    """The whole name: equal versions of other names are no collision."""
    return (match["id"],)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """One such system; it answers `System`.

    `below` finds the folder in a path, up to its last character; `file` is all of the rest, with the groups `id`,
    `version` (not there, or empty, in what has no place in the order) and, where names have to be unique too, `name`.
    `marker` has to be in the text and `foreign` may not be. A folder counts if `needed` evidence is there, unless that
    of `rivals` is and that of `certain` is not. `late` holds where `certain` evidence is found and neither `rivals` nor
    `lenient` is; elsewhere a late key is no more than a warning. `checked`: as in `Store`.
    """

    NAME: str
    file: re.Pattern[str]
    below: re.Pattern[str] = ANYWHERE
    late: Late = "warning"
    order: Callable[[re.Match[str]], OrderKey] = numbers
    marker: re.Pattern[bytes] | None = None
    foreign: re.Pattern[bytes] | None = None
    needed: tuple[Evidence, ...] = ()
    certain: tuple[Evidence, ...] = ()
    rivals: tuple[Evidence, ...] = ()
    lenient: tuple[Evidence, ...] = ()
    checked: bool = False
    derived: tuple[str, ...] = ()
    """Files that the tool writes anew after each migration: relative to the folder."""
    VERSION: int = 1
    MODEL: Literal["ordered"] = "ordered"

    @property
    def BY_NAME(self) -> bool:  # noqa: N802 - as `System` has it
        """Whether paths say everything."""
        return self.marker is None and self.foreign is None

    def folder(self, path: str) -> str | None:
        """The folder of migrations that a path lies in."""
        found = self._match(path)
        return found[0] if found else None

    def _match(self, path: str) -> tuple[str, re.Match[str]] | None:
        for place in self.below.finditer(path):
            match = self.file.fullmatch(path, place.end())
            if match:
                return path[: place.end()].rstrip("/"), match
        return None

    def read(self, content: bytes) -> Migration | None:
        """Whether a text is one of this tool."""
        if self.marker is not None and not self.marker.search(content):
            return None
        return None if self.foreign is not None and self.foreign.search(content) else Migration("full")

    def elsewhere(self, _: Mapping[str, Sequence[File]]) -> bool:
        """A store is one folder."""
        return False

    def beside(self, folder: str) -> tuple[str, ...]:
        """Where evidence may be."""
        groups = (self.needed, self.certain, self.rivals, self.lenient)
        return tuple(dict.fromkeys(path for group in groups for one in group for path in one.paths(folder)))

    def stores(self, folders: Mapping[str, Sequence[File]], beside: Mapping[str, bytes]) -> Sequence[Store]:
        """Each folder that is surely this tool's, or at least no other's."""
        return [
            self._store(name, beside)
            for name, files in sorted(folders.items())
            if any(file.says.parse == "full" for file in files) and self._claims(name, beside)
        ]

    def _claims(self, folder: str, beside: Mapping[str, bytes]) -> bool:
        needed = not self.needed or _any(self.needed, folder, beside)
        return needed and (_any(self.certain, folder, beside) or not _any(self.rivals, folder, beside))

    def _store(self, folder: str, beside: Mapping[str, bytes]) -> Store:
        weak = _any((*self.rivals, *self.lenient), folder, beside)
        sure = not weak and (not self.certain or _any(self.certain, folder, beside))
        late: Late = self.late if sure or not self.late else "warning"
        return Store(self.NAME, folder, (folder,), "ordered", late, checked=self.checked)

    def nodes(self, store: Store, files: Sequence[File]) -> Sequence[Node]:
        """The migrations of a store, each with its key."""
        found = ((file, self._match(file.path)) for file in files if file.says.parse != "none")
        return [self._node(store, file, match[1]) for file, match in found if match]

    def _node(self, store: Store, file: File, match: re.Match[str]) -> Node:
        said = match.groupdict()
        name = said.get("name")
        return Node(
            system=self.NAME,
            key=Key(store.name, match["id"]),
            path=file.path,
            blob=file.blob,
            labels=(name,) if name else (),
            order_key=self.order(match) if said.get("version") else (),
        )

    def version(self, path: str) -> str:
        """The version in the path of a migration, as it is written."""
        found = self._match(path)
        return (found[1].groupdict().get("version") or "") if found else ""

    def renumbered(self, path: str, version: str) -> str:
        """The path of a migration with another version."""
        found = self._match(path)
        assert found is not None
        start, end = found[1].span("version")
        return path[:start] + version + path[end:]

    def head_files(self, store: Store) -> tuple[str, ...]:
        """What the tool writes anew."""
        return tuple(_from(folder, name) for folder in store.folders for name in self.derived)


def _any(evidence: Sequence[Evidence], folder: str, beside: Mapping[str, bytes]) -> bool:
    return any(one.found(folder, beside) for one in evidence)


def _from(folder: str, name: str) -> str:
    while name.startswith("../"):
        folder, name = folder.rpartition("/")[0], name[3:]
    return f"{folder}/{name}".lstrip("/")
