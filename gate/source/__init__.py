"""One file or folder a language or format: text to facts. Pure; nothing here opens a file.

A reader is a module with `NAME`, `VERSION` (raised whenever its facts change, so that kept ones are forgotten) and
`read(content, ending) -> FileFacts`, and a line in `_READERS`. It loads when the first file of its own is met. A
language also has a line in `_FAMILIES`: the languages whose files import one another.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from gate.model.source import FileFacts

LARGEST = 1 << 20
"""Files with more bytes are generated or data; they are not read for names."""

_SCRIPTS = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts")
_READERS = {
    ".py": "python", ".pyi": "python", **dict.fromkeys(_SCRIPTS, "script"),
    "package.json": "manifest", "tsconfig.json": "manifest", "jsconfig.json": "manifest",
    "pnpm-workspace.yaml": "manifest",
}  # fmt: skip
"""By the ending of a path: the module that reads such files."""
_FAMILIES = {".py": "python", ".pyi": "python", **dict.fromkeys(_SCRIPTS, "script")}
"""By the ending of a path: the family whose names such files hold."""
_UNREAD = {
    ".go": "Go", ".java": "Java", ".rs": "Rust",
    ".rb": "Ruby", ".php": "PHP", ".c": "C", ".h": "C", ".cc": "C++", ".cpp": "C++", ".hpp": "C++", ".cs": "C#",
    ".kt": "Kotlin", ".swift": "Swift", ".scala": "Scala", ".ex": "Elixir", ".exs": "Elixir", ".vue": "Vue",
    ".svelte": "Svelte", ".ipynb": "notebook",
}  # fmt: skip


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
    return ending(path) in _READERS


def family(path: str) -> str:
    """The family whose names this file holds; "" when its names are not known."""
    return _FAMILIES.get(ending(path), "")


def unread(path: str) -> str:
    """The language of a source file whose names are not known; "" for all other files."""
    return _UNREAD.get(ending(path), "")


@cache
def reader(end: str) -> Reader:
    """Who reads files with this ending.

    Raises:
        KeyError: nobody does.
    """
    return cast("Reader", import_module(f"{__name__}.{_READERS[end]}"))
