"""Data files that programs read: whether they parse, and which keys a mapping repeats. One file a format.

A format is a reader whose facts hold `key` definitions and `repeated` only; `scope` is the path of the mapping, with
`[]` for whatever stands in a list. Only files that two streams change are read.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from gate.model.source import FileFacts

_BY_ENDING = {
    **dict.fromkeys((".json", ".ipynb"), "json"),
    ".jsonc": "jsonc",
    **dict.fromkeys((".yml", ".yaml"), "yaml"),
    ".toml": "toml",
}
_BY_NAME = {
    **dict.fromkeys(("composer.lock", "flake.lock", "Pipfile.lock"), "json"),
    **dict.fromkeys((".babelrc", ".eslintrc", "bun.lock"), "jsonc"),
    **dict.fromkeys((".clang-format", ".prettierrc"), "yaml"),
    **dict.fromkeys(("Cargo.lock", "Pipfile", "pdm.lock", "poetry.lock", "uv.lock"), "toml"),
}
_WITH_COMMENTS = (
    "tsconfig",
    "jsconfig",
    "devcontainer",
    ".eslintrc",
    "babel.config",
    "api-extractor",
    "deno",
    "turbo",
)
"""How the names of JSON files begin in which their tools allow comments."""


def form(path: str) -> str:
    """The format a path shows, "" when it is no data file."""
    name = path.rpartition("/")[2]
    found = _BY_NAME.get(name) or _BY_ENDING.get(
        f".{name.rpartition('.')[2].lower()}" if "." in name else "", ""
    )
    if found == "json" and (name.startswith(_WITH_COMMENTS) or "/.vscode/" in f"/{path}"):
        return "jsonc"
    return found


class Reader(Protocol):
    """The module that reads one format."""

    NAME: str
    """Facts are kept under this name."""
    VERSION: int
    """Raised whenever the facts change, so that kept ones are forgotten."""

    def read(self, content: bytes, ending: str) -> FileFacts:
        """Return the facts of a file."""


@cache
def reader(name: str) -> Reader:
    """Return the module that reads the format of that name.

    Raises:
        KeyError: there is none.
    """
    if name not in {*_BY_NAME.values(), *_BY_ENDING.values()}:
        raise KeyError(name)
    return cast("Reader", import_module(f"{__name__}.{name}"))
