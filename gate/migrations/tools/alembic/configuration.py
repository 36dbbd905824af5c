"""Where Alembic's configuration says revisions lie: `alembic.ini`, and `[tool.alembic]` of `pyproject.toml`.

How Alembic reads them: `alembic/config.py` and `ScriptDirectory.from_config`. A section of `alembic.ini` with a
`script_location` is an environment of its own (`alembic -n SECTION`). Flask-Migrate keeps an `alembic.ini` without one
in the environment itself. Of the parser's substitutions `%(here)s` and `%(script_location)s` are known, each once in a
value: nothing can grow.
"""

from __future__ import annotations

import configparser
import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from gate.documents import toml
from gate.migrations.tools.base import named_folders
from gate.model.migrations import Home

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.model.migrations import Store

_INI = re.compile(r"(^|/)[^/]*alembic[^/]*\.ini$", re.IGNORECASE)
_MAIN = "alembic"
"""The section that counts without being asked for."""
_HERE = "%(here)s"
_SCRIPT = "%(script_location)s"
_WHERE = ("script_location", "version_locations")
_SEPARATORS = {"space": r" +", "newline": r"\n", "os": r"[:;]", ":": r":", ";": r";"}
_PLAIN = r"[, \n]+"
"""What parts locations where no separator is named."""
_TRUE = ("true", "yes", "on", "1", "t", "y")


class _Section(NamedTuple):
    """Where one section says that revisions lie."""

    name: str
    script: str
    locations: tuple[str, ...]
    recursive: bool


def is_config(path: str) -> bool:
    """Return whether a file of that path may be Alembic's configuration."""
    return path.endswith("pyproject.toml") or (path.endswith(".ini") and _INI.search(path) is not None)


def homes(configs: Mapping[str, bytes], folders: Collection[str]) -> tuple[Home, ...]:
    """Return the folders that configurations name, of those that exist. Where several name one, the topmost counts."""
    by_folder: dict[str, Home] = {}
    for path, content in named_folders.topmost(configs, _matters):
        here = path.rpartition("/")[0]
        for section in _sections(path, content):
            for folder in _folders(section, here, folders):
                by_folder.setdefault(folder, Home(folder, f"{path}:{section.name}", section.recursive))
    return tuple(by_folder.values())


def _matters(path: str, content: bytes) -> bool:
    return path.endswith(".ini") or b"alembic" in content


def _folders(section: _Section, here: str, folders: Collection[str]) -> Iterator[str]:
    default = (f"{section.script}/versions",) if section.script else ()
    for location in section.locations or default:
        folder = _folder(location.strip(), here, folders)
        if folder:
            yield folder


def _folder(location: str, here: str, folders: Collection[str]) -> str | None:
    if _HERE in location:
        return named_folders.exact(location.replace(_HERE, here or ".", 1), folders)
    if "%(" in location:
        return None
    location = location.replace("%%", "%")
    package, colon, below = location.partition(":")
    if colon:
        return named_folders.package(package, below, here, folders)
    return named_folders.relative(location, here, folders)


def _sections(path: str, content: bytes) -> Sequence[_Section]:
    try:
        text = content.decode("utf-8-sig")
        return list(_toml(text) if path.endswith(".toml") else _ini(text))
    except (configparser.Error, ValueError):
        return ()


def _ini(text: str) -> Iterator[_Section]:
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    parser.read_string(text)
    default = parser.defaults()
    for name in dict.fromkeys((_MAIN, *parser.sections())):
        section = parser[name] if parser.has_section(name) else default
        script, locations = ((section.get(key) or "") for key in _WHERE)
        if name == _MAIN or [script, locations] != [default.get(key) or "" for key in _WHERE]:
            yield _section(name, script or (_HERE if name == _MAIN else ""), locations, section)


def _section(name: str, script: str, text: str, values: Mapping[str, str]) -> _Section:
    """Return a section; `text` holds its locations, `values` all it says."""
    separator = values.get("path_separator") or values.get("version_path_separator") or ""
    parts = map(str.strip, re.split(_SEPARATORS.get(separator.strip().lower(), _PLAIN), text))
    locations = (part.replace(_SCRIPT, script, 1) for part in parts if part)
    recursive = (values.get("recursive_version_locations") or "").lower() in _TRUE
    return _Section(name, script, tuple(locations), recursive)


def _toml(text: str) -> Iterator[_Section]:
    tool = toml.load(text).get("tool")
    table = tool.get("alembic") if isinstance(tool, dict) else None
    if not isinstance(table, dict) or not isinstance(table.get("script_location"), str):
        return
    values = table.get("version_locations")
    locations = tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()
    recursive = str(table.get("recursive_version_locations")).lower() in _TRUE
    yield _Section("tool.alembic", table["script_location"], locations, recursive)


def placed(stores: Sequence[Store], homes: Sequence[Home]) -> Sequence[Store]:
    """Return the stores with the folders of one configuration in one, though nothing may name across."""
    groups: list[tuple[set[str], list[Store]]] = []
    for store in stores:
        names = {home.store for home in homes if any(map(home.includes, store.folders))}
        joined = [group for group in groups if group[0] & names]
        groups = [group for group in groups if group not in joined]
        members = [member for _, group in joined for member in group]
        groups.append((names.union(*(group[0] for group in joined)), [*members, store]))
    return sorted((_as_one(members) for _, members in groups), key=lambda store: store.name)


def _as_one(stores: Sequence[Store]) -> Store:
    first = min(stores, key=lambda store: (len(store.name), store.name))
    folders = tuple(sorted(folder for store in stores for folder in store.folders))
    return replace(first, folders=folders)
