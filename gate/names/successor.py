"""What became of a name or a module, in the words of the file that needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gate.languages import registry
from gate.languages.base.changes import successor_of
from gate.model.source import Import

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.languages.base.uses import Use
    from gate.languages.state import State
    from gate.model.source import Definition
    from gate.names.meeting import Rest
    from gate.names.states import Work

How = Literal["", "renamed", "moved"]


def name(
    producer: Work, rest: Rest, where: str, gone: Definition | None, imports: Sequence[Import]
) -> tuple[str, How]:
    """What the producer calls now what it had as `gone` in `where`; `imports` are those of the file that needs it."""
    own = producer.changed.get(where)
    if own is not None:
        same = successor_of(gone, own) if gone is not None else None
        exports = (
            own.removed_exports[dependency]
            for path, dependency in rest.dependencies
            if path == where and dependency in own.removed_exports
        )
        now = same.path if same is not None else next(exports, "") if gone is None else ""
        if now:
            return now, "renamed"
    if gone is None:
        return "", ""
    for path, changed in producer.changed.items():
        there = changed.added.get(gone.path)
        if path != where and there is not None and there.kind == gone.kind:
            return _seen(rest, where, path, imports), "moved"
    return "", ""


def module(
    producer: Work, rest: Rest, where: str, together: State, imports: Sequence[Import]
) -> tuple[str, How]:
    """The new name of the module `where`, or how a file that has moved itself names it now."""
    if where == rest.path:
        there = sorted(
            path for path, name in rest.dependencies if not name and path not in (where, f"{where}/")
        )
        now = next((producer.new_paths.get(path, path) for path in there), "")
        moved = producer.new_paths.get(where)
        return (_specifier(moved, now, rest.use.text), "moved") if now and moved else ("", "")
    moved = producer.new_paths.get(where)
    if moved:
        return _seen(rest, where, moved, imports), "renamed"
    if where.endswith("package.json"):
        old = next((value for key, value in producer.changed[where].removed_settings if key == "name"), "")
        new = next((value for key, value in together.facts(where).settings if key == "name"), "")
        text = imported_as(rest.use)
        return (text.replace(old, new, 1), "renamed") if old and new and text.startswith(old) else ("", "")
    return "", ""


def _seen(rest: Rest, where: str, path: str, imports: Sequence[Import]) -> str:
    """The module at `path` as the file that needs it would name it, by the names it gives the one that was `where`."""
    if imported_as(rest.use).startswith("."):
        return _specifier(rest.path, path, imported_as(rest.use))
    return module_name(path).removeprefix(_root(module_name(where), imports))


def _specifier(importer: str, path: str, like: str) -> str:
    language = registry.language(importer)
    return language.specifier(importer, path, like) if language is not None else ""


def _root(dotted: str, imports: Sequence[Import]) -> str:
    """What of a module's name its importer leaves out: `backend.` of `backend.app.models` for `import app.models`."""
    plain = [one for one in imports if one.style == "dotted" and not one.level]
    known = {one.module for one in plain} | {f"{one.module}.{one.name}" for one in plain if one.name}
    parts = dotted.split(".")
    at = next((at for at in range(len(parts)) if ".".join(parts[at:]) in known), 0)
    return "".join(f"{part}." for part in parts[:at])


def imported_as(use: Use) -> str:
    """What an import of JavaScript names its module by, "" for every other use."""
    return use.fact.module if isinstance(use.fact, Import) and use.fact.style == "specifier" else ""


def module_name(path: str) -> str:
    """A module as people of its language name it."""
    language = registry.language(path)
    return language.module_name(path) if language is not None else path
