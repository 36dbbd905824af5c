"""Folders as configuration names them: relative to somewhere, or as packages. Only those that exist count."""

from __future__ import annotations

from itertools import islice
from posixpath import normpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

_SOURCES = ("", "src")
"""Where packages are found, below the folder of the configuration or one above it."""
_DEEPEST = 32
_LARGEST = 1 << 16
"""Bytes of a configuration that people may have written."""
_MOST = 20
"""Configurations that are parsed."""


def topmost(
    configs: Mapping[str, bytes], matters: Callable[[str, bytes], bool]
) -> Iterator[tuple[str, bytes]]:
    """Yield the configuration files that matter, the topmost first; generated ones, or too many, are left out."""
    ordered = sorted(configs.items(), key=lambda item: (item[0].count("/"), item[0]))
    small = ((path, content) for path, content in ordered if len(content) <= _LARGEST)
    return islice((item for item in small if matters(*item)), _MOST)


def relative(name: str, here: str, folders: Collection[str]) -> str | None:
    """Return a folder named from where the tool is started: the configuration's folder, else the nearest above it."""
    return _first((_joined(place, name) for place in _upwards(here)), folders)


def exact(name: str, folders: Collection[str]) -> str | None:
    """Return a folder named from the root of the repository."""
    return _first(iter((_joined("", name),)), folders)


def package(dotted: str, below: str, here: str, folders: Collection[str]) -> str | None:
    """Return the folder of a package, or one `below` it, which a configuration in the folder `here` names."""
    inside = "/".join((*dotted.split("."), below)) if below else dotted.replace(".", "/")
    places = (_joined(place, source) for place in _upwards(here) for source in _SOURCES)
    return _first((_joined(place, inside) for place in places), folders)


def _first(places: Iterator[str], folders: Collection[str]) -> str | None:
    return next((place for place in places if place in folders), None)


def _joined(folder: str, name: str) -> str:
    """Return both as one path; absolute ones, and those that lead out of the repository, are in no tree."""
    if name.startswith("/"):
        return name
    path = normpath(f"{folder}/{name}" if folder else name or ".")
    return "" if path == "." else path


def _upwards(folder: str) -> Iterator[str]:
    """Yield a folder and those above it; of a very deep one the nearest."""
    for _ in range(_DEEPEST):
        yield folder
        if not folder:
            return
        folder = folder.rpartition("/")[0]
