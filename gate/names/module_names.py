"""What a module is called in messages and hints, in the words of the file that imports it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.source import Import

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gate.languages.base.uses import Use


def module_name(path: str) -> str:
    """Return the name of the module at `path` as people of its language write it."""
    language = registry.language(path)
    return language.module_name(path) if language is not None else path


def imported_as(use: Use) -> str:
    """Return the specifier by which an import names its module; "" for every use that is no such import."""
    return use.fact.module if isinstance(use.fact, Import) and use.fact.style == "specifier" else ""


def specifier(importer: str, path: str, like: str) -> str:
    """Return how the file `importer` imports the module at `path`, in the manner of the specifier `like`."""
    language = registry.language(importer)
    return language.specifier(importer, path, like) if language is not None else ""


def unwritten_root(dotted: str, imports: Sequence[Import]) -> str:
    """Return the part of a module's dotted name that its importer leaves out, with the dot after it.

    It is `backend.` of `backend.app.models` for `import app.models`.
    """
    absolute = [statement for statement in imports if statement.style == "dotted" and not statement.level]
    written = {statement.module for statement in absolute}
    written |= {f"{statement.module}.{statement.name}" for statement in absolute}
    parts = dotted.split(".")
    start = next((at for at in range(len(parts)) if ".".join(parts[at:]) in written), 0)
    return "".join(f"{part}." for part in parts[:start])
