"""Manifests of Python projects: where modules are found, and what entry points load.

`settings` has a `root` for each folder, as seen from the manifest's own, from which modules are imported, and
`dependency python` for each specifier of the interpreters it needs.
Keys are those of setuptools, hatch, poetry, pdm, flit, maturin, pytest, mypy, pyright and ruff.
"""

from __future__ import annotations

import configparser
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from gate.documents import toml
from gate.languages.python.reader.strings import of_entry_point
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME = "python-manifest"
VERSION = 2

_ROOTS = (
    ("tool", "setuptools", "packages", "find", "where"),
    ("tool", "setuptools", "package-dir", ""),
    ("tool", "hatch", "build", "targets", "wheel", "sources"),
    ("tool", "hatch", "build", "sources"),
    ("tool", "pdm", "build", "package-dir"),
    ("tool", "uv", "build-backend", "module-root"),
    ("tool", "maturin", "python-source"),
    ("tool", "pytest", "ini_options", "pythonpath"),
    ("tool", "pytest", "pythonpath"),
    ("tool", "mypy", "mypy_path"),
    ("tool", "pyright", "extraPaths"),
    ("tool", "basedpyright", "extraPaths"),
    ("tool", "ruff", "src"),
)
_PACKAGES = (
    ("tool", "hatch", "build", "targets", "wheel", "packages"),
    ("tool", "hatch", "build", "packages"),
)
"""Folders of packages: what they lie in is a root."""
_PYTHONS = (("project", "requires-python"), ("tool", "poetry", "dependencies", "python"))
_ENTRIES = (
    ("project", "scripts"),
    ("project", "gui-scripts"),
    ("project", "entry-points"),
    ("tool", "poetry", "scripts"),
    ("tool", "poetry", "plugins"),
    ("tool", "setuptools", "dynamic", "version", "attr"),
    ("tool", "pytest", "ini_options", "DJANGO_SETTINGS_MODULE"),
    ("tool", "django-stubs", "django_settings_module"),
)
_INI_ROOTS = (
    ("options.packages.find", "where"),
    ("pytest", "pythonpath"),
    ("tool:pytest", "pythonpath"),
    ("mypy", "mypy_path"),
)
_INI_ENTRIES = (("pytest", "DJANGO_SETTINGS_MODULE"), ("tool:pytest", "DJANGO_SETTINGS_MODULE"))


@dataclass(frozen=True, slots=True)
class _Settings:
    """What one manifest says: folders that are roots, entry points, specifiers of interpreters."""

    roots: list[str]
    entry_points: list[str]
    pythons: list[str]


def read(content: bytes, ending: str) -> FileFacts:
    """Return the facts of a manifest."""
    try:
        text = content.decode("utf-8-sig")
        manifest = _toml(text) if ending.endswith(".toml") else _ini(text)
    except (configparser.Error, ValueError):
        return FileFacts("none", "it does not parse")
    texts = chain.from_iterable(of_entry_point(value, _line(text, value)) for value in manifest.entry_points)
    folders = (folder(part) for value in manifest.roots for part in re.split(r"[\s,:;]+", value))
    settings = dict.fromkeys(("root", path) for path in folders if path)
    settings |= dict.fromkeys(("dependency python", specifier) for specifier in manifest.pythons if specifier)
    return FileFacts("full", string_references=tuple(texts), settings=tuple(settings))


def folder(text: str) -> str:
    """Return a folder as manifests write it, plainly; "" for the manifest's own and for what lies elsewhere."""
    plain = text.replace("$MYPY_CONFIG_FILE_DIR", ".").replace("\\", "/").strip().rstrip("/")
    plain = plain.removeprefix("./")
    outside = plain.startswith(("/", "..", "$", "~", "{")) or any(mark in plain for mark in "*?[")
    return "" if outside or plain == "." else plain


def _toml(text: str) -> _Settings:
    """Read a `pyproject.toml`."""
    document = toml.load(text)
    roots = _values(document, _ROOTS)
    poetry = _at(document, ("tool", "poetry", "packages"))
    packages = poetry if isinstance(poetry, list) else []
    roots += (str(package["from"]) for package in packages if isinstance(package, dict) and "from" in package)
    roots += (path.rstrip("/").rpartition("/")[0] for path in _values(document, _PACKAGES))
    return _Settings(roots, _values(document, _ENTRIES), _values(document, _PYTHONS))


def _values(document: Any, keys: Iterable[tuple[str, ...]]) -> list[str]:
    """Return all strings at or below any of these keys."""
    return [text for path in keys for text in _strings(_at(document, path))]


def _at(document: Any, keys: tuple[str, ...]) -> Any:
    """Return the value at a path of keys; None when there is none."""
    value = document
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _strings(value: Any) -> Iterator[str]:
    """Yield all strings in a value, in order."""
    stack = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict):
            # Poetry's long form of a script; one of the type "file" is no entry point.
            is_script = "reference" in part
            values = [part["reference"]] * (part.get("type") != "file") if is_script else part.values()
            stack += reversed(list(values))
        elif isinstance(part, list):
            stack += reversed(part)


def _ini(text: str) -> _Settings:
    """Read a `setup.cfg` or an ini file."""
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    roots = [value for section, key in _INI_ROOTS for value in _lines(parser, section, key)]
    folders = (line.partition("=") for line in _lines(parser, "options", "package_dir"))
    roots += (value for package, _, value in folders if not package.strip())
    entry_points = [value for section, key in _INI_ENTRIES for value in _lines(parser, section, key)]
    groups = parser.options("options.entry_points") if parser.has_section("options.entry_points") else ()
    lines = (line for group in groups for line in _lines(parser, "options.entry_points", group))
    entry_points += (line for line in lines if "=" in line)
    versions = _lines(parser, "metadata", "version")
    entry_points += (version.partition(":")[2].strip() for version in versions if version.startswith("attr:"))
    return _Settings(roots, entry_points, [parser.get("options", "python_requires", fallback="") or ""])


def _lines(parser: configparser.RawConfigParser, section: str, key: str) -> list[str]:
    """Return the values of a key, separated by lines or commas."""
    value = parser.get(section, key, fallback="") or ""
    return [text for line in value.splitlines() for part in line.split(",") if (text := part.strip())]


def _line(text: str, value: str) -> int:
    """Return the line a value stands on first, 1 where it is written in another way."""
    return text.count("\n", 0, max(text.find(value), 0)) + 1
