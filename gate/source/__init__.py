"""One file or folder a language: text to facts. Pure; nothing here opens a file.

A language is a module with `NAME`, `VERSION` (raised whenever its facts change, so that kept ones are forgotten) and
`read(content) -> FileFacts`, and a line in `_LANGUAGES`. It loads when the first file of its own is met.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from gate.model.source import FileFacts

LARGEST = 1 << 20
"""Files with more bytes are generated or data; they are not read for names."""

_LANGUAGES = {".py": "python", ".pyi": "python"}
_UNREAD = {
    ".js": "JavaScript", ".jsx": "JavaScript", ".mjs": "JavaScript", ".cjs": "JavaScript", ".ts": "TypeScript",
    ".tsx": "TypeScript", ".mts": "TypeScript", ".cts": "TypeScript", ".go": "Go", ".java": "Java", ".rs": "Rust",
    ".rb": "Ruby", ".php": "PHP", ".c": "C", ".h": "C", ".cc": "C++", ".cpp": "C++", ".hpp": "C++", ".cs": "C#",
    ".kt": "Kotlin", ".swift": "Swift", ".scala": "Scala", ".ex": "Elixir", ".exs": "Elixir", ".vue": "Vue",
    ".svelte": "Svelte", ".ipynb": "notebook",
}  # fmt: skip


class Language(Protocol):
    """What a language's module offers."""

    NAME: str
    VERSION: int

    def read(self, content: bytes) -> FileFacts:
        """The facts of a file."""


def suffix(path: str) -> str:
    """The part of a path that tells its language, in lower case."""
    name = path.rpartition("/")[2]
    return f".{name.rpartition('.')[2].lower()}" if "." in name[1:] else ""


def is_read(path: str) -> bool:
    """Whether names in this file are known."""
    return suffix(path) in _LANGUAGES


def unread(path: str) -> str:
    """The language of a source file whose names are not known; "" for all other files."""
    return _UNREAD.get(suffix(path), "")


@cache
def language(ending: str) -> Language:
    """The language of files with this suffix.

    Raises:
        KeyError: there is none.
    """
    return cast("Language", import_module(f"{__name__}.{_LANGUAGES[ending]}"))
