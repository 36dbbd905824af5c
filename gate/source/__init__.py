"""One file or folder a language or format: text to facts. Pure; nothing here opens a file.

A reader is a module with `NAME`, `VERSION` (raised whenever its facts change, so that kept ones are forgotten) and
`read(content, ending) -> FileFacts`, and a line in `_READERS`. It loads when the first file of its own is met. A
language also has a line in `_FAMILIES`: the languages whose files import one another.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, cast

from gate.source import data

if TYPE_CHECKING:
    from gate.model.source import FileFacts

LARGEST = 1 << 20
"""Files with more bytes are generated or data; they are not read for names."""

_SCRIPTS = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts")
_MANIFESTS = ("pyproject.toml", "setup.cfg", "pytest.ini", "tox.ini", "mypy.ini")
_PACKAGES = ("package.json", "tsconfig.json", "jsconfig.json", "pnpm-workspace.yaml")
_READERS = {
    ".py": "python", ".pyi": "python", **dict.fromkeys(_MANIFESTS, "python_manifest"),
    **dict.fromkeys(_SCRIPTS, "script"), **dict.fromkeys(_PACKAGES, "manifest"),
    ".go": "go", "go.mod": "go", ".java": "java", ".rs": "rust", "Cargo.toml": "rust",
}  # fmt: skip
"""By the ending of a path: the module that reads such files."""
_FORMATS = {
    "json:": "data.json", "jsonc:": "data.jsonc", "yaml:": "data.yaml", "toml:": "data.toml",
    "imports:": "python_imports",
}  # fmt: skip
"""By the format of a data file, with a colon, which ends no path's ending: the module that reads it. Of a Python file,
`imports:` reads no more than what it imports."""
_FAMILIES = {
    ".py": "python", ".pyi": "python", **dict.fromkeys(_MANIFESTS, "python"), **dict.fromkeys(_SCRIPTS, "script"),
    ".go": "go", ".java": "java", ".rs": "rust",
}  # fmt: skip
"""By the ending of a path: the family whose names such files hold."""
_EXTRAS = {"go": "tree_sitter_go", "java": "tree_sitter_java", "rust": "tree_sitter_rust"}
"""By reader: the package it needs, where that is one of the extra `langs`."""
_UNREAD = {
    ".go": "Go", ".java": "Java", ".rs": "Rust",
    ".rb": "Ruby", ".php": "PHP", ".c": "C", ".h": "C", ".cc": "C++", ".cpp": "C++", ".hpp": "C++", ".cs": "C#",
    ".kt": "Kotlin", ".swift": "Swift", ".scala": "Scala", ".ex": "Elixir", ".exs": "Elixir", ".vue": "Vue",
    ".svelte": "Svelte", ".ipynb": "notebook",
}  # fmt: skip

_TEST = re.compile(r"^test_|^tests?\.|_tests?\.|[.-](test|spec)\.|(?<=[a-z0-9])Tests?\.")
_TEST_FOLDERS = {"test", "tests", "__tests__"}


class Reader(Protocol):
    """What a reader's module offers."""

    NAME: str
    VERSION: int

    def read(self, content: bytes, ending: str) -> FileFacts:
        """The facts of a file; `ending` tells dialects apart."""


def ending(path: str) -> str:
    """What tells who reads a path: its whole name where that has a reader of its own, else its suffix in lower case."""
    name = path.rpartition("/")[2]
    if name in _READERS and not name.startswith("."):
        return name
    if name.startswith("tsconfig.") and name.endswith(".json"):
        return "tsconfig.json"
    return f".{name.rpartition('.')[2].lower()}" if "." in name[1:] else ""


def is_read(path: str) -> bool:
    """Whether anything is known of what this file says."""
    return _installed(_READERS.get(ending(path), ""))


def family(path: str) -> str:
    """The family whose names this file holds; "" when its names are not known."""
    found = _FAMILIES.get(ending(path), "")
    return found if _installed(found) else ""


def compiled(path: str) -> bool:
    """Whether the file is of a language whose compiler allows one definition of a name."""
    return family(path) in _EXTRAS


def form(path: str) -> str:
    """How `reader` knows the format of a data file; "" for all other files."""
    found = data.form(path)
    return f"{found}:" if found else ""


def is_test(path: str) -> bool:
    """Whether a file holds tests, by the names that test runners look for."""
    *folders, name = path.split("/")
    return bool(_TEST.search(name)) or (bool(_TEST_FOLDERS.intersection(folders)) and name != "conftest.py")


def unread(path: str) -> str:
    """The language of a source file whose names are not known; "" for all other files."""
    end = ending(path)
    return _UNREAD.get(end, "") if not _installed(_READERS.get(end, "")) else ""


def extra(path: str) -> bool:
    """Whether installing `git-gate[langs]` would have this file read."""
    return bool(unread(path)) and _READERS.get(ending(path), "") in _EXTRAS


def installed() -> tuple[str, ...]:
    """The readers there are, whose extras are installed."""
    return tuple(sorted(name for name in {*_READERS.values()} if _installed(name)))


@cache
def _installed(name: str) -> bool:
    """Whether there is a reader, and what it needs is installed. Looked up, not loaded."""
    return bool(name) and (name not in _EXTRAS or find_spec(_EXTRAS[name]) is not None)


@cache
def reader(end: str) -> Reader:
    """Who reads files with this ending, or data in this form.

    Raises:
        KeyError: nobody does.
    """
    return cast("Reader", import_module(f"{__name__}.{_READERS.get(end) or _FORMATS[end]}"))


def extractor(end: str) -> str:
    """Under which name facts read by `reader` are kept: its name and version, and Python's, whose parser it may use.

    Raises:
        KeyError: nobody reads such files.
    """
    found = reader(end)
    return kept_as(found.NAME, found.VERSION)


def kept_as(name: str, version: int) -> str:
    """The name of what one reader answers: another version of it, or of Python, answers otherwise."""
    return f"{name}/{version}/{sys.version_info[0]}.{sys.version_info[1]}"
