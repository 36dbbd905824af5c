"""Where pytest finds a fixture: the test's own file, then every `conftest.py` above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import UNKNOWN, Bound
from gate.languages.base.tree import folders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.symbols import Unknown
    from gate.languages.python.linker.names import PythonNames


def find(linker: PythonNames, path: str, name: str) -> Bound | Unknown | None:
    """Return the fixture of that name as a test in this file gets it; None when no file of the repository defines it.

    pytest's own fixtures and those of plugins are None in every state, so they are never lost.
    """
    for place in _searched(path):
        if place not in linker.modules.tree:
            continue
        facts = linker.facts(place)
        if facts.parse != "full":
            return UNKNOWN
        for definition in facts.definitions:
            if definition.fixture == name:
                linker.dependencies.append((place, definition.path))
                return Bound(place, definition)
        if name in linker.names(place) or any(binding.name == "*" for binding in facts.imports):
            return UNKNOWN
        if any(definition.name == "pytest_plugins" for definition in facts.definitions):
            return UNKNOWN
    return None


def _searched(path: str) -> Iterator[str]:
    """Yield the files that may define a fixture for a test, nearest first."""
    yield path
    for folder in folders(path):
        yield f"{folder}/conftest.py" if folder else "conftest.py"
