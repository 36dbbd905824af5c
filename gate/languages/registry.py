"""Which language or data format reads a path.

Languages are the folders beside this file. Their answers load at once, their readers and linkers when one is needed.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING, cast

from gate import documents, languages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.documents import FactsReader
    from gate.languages.base.language import Language

LARGEST = 1 << 20
"""Files with more bytes are generated or data; they are not read for names."""
TOO_LARGE = "it has more than 1 MB"
"""Why such a file is not read; the only reason that can be true of a merge alone without being its fault."""
_SHARED = "base"
"""The folder beside the languages that holds what several use."""
_UNREAD = {
    ".rb": "Ruby", ".php": "PHP", ".c": "C", ".h": "C", ".cc": "C++", ".cpp": "C++", ".hpp": "C++", ".cs": "C#",
    ".kt": "Kotlin", ".swift": "Swift", ".scala": "Scala", ".ex": "Elixir", ".exs": "Elixir", ".vue": "Vue",
    ".svelte": "Svelte", ".ipynb": "notebook",
}  # fmt: skip
"""By the ending of a path: the titles of languages whose names are not read."""


@cache
def catalog() -> Mapping[str, Language]:
    """Return the languages by their names, installed or not."""
    folders = (
        module.name for module in iter_modules(languages.__path__) if module.ispkg and module.name != _SHARED
    )
    return {name: import_module(f"{languages.__name__}.{name}.language").LANGUAGE for name in sorted(folders)}


@cache
def _languages_by_ending() -> Mapping[str, Language]:
    """Return the languages by the endings, whole names and patterns of names of the files they read."""
    return {end: language for language in catalog().values() for end in language.readers}


@cache
def _name_patterns() -> Mapping[tuple[str, str], str]:
    """Return the patterns among these, by (before, behind) their `*`."""
    patterns = (end.partition("*") for end in _languages_by_ending() if "*" in end)
    return {(start, end): f"{start}*{end}" for start, _, end in patterns}


@cache
def ending(path: str) -> str:
    """Return what a reader is chosen by: a path's whole name or a pattern of names, else its suffix in lower case."""
    name = path.rpartition("/")[2]
    if name in _languages_by_ending() and not name.startswith("."):
        return name
    for (start, end), pattern in _name_patterns().items():
        if name.startswith(start) and name.endswith(end):
            return pattern
    return f".{name.rpartition('.')[2].lower()}" if "." in name[1:] else ""


def is_read(path: str) -> bool:
    """Return whether anything is known of what this file says."""
    reading = _languages_by_ending().get(ending(path))
    return reading is not None and _is_installed(reading.extra)


def language(path: str) -> Language | None:
    """Return the language whose names this file holds; None when its names are not known."""
    end = ending(path)
    reading = _languages_by_ending().get(end)
    return (
        reading if reading is not None and end in reading.endings and _is_installed(reading.extra) else None
    )


def is_compiled(path: str) -> bool:
    """Return whether a compiler refuses a second definition of one of the file's names."""
    reading = language(path)
    return reading is not None and reading.is_compiled


def form(path: str) -> str:
    """Return the ending under which `reader` knows the format of a data file; "" for all other files.

    It ends with a colon, which no path's ending does.
    """
    name = documents.format_of(path)
    return f"{name}:" if name else ""


def is_test(path: str) -> bool:
    """Return whether a file holds tests, by the names of files and folders in which test runners look for them.

    The names of every language count for all files: data that tests read is called as they are.
    """
    *folders, name = path.split("/")
    names, test_folders, helpers = _test_paths()
    return names.search(name) is not None or (not test_folders.isdisjoint(folders) and name not in helpers)


@cache
def _test_paths() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    """Return the names of files that hold tests, of folders whose files do, and of files in them that do not."""
    names = "|".join(language.test_names for language in catalog().values() if language.test_names)
    folders = frozenset(name for language in catalog().values() for name in language.test_folders)
    helpers = frozenset(name for language in catalog().values() for name in language.test_helpers)
    return re.compile(names), folders, helpers


@cache
def constructor_names() -> frozenset[str]:
    """Return the names by which classes of any language define what calls of them must fit."""
    return frozenset(name for language in catalog().values() for name in language.constructor_names)


@cache
def package_stems() -> frozenset[str]:
    """Return the names, less their endings, of files that stand for their folders in any language."""
    return frozenset(language.package_stem for language in catalog().values() if language.package_stem)


def names_package(path: str) -> bool:
    """Return whether a file gives its package the name with which specifiers of its modules begin."""
    language = _languages_by_ending().get(ending(path))
    return language is not None and language.names_package(path)


def unread(path: str) -> str:
    """Return the title of a source file's language where its names are not known; "" for all other files."""
    end = ending(path)
    reading = _languages_by_ending().get(end)
    if reading is None:
        return _UNREAD.get(end, "")
    return "" if end not in reading.endings or _is_installed(reading.extra) else reading.title


def needs_extra(path: str) -> bool:
    """Return whether installing `git-gate[langs]` would have this file read."""
    return bool(unread(path)) and ending(path) in _languages_by_ending()


def installed() -> tuple[str, ...]:
    """Return the names of the languages whose packages are installed, sorted."""
    return tuple(name for name, language in catalog().items() if _is_installed(language.extra))


@cache
def _is_installed(package: str) -> bool:
    """Return whether a package is installed, or none is needed. It is looked up, not loaded."""
    return not package or find_spec(package) is not None


@cache
def reader(end: str) -> FactsReader:
    """Return the module that reads files with this ending, or data in this form.

    Raises:
        KeyError: none does.
    """
    reading = _languages_by_ending().get(end)
    if reading is not None:
        return cast(
            "FactsReader", import_module(f"{languages.__name__}.{reading.name}.{reading.readers[end]}")
        )
    return documents.reader(end.removesuffix(":"))


def extractor(end: str) -> str:
    """Return the name facts read by `reader` are kept under: its name and version, and those of Python's parser.

    Raises:
        KeyError: none reads such files.
    """
    module = reader(end)
    return kept_as(module.NAME, module.VERSION)


def kept_as(name: str, version: int) -> str:
    """Return the name facts are kept under: another version of their reader, or of Python, answers otherwise."""
    return f"{name}/{version}/{sys.version_info[0]}.{sys.version_info[1]}"
