"""Changelogs in XML, by the events of expat: no entity is ever declared, and nothing outside is looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from gate.migrations.tools.liquibase.changeset import BESIDE, includes, part
from gate.model.migrations import Migration

if TYPE_CHECKING:
    from gate.model.migrations import Mark, MigrationPart

_ROOT = "databaseChangeLog"


class _OtherDocument(Exception):
    """The root is not that of a changelog."""


class _Unsafe(Exception):
    """The document declares what may swell. Its text says so."""


def read(content: bytes) -> Migration | None:
    """Return what a document says; None when it is no changelog."""
    reader = _ChangelogReader()
    try:
        reader.parser.Parse(content, True)
    except _OtherDocument:
        return None
    except _Unsafe as error:
        return Migration("none", str(error))
    except expat.ExpatError as error:
        if not reader.began:
            return None
        return Migration("none", f"it is no XML: {expat.ErrorString(error.code)} (line {error.lineno})")
    except (ValueError, LookupError):
        return Migration("none", "its encoding is unknown")
    return Migration("full", marks=tuple(reader.marks), parts=tuple(reader.parts))


@dataclass(slots=True)
class _Open:
    """The changeSet that is being read."""

    attributes: dict[str, str]
    line: int
    words: list[str] = field(default_factory=list)


class _ChangelogReader:
    """Collects the changeSets of one document."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.parts: list[MigrationPart] = []
        self.marks: list[Mark] = []
        self.began = False
        self._depth = 0
        self._beside = 0
        """The depth of the element that is left out; 0 when none is."""
        self._file = ""
        self._open: _Open | None = None

    def _entity(self, *_: object) -> None:
        raise _Unsafe("it declares entities")

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        name = element.rpartition(":")[2]
        self._depth += 1
        if self._depth == 1:
            if name != _ROOT:
                raise _OtherDocument
            self.began = True
            self._file = attributes.get("logicalFilePath", "")
        elif self._depth == 2:
            self._top(name, attributes)
        elif self._open and not self._beside:
            self._inner(self._open, name, attributes)

    def _top(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if name == "changeSet":
            self._open = _Open(attributes, line)
        self.marks += includes(name, attributes, line)

    def _inner(self, changeset: _Open, name: str, attributes: dict[str, str]) -> None:
        if self._depth == 3 and name in BESIDE:
            self._beside = self._depth
            if name == "validCheckSum":
                changeset.attributes["validCheckSum"] = "any"
            return
        values = (f"{key}={attributes[key]}" for key in sorted(attributes))
        changeset.words += (f"<{name}", *values, "")

    def _text(self, text: str) -> None:
        if self._open and not self._beside and self._depth > 2:
            self._open.words[-1] += text

    def _end(self, _: str) -> None:
        if self._open and self._depth == 2:
            changeset = part(self._open.attributes, self._open.words, self._open.line, self._file)
            self.parts += [changeset] if changeset else []
            self._open = None
        elif self._open and not self._beside:
            self._open.words += (">", "")
        if self._beside == self._depth:
            self._beside = 0
        self._depth -= 1
