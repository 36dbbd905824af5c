"""What a producer calls a name or a module now, in the words of the file that needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gate.languages import registry
from gate.languages.base.changes import successor_of
from gate.names.failing_use import MISFITS
from gate.names.module_names import imported_as, module_name, specifier, unwritten_root

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.model.names import NameChange
    from gate.model.source import Definition
    from gate.names.culprits import Culprit
    from gate.names.failing_use import FailingUse, Kind


class Successor(NamedTuple):
    """The new name, and how the old one turned into it."""

    name: str
    change: NameChange


_NONE = Successor("", "")


def find_successor(failing: FailingUse, kind: Kind, culprit: Culprit) -> Successor:
    """Return what the producer calls now what a use needs; `kind` is the failure's."""
    if kind == "module":
        return _of_module(failing, culprit.path)
    return _NONE if kind in MISFITS else _of_name(failing, culprit.path, culprit.old)


def _of_name(failing: FailingUse, path: str, removed: Definition | None) -> Successor:
    """Return the new name of what the base has as `removed`, or exports, in the file at `path`."""
    return (
        _renamed(failing, path, removed)
        or (_moved(failing, path, removed) if removed is not None else None)
        or _NONE
    )


def _renamed(failing: FailingUse, path: str, removed: Definition | None) -> Successor | None:
    changes = failing.producer.file_changes.get(path)
    if changes is None:
        return None
    if removed is not None:
        definition = successor_of(removed, changes)
        return Successor(definition.path, "renamed") if definition is not None else None
    exports = (
        changes.removed_exports[name]
        for file, name in failing.resolved.dependencies
        if file == path and name in changes.removed_exports
    )
    name = next(exports, "")
    return Successor(name, "renamed") if name else None


def _moved(failing: FailingUse, path: str, removed: Definition) -> Successor | None:
    """Return the other module to which the producer adds a definition of that name."""
    for new_path, changes in failing.producer.file_changes.items():
        added = changes.added.get(removed.path)
        if new_path != path and added is not None and added.kind == removed.kind:
            return Successor(_name_of(failing, path, new_path), "moved")
    return None


def _of_module(failing: FailingUse, path: str) -> Successor:
    """Return the new name of the module at `path`, or the one by which a file that itself moved imports it now."""
    new_path = failing.producer.new_path(path)
    if path == failing.resolved.path:
        return _of_importer(failing, path, new_path)
    if new_path != path:
        return Successor(_name_of(failing, path, new_path), "renamed")
    if registry.names_package(path):
        return _of_package(failing, path)
    return _NONE


def _of_importer(failing: FailingUse, path: str, new_path: str) -> Successor:
    """Return how the importing file, which moved to `new_path`, names the module it depends on."""
    modules = sorted(
        file for file, name in failing.resolved.dependencies if not name and file not in (path, f"{path}/")
    )
    if not modules or new_path == path:
        return _NONE
    module = failing.producer.new_path(modules[0])
    return Successor(specifier(new_path, module, failing.resolved.use.text), "moved")


def _of_package(failing: FailingUse, path: str) -> Successor:
    """Return the specifier with the new name of the package whose manifest is at `path`."""
    changes = failing.producer.file_changes.get(path)
    old = _package_name(changes.removed_settings) if changes is not None else ""
    new = _package_name(failing.merged.facts(path).settings)
    text = imported_as(failing.resolved.use)
    return Successor(text.replace(old, new, 1), "renamed") if old and new and text.startswith(old) else _NONE


def _package_name(settings: Iterable[tuple[str, str]]) -> str:
    return next((value for key, value in settings if key == "name"), "")


def _name_of(failing: FailingUse, old_path: str, new_path: str) -> str:
    """Return how the file of the use names the module at `new_path`, by the way it names the one at `old_path`."""
    written = imported_as(failing.resolved.use)
    if written.startswith("."):
        return specifier(failing.resolved.path, new_path, written)
    return module_name(new_path).removeprefix(unwritten_root(module_name(old_path), failing.file.imports))
