"""Manifests of Python projects: where modules are found, and what entry points load.

`settings` has a `root` for each folder, as seen from the manifest's own, from which modules are imported, and
`dependency python` for each specifier of the interpreters it needs.
Keys are those of setuptools, hatch, poetry, pdm, flit, maturin, pytest, mypy, pyright and ruff.
"""

from __future__ import annotations

import configparser
import re
from itertools import chain
from typing import TYPE_CHECKING, Any

from gate.documents import toml
from gate.languages.python.reader.strings import entry
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def read(content: bytes, ending: str) -> FileFacts:
    """The facts of a manifest."""
    try:
        text = content.decode("utf-8-sig")
        found, wanted = _toml(text) if ending.endswith(".toml") else _ini(text)
    except (configparser.Error, ValueError):
        return FileFacts("none", "it does not parse")
    roots, entries = found
    texts = chain.from_iterable(entry(one, _line(text, one)) for one in entries)
    folders = (folder(part) for one in roots for part in re.split(r"[\s,:;]+", one))
    settings = dict.fromkeys(("root", one) for one in folders if one)
    settings |= dict.fromkeys(("dependency python", one) for one in wanted if one)
    return FileFacts("full", texts=tuple(texts), settings=tuple(settings))


def folder(text: str) -> str:
    """A folder as manifests write it, plainly; "" for the manifest's own and for what lies elsewhere."""
    plain = text.replace("$MYPY_CONFIG_FILE_DIR", ".").replace("\\", "/").strip().rstrip("/")
    plain = plain.removeprefix("./")
    outside = plain.startswith(("/", "..", "$", "~", "{")) or any(mark in plain for mark in "*?[")
    return "" if outside or plain == "." else plain


def _toml(text: str) -> tuple[tuple[list[str], list[str]], list[str]]:
    whole = toml.load(text)
    roots = [one for keys in _ROOTS for one in _strings(_at(whole, keys))]
    packages = [one for keys in _PACKAGES for one in _strings(_at(whole, keys))]
    poetry = _at(whole, ("tool", "poetry", "packages"))
    listed = poetry if isinstance(poetry, list) else []
    roots += (str(one["from"]) for one in listed if isinstance(one, dict) and "from" in one)
    entries = [one for keys in _ENTRIES for one in _strings(_at(whole, keys))]
    wanted = [one for keys in _PYTHONS for one in _strings(_at(whole, keys))]
    return ([*roots, *(one.rstrip("/").rpartition("/")[0] for one in packages)], entries), wanted


def _at(whole: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        whole = whole.get(key) if isinstance(whole, dict) else None
    return whole


def _strings(value: Any) -> Iterator[str]:
    """All strings in a value."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            # Poetry's long form of a script; one of the type "file" is no entry point.
            given = (
                one.values() if "reference" not in one else [one["reference"]] * (one.get("type") != "file")
            )
            stack += reversed(list(given))
        elif isinstance(one, list):
            stack += reversed(one)


def _ini(text: str) -> tuple[tuple[list[str], list[str]], list[str]]:
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",), allow_no_value=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    roots = [one for keys in _INI_ROOTS for one in _lines(parser, *keys)]
    folders = (one.partition("=") for one in _lines(parser, "options", "package_dir"))
    roots += (value for package, _, value in folders if not package.strip())
    entries = [one for keys in _INI_ENTRIES for one in _lines(parser, *keys)]
    groups = parser.options("options.entry_points") if parser.has_section("options.entry_points") else ()
    listed = (one for key in groups for one in _lines(parser, "options.entry_points", key))
    entries += (one for one in listed if "=" in one)
    versions = _lines(parser, "metadata", "version")
    entries += (one.partition(":")[2].strip() for one in versions if one.startswith("attr:"))
    return (roots, entries), [parser.get("options", "python_requires", fallback="") or ""]


def _lines(parser: configparser.RawConfigParser, section: str, key: str) -> list[str]:
    value = parser.get(section, key, fallback="") or ""
    return [one for line in value.splitlines() for part in line.split(",") if (one := part.strip())]


def _line(text: str, wanted: str) -> int:
    return text.count("\n", 0, max(text.find(wanted), 0)) + 1
