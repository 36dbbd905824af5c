"""What a file needs of names, use by use, and what one state of the tree can say to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gate.model.source import Definition, Import, Reference, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.symbols import Bound, Missing
    from gate.model.source import Export, FileFacts

Kind = Literal[
    "import", "name", "call", "patch", "object", "model", "fixture", "export", "subclass", "override"
]

INHERITED: tuple[Kind, ...] = ("subclass", "override")
"""Uses a definition makes of what it inherits."""


@dataclass(frozen=True, slots=True)
class Use:
    """One thing a file needs. `key` is its text without its place: the same use in two versions has the same key.

    A class needs of its bases that they leave nothing to it (`subclass`), a method that it fits what it overrides.
    """

    kind: Kind
    key: tuple[object, ...]
    fact: Import | Reference | Text | Definition

    @property
    def lines(self) -> tuple[int, ...]:
        """Where it stands."""
        return self.fact.lines if isinstance(self.fact, Reference) else (self.fact.line,)

    @property
    def text(self) -> str:
        """The name as it is read."""
        match self.fact:
            case Import(style="specifier", module=module, name=name):
                return name or module
            case Import(module=module, name=name, level=level):
                return f"{'.' * level}{module}{'.' if module and name else ''}{name}"
            case Reference(chain=chain, via=via):
                return f"self.{chain}" if via == "self" else f"super().{chain}" if via == "super" else chain
            case Definition(path=path):
                return path
        return self.fact.text


@dataclass(frozen=True, slots=True)
class Answer:
    """What a state says to a use: it is provided (`fine`), it fails (`missing` or `why`), or nobody can tell.

    `sure`: of what is provided, that it is this and is put to use; of what fails, that nothing else provides it.
    """

    fine: bool = False
    missing: Missing | None = None
    target: Bound | None = None
    module: bool = False
    """What provides it is a module."""
    outside: bool = False
    """What provides it is not of the repository."""
    doubt: str = ""
    """Why a use that is provided may yet fail, as `why`."""
    why: str = ""
    sure: bool = True
    declared: bool = False
    """It goes by what a value is declared to be of; it may be of a class derived from that."""
    postpones: bool = False
    """What fails does so where annotations are not evaluated before somebody asks for them."""

    @property
    def fails(self) -> bool:
        """Whether it surely does not work."""
        return self.missing is not None or bool(self.why)


SILENT = Answer()


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
        # Whether an annotation is evaluated is up to the rest of the file.
        guard = "typing" if ref.guard == "annotation" else ref.guard
        yield Use("name", ("name", ref.via, ref.owner, ref.chain, guard), ref)
        if ref.call is not None:
            yield Use("call", ("call", ref.via, ref.owner, ref.chain, guard, ref.call), ref)
    for text in facts.texts:
        yield Use(text.kind, (text.kind, text.text), text)
    yield from _inherited(facts)


def _exported(one: Export) -> Iterator[Use]:
    """What a re-export needs of its module, as an import would."""
    if one.module:
        name = "" if one.local == "*" else one.local
        what = Import(one.module, name, "", 0, one.line, typing=one.typing, style="specifier")
        yield Use("import", ("import", 0, one.module, name), what)


def _inherited(facts: FileFacts) -> Iterator[Use]:
    """What classes and their methods need of what they inherit."""
    derived = {one.path for one in facts.definitions if one.kind == "class" and one.bases}
    for one in facts.definitions if derived else ():
        if one.kind == "class" and one.bases:
            yield Use("subclass", ("subclass", one.path, one.bases), one)
        elif one.kind == "function" and one.scope in derived:
            yield Use("override", ("override", one.path, one.signature, one.decorators), one)
