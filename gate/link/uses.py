"""What a file needs of names, use by use, and what one state of the tree can say to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import msgspec

from gate.model.source import Import, Reference, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.link.symbols import Bound, Missing
    from gate.model.source import Export, FileFacts

Kind = Literal["import", "name", "call", "patch", "fixture"]


@dataclass(frozen=True, slots=True)
class Use:
    """One thing a file needs. `key` is its text without its place: the same use in two versions has the same key."""

    kind: Kind
    key: tuple[object, ...]
    what: Import | Reference | Text
    again: bool = False
    """Its file had it before, in fewer places."""

    @property
    def lines(self) -> tuple[int, ...]:
        """Where it stands."""
        return self.what.lines if isinstance(self.what, Reference) else (self.what.line,)

    @property
    def text(self) -> str:
        """The name as it is read."""
        match self.what:
            case Import(style="specifier", module=module, name=name):
                return name or module
            case Import(module=module, name=name, level=level):
                return f"{'.' * level}{module}{'.' if module and name else ''}{name}"
            case Reference(chain=chain, via=via):
                return f"self.{chain}" if via == "self" else f"super().{chain}" if via == "super" else chain
        return self.what.text


@dataclass(frozen=True, slots=True)
class Answer:
    """What a state says to a use: it is provided (`fine`), it fails (`missing` or `why`), or nobody can tell."""

    fine: bool = False
    missing: Missing | None = None
    target: Bound | None = None
    module: bool = False
    """What provides it is a module."""
    why: str = ""
    sure: bool = True

    @property
    def fails(self) -> bool:
        """Whether it surely does not work."""
        return self.missing is not None or bool(self.why)


SILENT = Answer()


def fresh(facts: FileFacts, old: FileFacts | None) -> list[Use]:
    """What a file needs and did not before, or now needs in more places."""
    known = _lines(old) if old is not None else {}
    now = _lines(facts)
    found = []
    for one in uses(facts):
        before = known.get(one.key)
        if before is None:
            found.append(one)
        elif isinstance(one.what, Reference) and len(now[one.key]) > len(before):
            added = tuple(line for line in one.lines if line not in before)
            what = msgspec.structs.replace(one.what, lines=added or one.lines)
            found.append(Use(one.kind, one.key, what, again=True))
    return found


def _lines(facts: FileFacts) -> dict[tuple[object, ...], set[int]]:
    """Where each use stands; one text can be several references, as it is called or not."""
    found: dict[tuple[object, ...], set[int]] = {}
    for one in uses(facts):
        found.setdefault(one.key, set()).update(one.lines)
    return found


def uses(facts: FileFacts) -> Iterator[Use]:
    """Everything a file needs; nothing of files that were not read in full."""
    if facts.parse != "full":
        return
    for one in facts.imports:
        yield Use("import", ("import", one.level, one.module, one.name), one)
    for export in facts.exported:
        yield from _exported(export)
    for ref in facts.references:
        if ref.via == "value":
            continue
        yield Use("name", ("name", ref.via, ref.owner, ref.chain), ref)
        if ref.call is not None:
            yield Use("call", ("call", ref.via, ref.owner, ref.chain, ref.call), ref)
    for text in facts.texts:
        yield Use(text.kind, (text.kind, text.text), text)


def _exported(one: Export) -> Iterator[Use]:
    """What a re-export needs of its module, as an import would."""
    if one.module:
        name = "" if one.local == "*" else one.local
        what = Import(one.module, name, "", 0, one.line, typing=one.typing, style="specifier")
        yield Use("import", ("import", 0, one.module, name), what)
