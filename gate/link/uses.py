"""What a file needs of names, use by use, and whether one state of the tree provides it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gate.link import calls, fixtures
from gate.link.modules import Module
from gate.link.symbols import Bound, Missing, Unknown
from gate.model.source import Import, Reference, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.link.linker import Linker
    from gate.link.symbols import Symbol
    from gate.model.source import FileFacts

Kind = Literal["import", "name", "call", "patch", "fixture"]


@dataclass(frozen=True, slots=True)
class Use:
    """One thing a file needs. `key` is its text without its place: the same use in two versions has the same key."""

    kind: Kind
    key: tuple[object, ...]
    what: Import | Reference | Text

    @property
    def lines(self) -> tuple[int, ...]:
        """Where it stands."""
        return self.what.lines if isinstance(self.what, Reference) else (self.what.line,)

    @property
    def text(self) -> str:
        """The name as it is read."""
        match self.what:
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


def uses(facts: FileFacts) -> Iterator[Use]:
    """Everything a file needs; nothing of files that were not read in full."""
    if facts.parse != "full":
        return
    for one in facts.imports:
        yield Use("import", ("import", one.level, one.module, one.name), one)
    for ref in facts.references:
        if ref.via == "value":
            continue
        yield Use("name", ("name", ref.via, ref.owner, ref.chain), ref)
        if ref.call is not None:
            yield Use("call", ("call", ref.via, ref.owner, ref.chain, ref.call), ref)
    for text in facts.texts:
        yield Use(text.kind, (text.kind, text.text), text)


def answer(linker: Linker, path: str, use: Use) -> Answer:
    """What the linker's state says to a use in the file at `path`."""
    match use.what:
        case Import():
            return _plain(_imported(linker, path, use.what))
        case Text(kind="patch", text=text):
            return _plain(_patched(linker, path, text))
        case Text(text=text):
            return _fixture(linker, path, text)
        case Reference():
            if _root_fails(linker, path, use.what):
                return SILENT
            found = linker.reference(path, use.what)
            return _call(linker, found, use.what) if use.kind == "call" else _plain(found)


def _fixture(linker: Linker, path: str, name: str) -> Answer:
    """A fixture asked for by name."""
    found = fixtures.find(linker, path, name)
    if found is None:
        return Answer(missing=Missing(path, name))
    return Answer(fine=True, target=found) if isinstance(found, Bound) else SILENT


def _plain(found: Symbol) -> Answer:
    match found:
        case Missing():
            return Answer(missing=found, sure=found.sure)
        case Unknown(present=present):
            return Answer(fine=present)
        case Bound():
            return Answer(fine=True, target=found)
    return Answer(fine=True, module=True)


def _imported(linker: Linker, path: str, one: Import) -> Symbol:
    source = linker.source(path, one)
    if not isinstance(source, Module) or one.name in ("", "*"):
        return source
    return linker.attribute(source, one.name)


def _patched(linker: Linker, path: str, text: str) -> Symbol:
    """`a.b.c` as `mock.patch` imports it: the longest module, then attributes."""
    parts = text.split(".")
    for length in range(len(parts) - 1, 0, -1):
        module = linker.modules.absolute(".".join(parts[:length]), path)
        if module is not None:
            linker.hops.append((module.path or f"{module.folder}/", ""))
            return linker.along(module, parts[length:])
    return Missing(path, text, module=True)


def _root_fails(linker: Linker, path: str, one: Reference) -> bool:
    """Whether the import behind a chain fails already; that is told once, at the import."""
    name = one.chain.partition(".")[0].removesuffix("()")
    if one.via == "local":
        return isinstance(linker.local_root(path, name, one.owner), Missing)
    return (
        one.via == "module"
        and bool(linker.names(path).get(name))
        and isinstance(linker.binding(path, name), Missing)
    )


def _call(linker: Linker, found: Symbol, one: Reference) -> Answer:
    target = calls.callee(linker, found)
    if target is None or one.call is None:
        return SILENT
    bound, signature = target
    why = calls.mismatch(signature, one.call)
    return Answer(why=why, target=bound) if why else Answer(fine=True, target=bound)
