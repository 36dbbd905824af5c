"""What a producer did to the definition that a failing use depends on."""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from gate.languages import registry
from gate.languages.base.changes import FileChanges
from gate.names.failing_use import MISFITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gate.languages.base.symbols import Dependency
    from gate.model.source import Definition
    from gate.names.failing_use import FailingUse, Kind
    from gate.names.stream_changes import StreamChanges

_NO_CHANGES = FileChanges()
_PAIRS: tuple[Callable[[FileChanges], Mapping[str, tuple[Definition, Definition]]], ...] = (
    attrgetter("signature"),
    attrgetter("body"),
    attrgetter("declared_type"),
)


class Culprit(NamedTuple):
    """The base's file that the producer changes, and a definition in it, as it was and as it is.

    Without `old`, it is the file or an import in it that changes; without `new`, the definition is removed.
    """

    path: str
    old: Definition | None = None
    new: Definition | None = None


def find_culprit(failing: FailingUse, kind: Kind) -> Culprit:
    """Return what the producer did to what a use depends on; `kind` is the failure's.

    The most telling comes first: a removed definition, an export, a changed definition, a removed file, an import.
    """
    if kind == "undefined" and not registry.is_compiled(failing.path):
        return _in_own_file(failing)
    culprits = chain(
        _inherited(failing) if kind in ("unimplemented", "override") else (),
        removed_definitions(failing),
        _unexported(failing) if kind not in MISFITS else (),
        _changed_definitions(failing) if kind != "module" else (),
        _removed_files(failing),
        _changed_imports(failing),
    )
    return next(culprits, None) or Culprit(
        min(failing.resolved.dependencies, default=(failing.resolved.path, ""))[0]
    )


def removed_definitions(failing: FailingUse) -> Iterator[Culprit]:
    """Yield the definitions that the use depends on and the producer removes: the missing one, then the innermost."""

    def rank(dependency: Dependency) -> tuple[bool, int, Dependency]:
        name = dependency[1]
        return name.rpartition(".")[2] != failing.missing_name, -len(name), dependency

    for path, name in sorted(failing.resolved.dependencies, key=rank):
        removed = _changes(failing.producer, path).removed.get(name)
        if removed is not None:
            yield Culprit(path, removed)


def _in_own_file(failing: FailingUse) -> Culprit:
    """Return what the producer removes from the file of the use itself: a definition, else an import."""
    missing = failing.answer.missing
    assert missing is not None
    path = failing.producer.old_path(missing.where)
    return Culprit(path, _changes(failing.producer, path).removed.get(missing.name))


def _inherited(failing: FailingUse) -> Iterator[Culprit]:
    """Yield the member that the producer adds or changes in a base class; a new one is both the old and the new."""
    target = failing.answer.target
    if target is None:
        return
    path, name = failing.producer.old_path(target.path), target.definition.path
    changes = _changes(failing.producer, path)
    if name in changes.added:
        yield Culprit(path, changes.added[name], changes.added[name])
    pair = changes.signature.get(name) or changes.body.get(name)
    if pair is not None:
        yield Culprit(path, *pair)


def _unexported(failing: FailingUse) -> Iterator[Culprit]:
    for path, name in sorted(failing.resolved.dependencies):
        if name in _changes(failing.producer, path).removed_exports:
            yield Culprit(path)


def _changed_definitions(failing: FailingUse) -> Iterator[Culprit]:
    """Yield definitions by how much changes: the signature, the body, the declared type; the innermost first."""
    dependencies = sorted(
        failing.resolved.dependencies, key=lambda dependency: (-len(dependency[1]), dependency)
    )
    for pairs_of in _PAIRS:
        for path, name in dependencies:
            pair = pairs_of(_changes(failing.producer, path)).get(name)
            if pair is not None:
                yield Culprit(path, *pair)


def _removed_files(failing: FailingUse) -> Iterator[Culprit]:
    """Yield the removed files that the use depends on, its own last."""
    own_path = failing.resolved.path
    paths = {path for path, _ in failing.resolved.dependencies}
    for path in sorted(paths, key=lambda path: (path == own_path, path)):
        if failing.producer.changed_blobs.get(path.rstrip("/")) == "":
            yield Culprit(path)


def _changed_imports(failing: FailingUse) -> Iterator[Culprit]:
    """Yield the files that the use depends on as a whole, or by an import which the producer removes."""
    for path, name in sorted(failing.resolved.dependencies):
        changes = failing.producer.file_changes.get(path)
        if changes is not None and (not name or name in changes.removed_imports):
            yield Culprit(path)


def _changes(producer: StreamChanges, path: str) -> FileChanges:
    return producer.file_changes.get(path, _NO_CHANGES)
