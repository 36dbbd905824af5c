"""The uses that a file makes of names, and the answers that one state of the tree gives to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gate.model.source import Definition, Import, Reference, StringReference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.symbols import Bound, Missing
    from gate.model.source import Export, FileFacts

UseKind = Literal[
    "import", "name", "call", "patch", "object", "model", "fixture", "export", "subclass", "override"
]

INHERITED: tuple[UseKind, ...] = ("subclass", "override")
"""Uses that a definition makes of what it inherits."""


@dataclass(frozen=True, slots=True)
class Use:
    """A name that a file needs, with the fact that says so.

    `key` is the text of the use without its position: the same use in two versions of a file has the same key. A class
    needs of its bases that they leave nothing for it to implement (`subclass`), a method that it fits the one it
    overrides (`override`).
    """

    kind: UseKind
    key: tuple[object, ...]
    fact: Import | Reference | StringReference | Definition

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines it stands on."""
        return self.fact.lines if isinstance(self.fact, Reference) else (self.fact.line,)

    @property
    def text(self) -> str:
        """The name as it stands in the file."""
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
    """What a state says to a use: it is provided (`fine`), it fails (`missing` or `why`), or that is unknown."""

    fine: bool = False
    missing: Missing | None = None
    target: Bound | None = None
    """The definition that provides it."""
    module: bool = False
    """Whether a module provides it."""
    outside: bool = False
    """Whether something outside the repository provides it."""
    doubt: str = ""
    """Why a use that is provided may yet fail, in words that follow the name."""
    why: str = ""
    """Why it fails although the name exists, in words that follow the name."""
    sure: bool = True
    """Of what is provided, whether it is surely this that is used; of what fails, whether nothing else provides it."""
    declared: bool = False
    """Whether it goes by the class a value is declared to be of; the value may be of a class derived from that."""
    postpones: bool = False
    """Whether it fails only where annotations are not evaluated until they are asked for."""

    @property
    def fails(self) -> bool:
        """Whether the use surely does not work."""
        return self.missing is not None or bool(self.why)


SILENT = Answer()
"""The answer where nothing is known."""


def uses(facts: FileFacts) -> Iterator[Use]:
    """Yield everything a file needs; nothing for a file that was not read in full."""
    if facts.parse != "full":
        return
    for binding in facts.imports:
        yield Use("import", ("import", binding.level, binding.module, binding.name), binding)
    for export in facts.exported:
        yield from _export_uses(export)
    for reference in facts.references:
        if reference.via == "value":
            continue
        # Whether an annotation is evaluated is up to the rest of the file.
        guard = "typing" if reference.guard == "annotation" else reference.guard
        key = (reference.via, reference.owner, reference.chain, guard)
        yield Use("name", ("name", *key), reference)
        if reference.call is not None:
            yield Use("call", ("call", *key, reference.call), reference)
    for string in facts.string_references:
        yield Use(string.kind, (string.kind, string.text), string)
    yield from _inheritance_uses(facts)


def _export_uses(export: Export) -> Iterator[Use]:
    """Yield what a re-export needs of its module, as an import would."""
    if export.module:
        name = "" if export.local == "*" else export.local
        binding = Import(export.module, name, "", 0, export.line, typing=export.typing, style="specifier")
        yield Use("import", ("import", 0, export.module, name), binding)


def _inheritance_uses(facts: FileFacts) -> Iterator[Use]:
    """Yield what classes and their methods need of what they inherit."""
    derived = {
        definition.path for definition in facts.definitions if definition.kind == "class" and definition.bases
    }
    for definition in facts.definitions if derived else ():
        if definition.kind == "class" and definition.bases:
            yield Use("subclass", ("subclass", definition.path, definition.bases), definition)
        elif definition.kind == "function" and definition.scope in derived:
            key = ("override", definition.path, definition.signature, definition.decorators)
            yield Use("override", key, definition)
