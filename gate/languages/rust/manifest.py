"""`Cargo.toml`, as settings: key and value, a key as often as it has values.

`name` is the package's, `lib` and `libname` are path and name of its library, `bin` the path of any further file at
which a crate begins, `dep` the name of a crate that may come from the repository.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gate.documents import toml
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "Cargo.toml"
VERSION = 1

_TARGETS = ("bin", "test", "example", "bench")
_DEPENDENCIES = ("dependencies", "dev-dependencies", "build-dependencies")


def read(content: bytes, _ending: str = "Cargo.toml") -> FileFacts:
    """Return the settings of a `Cargo.toml`."""
    try:
        document = toml.load(content.decode("utf-8"))
    except ValueError:
        return FileFacts("none", "it does not parse")
    return FileFacts("full", settings=tuple((key, value) for key, value in _settings(document) if value))


def _settings(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "name", str(_table(document, "package").get("name", ""))
    library = _table(document, "lib")
    for key, name in (("lib", "path"), ("libname", "name")):
        if name in library:
            yield key, str(library[name])
    for key in _TARGETS:
        for target in _list(document, key):
            if isinstance(target, dict) and "path" in target:
                yield "bin", str(target["path"])
    for key in _DEPENDENCIES:
        for name, source in _table(document, key).items():
            if isinstance(source, dict) and ("path" in source or source.get("workspace") is True):
                yield "dep", name


def _table(document: dict[str, Any], key: str) -> dict[str, Any]:
    value = document.get(key)
    return value if isinstance(value, dict) else {}


def _list(document: dict[str, Any], key: str) -> list[object]:
    value = document.get(key)
    return value if isinstance(value, list) else []
