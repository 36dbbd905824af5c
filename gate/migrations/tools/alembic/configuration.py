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
_HERE = "%(here)s"
_SCRIPT = "%(script_location)s"
_WHERE = ("script_location", "version_locations")
_SEPARATORS = {"space": r" +", "newline": r"\n", "os": r"[:;]", ":": r":", ";": r";"}
_PLAIN = r"[, \n]+"
"""What parts locations where no separator is named."""
_TRUE = ("true", "yes", "on", "1", "t", "y")


class _Said(NamedTuple):
    """What one section says."""

    section: str
    script: str
    locations: tuple[str, ...]
    recursive: bool


def is_config(path: str) -> bool:
    """Whether a file of that path may be Alembic's configuration."""
    return path.endswith("pyproject.toml") or (path.endswith(".ini") and _INI.search(path) is not None)


def homes(configs: Mapping[str, bytes], folders: Collection[str]) -> tuple[Home, ...]:
    """The folders that configurations name, of those there are. Where several name one, the topmost counts."""
    found: dict[str, Home] = {}
    for path, content in named_folders.topmost(configs, _says):
        here = path.rpartition("/")[0]
        for said in _sections(path, content):
            for folder in _named(said, here, folders):
                found.setdefault(folder, Home(folder, f"{path}:{said.section}", said.recursive))
    return tuple(found.values())


def _says(path: str, content: bytes) -> bool:
    return path.endswith(".ini") or b"alembic" in content


def _named(said: _Said, here: str, folders: Collection[str]) -> Iterator[str]:
    default = (f"{said.script}/versions",) if said.script else ()
    for location in said.locations or default:
        folder = _folder(location.strip(), here, folders)
        if folder:
            yield folder


def _folder(said: str, here: str, folders: Collection[str]) -> str | None:
    if _HERE in said:
        return named_folders.exact(said.replace(_HERE, here or ".", 1), folders)
    if "%(" in said:
        return None
    said = said.replace("%%", "%")
    package, colon, below = said.partition(":")
    if colon:
        return named_folders.package(package, below, here, folders)
    return named_folders.relative(said, here, folders)


def _sections(path: str, content: bytes) -> Sequence[_Said]:
    try:
        text = content.decode("utf-8-sig")
        return list(_toml(text) if path.endswith(".toml") else _ini(text))
    except (configparser.Error, ValueError):
        return ()


def _ini(text: str) -> Iterator[_Said]:
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    parser.read_string(text)
    default = parser.defaults()
    for name in dict.fromkeys(("alembic", *parser.sections())):
        section = parser[name] if parser.has_section(name) else default
        script, said = ((section.get(key) or "") for key in _WHERE)
        if name == "alembic" or [script, said] != [default.get(key) or "" for key in _WHERE]:
            yield _environment(name, script or (_HERE if name == "alembic" else ""), said, section)


def _environment(name: str, script: str, said: str, section: Mapping[str, str]) -> _Said:
    separator = section.get("path_separator") or section.get("version_path_separator") or ""
    parts = map(str.strip, re.split(_SEPARATORS.get(separator.strip().lower(), _PLAIN), said))
    locations = (part.replace(_SCRIPT, script, 1) for part in parts if part)
    recursive = (section.get("recursive_version_locations") or "").lower() in _TRUE
    return _Said(name, script, tuple(locations), recursive)


def _toml(text: str) -> Iterator[_Said]:
    tool = toml.load(text).get("tool")
    said = tool.get("alembic") if isinstance(tool, dict) else None
    if not isinstance(said, dict) or not isinstance(said.get("script_location"), str):
        return
    listed = said.get("version_locations")
    locations = tuple(one for one in listed if isinstance(one, str)) if isinstance(listed, list) else ()
    recursive = str(said.get("recursive_version_locations")).lower() in _TRUE
    yield _Said("tool.alembic", said["script_location"], locations, recursive)


def placed(stores: Sequence[Store], homes: Sequence[Home]) -> Sequence[Store]:
    """The stores with the folders of one configuration in one, though nothing may name across."""
    groups: list[tuple[set[str], list[Store]]] = []
    for store in stores:
        names = {home.store for home in homes if any(map(home.includes, store.folders))}
        joined = [group for group in groups if group[0] & names]
        groups = [group for group in groups if group not in joined]
        members = [one for _, each in joined for one in each]
        groups.append((names.union(*(group[0] for group in joined)), [*members, store]))
    return sorted((_as_one(members) for _, members in groups), key=lambda one: one.name)


def _as_one(stores: Sequence[Store]) -> Store:
    first = min(stores, key=lambda one: (len(one.name), one.name))
    folders = tuple(sorted(folder for store in stores for folder in store.folders))
    return replace(first, folders=folders)
