"""Folders as configuration names them: relative to somewhere, or as packages. Only those that are there count."""

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


def topmost(configs: Mapping[str, bytes], says: Callable[[str, bytes], bool]) -> Iterator[tuple[str, bytes]]:
    """The configuration files that say something, the topmost first; those nobody wrote, or too many, are left out."""
    ordered = sorted(configs.items(), key=lambda one: (one[0].count("/"), one[0]))
    return islice((one for one in ordered if len(one[1]) <= _LARGEST and says(*one)), _MOST)


def relative(said: str, here: str, folders: Collection[str]) -> str | None:
    """A folder named from where the tool is started: that of the configuration, else the nearest one above it."""
    return _first((_joined(place, said) for place in _upwards(here)), folders)


def exact(said: str, folders: Collection[str]) -> str | None:
    """A folder named from the root of the repository."""
    return _first(iter((_joined("", said),)), folders)


def package(dotted: str, below: str, here: str, folders: Collection[str]) -> str | None:
    """The folder of a package, or one `below` it."""
    inside = "/".join((*dotted.split("."), below)) if below else dotted.replace(".", "/")
    places = (_joined(place, source) for place in _upwards(here) for source in _SOURCES)
    return _first((_joined(place, inside) for place in places), folders)


def _first(places: Iterator[str], folders: Collection[str]) -> str | None:
    return next((place for place in places if place in folders), None)


def _joined(folder: str, said: str) -> str:
    """Both as one path; absolute ones, and those that lead out of the repository, are in no tree."""
    if said.startswith("/"):
        return said
    path = normpath(f"{folder}/{said}" if folder else said or ".")
    return "" if path == "." else path


def _upwards(folder: str) -> Iterator[str]:
    """A folder and those above it; of a very deep one the nearest."""
    for _ in range(_DEEPEST):
        yield folder
        if not folder:
            return
        folder = folder.rpartition("/")[0]
