"""What goes with a version: the files of one migration, and the words in code that are made of it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gate.migrations.tools import tool
from gate.model.repairs import CannotRepair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.migrations.tools.base.tool import Tool
    from gate.model.migrations import Key, Node, Store

Span = tuple[int, int, str]
_CODE = re.compile(r"\.(?:[cm]?[jt]sx?|go|rb|exs?|java|kts?|coffee|py)$")
"""What may name a migration and is understood well enough to follow it there."""
_UNIQUE = 10
"""A number of so many digits means the version wherever it stands."""
_HELD = re.compile(rb"\('(?P<listed>\d{1,20})'\)|\bversion:\s*(?P<highest>\d[\d_]{0,25})")
"""Versions in a dump: of `INSERT INTO schema_migrations`, and of Rails' `Schema.define(version: ...)`."""


@dataclass(slots=True)
class Carried:
    """New paths by old ones, and what changes in files."""

    paths: dict[str, str] = field(default_factory=dict)
    spans: defaultdict[str, set[Span]] = field(default_factory=lambda: defaultdict(set))


@dataclass(frozen=True, slots=True)
class _Word:
    """A name in code, with the version from `start` on."""

    text: bytes
    start: int


def carried(
    stores: Sequence[Store],
    nodes: Sequence[Node],
    versions: Mapping[Key, str],
    contents: Mapping[str, bytes],
    new: Collection[str],
) -> Carried:
    """What changes once these migrations have these versions; `new` are paths that the target lacks.

    Raises:
        CannotRepair: code names a version in a way that nobody could follow.
    """
    done = Carried()
    homes = {store.name: store for store in stores}
    for node in nodes:
        if node.key in versions:
            _Move(homes[node.key.store], node, versions[node.key], contents).into(done, new)
    return done


@dataclass(frozen=True, slots=True)
class _Move:
    store: Store
    node: Node
    version: str
    contents: Mapping[str, bytes]

    @property
    def tool(self) -> Tool:
        """Its tool."""
        return tool(self.store.tool)

    @property
    def old(self) -> str:
        """The version it has."""
        return self.tool.version_of(self.node.path)

    def into(self, done: Carried, new: Collection[str]) -> None:
        """Everything that goes with it."""
        paths = {self.node.path: self.tool.renumbered(self.node.path, self.version)}
        paths |= dict(self.tool.companions(self.node.path, self.version, new))
        missing = next((path for path in paths if path not in self.contents), None)
        if missing is not None:
            raise CannotRepair(f"{missing} is not the same file at the stream's tip")
        done.paths |= paths
        words = [word for path in paths for word in self._words(path)] + self._classes()
        dumps = self.tool.derived_files(self.store)
        names = {path.rpartition("/")[2] for path in paths}
        twins = sorted(path for path in new if path not in paths and path.rpartition("/")[2] in names)
        for path, content in self.contents.items():
            spans = self._named(path, content, words) if path not in dumps else set()
            if spans and twins and not self.tool.own_folders:
                raise CannotRepair(
                    f"{path} names {self.node.id}, which may be {twins[0]} too: change it by hand"
                )
            done.spans[path] |= spans
        for path in dumps:
            done.spans[path] |= set(self._held(self.contents.get(path, b"")))

    def _words(self, path: str) -> Iterator[_Word]:
        """Its file's name, with and without what it ends in; a short number alone may be of anything."""
        name = self.node.id if self.tool.own_folders and path == self.node.path else path.rpartition("/")[2]
        if len(self.old) < _UNIQUE and not name.partition(self.old)[2].startswith(("_", "-")):
            return
        while name and name != self.old:
            if self.old in name:
                yield _Word(name.encode("utf-8", "surrogateescape"), name.index(self.old))
            name = name.rpartition(".")[0]

    def _classes(self) -> list[_Word]:
        pattern = self.tool.class_pattern
        if not pattern or not _CODE.search(self.node.path):
            return []
        content, old = self.contents[self.node.path], self.old.encode()
        found = {match["word"] for match in re.finditer(pattern % re.escape(old), content)}
        if not found and self.tool.needs_class:
            raise CannotRepair(f"no class in {self.node.path} has the version in its name")
        return [_Word(word, word.rindex(old)) for word in sorted(found)]

    def _named(self, path: str, content: bytes, words: Sequence[_Word]) -> set[Span]:
        """Where code has one of the words. SQL stays as it is, byte by byte."""
        if not _CODE.search(path) or self.old.encode() not in content:
            return set()
        starts = {word.text: word.start for word in words}
        every = b"|".join(re.escape(word) for word in sorted(starts, key=len, reverse=True))
        found = set()
        for match in re.finditer(rb"(?<![\w$-])(?:%b)(?![\w$-])" % every, content) if every else ():
            start = match.start() + starts[match[0]]
            found.add((start, start + len(self.old), self.version))
        self._require_followed(path, content, found)
        return found

    def _require_followed(self, path: str, content: bytes, found: set[Span]) -> None:
        places = {start for start, _, _ in found}
        others = (
            [] if len(self.old) < _UNIQUE else re.finditer(rb"(?<!\d)%b(?!\d)" % self.old.encode(), content)
        )
        left = [match.start() for match in others if match.start() not in places]
        if path.endswith(".py"):
            left += places
        if left:
            line = content.count(b"\n", 0, min(left)) + 1
            raise CannotRepair(
                f"{path}:{line} names the version {self.old} too: change it by hand with the file's name"
            )

    def _held(self, content: bytes) -> Iterator[Span]:
        """Its version in a dump of the schema."""
        for match in _HELD.finditer(content):
            group = "listed" if match["listed"] else "highest"
            said = match[group].decode()
            if said.replace("_", "") == self.old:
                yield *match.span(group), self._shaped(said)

    def _shaped(self, said: str) -> str:
        """The version with underscores where the old one has them."""
        if len(self.old) != len(self.version):
            return self.version
        digits = iter(self.version)
        return "".join(one if one == "_" else next(digits) for one in said)
