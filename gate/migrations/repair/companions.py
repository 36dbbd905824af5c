"""What goes with a version: the files of one migration, and the words in code that are made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gate.migrations.repair import spans as changes
from gate.migrations.tools import tool
from gate.model.repairs import CannotRepair

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.migrations.repair.situation import Situation
    from gate.migrations.repair.spans import Span, Spans
    from gate.migrations.tools.base.tool import Tool
    from gate.model.migrations import Key, Node, Store

_CODE = re.compile(r"\.(?:[cm]?[jt]sx?|go|rb|exs?|java|kts?|coffee|py)$")
"""What may name a migration and is understood well enough to follow it there."""
_UNIQUE = 10
"""A number of so many digits means the version wherever it stands."""
_DUMPED = re.compile(rb"\('(?P<listed>\d{1,20})'\)|\bversion:\s*(?P<highest>\d[\d_]{0,25})")
"""Versions in a dump: of `INSERT INTO schema_migrations`, and of Rails' `Schema.define(version: ...)`."""


@dataclass(slots=True)
class CompanionChanges:
    """New paths by old ones, and what changes in files."""

    paths: dict[str, str] = field(default_factory=dict)
    spans: Spans = field(default_factory=changes.no_spans)


@dataclass(frozen=True, slots=True)
class _Word:
    """A name in code, with the version from `start` on."""

    text: bytes
    start: int


def companion_changes(situation: Situation, versions: Mapping[Key, str]) -> CompanionChanges:
    """Return what changes once migrations have these versions, by the keys they have at the stream's tip.

    Raises:
        CannotRepair: code names a version in a way that nobody could follow.
    """
    companions = CompanionChanges()
    for node in situation.added:
        if node.key in versions:
            _Renumbered(situation, node, versions[node.key]).add_to(companions)
    return companions


@dataclass(frozen=True, slots=True)
class _Renumbered:
    """A migration that gets another version."""

    situation: Situation
    node: Node
    version: str

    @property
    def store(self) -> Store:
        """Its store."""
        return self.situation.store_of(self.node)

    @property
    def tool(self) -> Tool:
        """Its tool."""
        return tool(self.store.tool)

    @property
    def old(self) -> str:
        """The version it has."""
        return self.tool.version_of(self.node.path)

    def add_to(self, companions: CompanionChanges) -> None:
        """Add everything that goes with the version."""
        contents, new = self.situation.contents, self.situation.new
        paths = {self.node.path: self.tool.renumbered(self.node.path, self.version)}
        paths |= dict(self.tool.companions(self.node.path, self.version, new))
        absent = next((path for path in paths if path not in contents), None)
        if absent is not None:
            raise CannotRepair(f"{absent} is not the same file at the stream's tip")
        companions.paths |= paths
        dumps = self.tool.derived_files(self.store)
        words = [word for path in paths for word in self._words(path)] + self._classes()
        twin = self._twin(paths)
        for path, content in contents.items():
            spans = self._mentions(path, content, words) if path not in dumps else set()
            if spans and twin:
                raise CannotRepair(f"{path} names {self.node.id}, which may be {twin} too: change it by hand")
            companions.spans[path] |= spans
        for path in dumps:
            companions.spans[path] |= set(self._dumped(contents.get(path, b"")))

    def _twin(self, paths: Mapping[str, str]) -> str:
        """Return a new file elsewhere that has the name of one of these paths, "" for none."""
        if self.tool.own_folders:
            return ""
        names = {path.rpartition("/")[2] for path in paths}
        twins = (path for path in self.situation.new if path not in paths)
        return min((path for path in twins if path.rpartition("/")[2] in names), default="")

    def _words(self, path: str) -> Iterator[_Word]:
        """Yield a file's name, with and without what it ends in; a short number alone may be of anything."""
        in_folder = self.tool.own_folders and path == self.node.path
        name = self.node.id if in_folder else path.rpartition("/")[2]
        if len(self.old) < _UNIQUE and not name.partition(self.old)[2].startswith(("_", "-")):
            return
        while name and name != self.old:
            if self.old in name:
                yield _Word(name.encode("utf-8", "surrogateescape"), name.index(self.old))
            name = name.rpartition(".")[0]

    def _classes(self) -> list[_Word]:
        """Return the names of classes in the migration that have the version in them."""
        pattern = self.tool.class_pattern
        if not pattern or not _CODE.search(self.node.path):
            return []
        content, old = self.situation.contents[self.node.path], self.old.encode()
        words = {match["word"] for match in re.finditer(pattern % re.escape(old), content)}
        if not words and self.tool.needs_class:
            raise CannotRepair(f"no class in {self.node.path} has the version in its name")
        return [_Word(word, word.rindex(old)) for word in sorted(words)]

    def _mentions(self, path: str, content: bytes, words: Sequence[_Word]) -> set[Span]:
        """Return where code has one of the words. SQL stays as it is, byte by byte."""
        if not _CODE.search(path) or self.old.encode() not in content:
            return set()
        starts = {word.text: word.start for word in words}
        every = b"|".join(re.escape(word) for word in sorted(starts, key=len, reverse=True))
        spans = set()
        for match in re.finditer(rb"(?<![\w$-])(?:%b)(?![\w$-])" % every, content) if every else ():
            start = match.start() + starts[match[0]]
            spans.add((start, start + len(self.old), self.version))
        self._require_followed(path, content, spans)
        return spans

    def _require_followed(self, path: str, content: bytes, spans: set[Span]) -> None:
        """Raise CannotRepair where code has the version in a way that is not one of the words, or Python has it."""
        places = {start for start, _, _ in spans}
        old = self.old.encode()
        every = [] if len(old) < _UNIQUE else re.finditer(rb"(?<!\d)%b(?!\d)" % old, content)
        left = [match.start() for match in every if match.start() not in places]
        if path.endswith(".py"):
            left += places
        if left:
            line = content.count(b"\n", 0, min(left)) + 1
            raise CannotRepair(
                f"{path}:{line} names the version {self.old} too: change it by hand with the file's name"
            )

    def _dumped(self, content: bytes) -> Iterator[Span]:
        """Yield the version in a dump of the schema."""
        for match in _DUMPED.finditer(content):
            group = "listed" if match["listed"] else "highest"
            text = match[group].decode()
            if text.replace("_", "") == self.old:
                yield *match.span(group), self._shaped(text)

    def _shaped(self, text: str) -> str:
        """Return the new version with underscores where the old one has them."""
        if len(self.old) != len(self.version):
            return self.version
        digits = iter(self.version)
        return "".join(character if character == "_" else next(digits) for character in text)
