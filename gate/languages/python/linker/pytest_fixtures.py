"""Where pytest finds a fixture: the test's own file, then every `conftest.py` above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import UNKNOWN, Bound
from gate.languages.base.tree import folders

if TYPE_CHECKING:
    from gate.languages.base.symbols import Unknown
    from gate.languages.python.linker.resolve import PythonLinker


def find(linker: PythonLinker, path: str, name: str) -> Bound | Unknown | None:
    """The fixture of that name as a test in this file gets it; None when no file of the repository defines it.

    pytest's own fixtures and those of plugins are None in every state, so they never count as lost.
    """
    for place in (path, *(f"{folder}/conftest.py" if folder else "conftest.py" for folder in folders(path))):
        if place not in linker.modules.tree:
            continue
        facts = linker.facts(place)
        if facts.parse != "full":
            return UNKNOWN
        for one in facts.definitions:
            if one.fixture == name:
                linker.dependencies.append((place, one.path))
                return Bound(place, one)
        if name in linker.names(place) or any(each.name == "*" for each in facts.imports):
            return UNKNOWN
        if any(one.name == "pytest_plugins" for one in facts.definitions):
            return UNKNOWN
    return None
