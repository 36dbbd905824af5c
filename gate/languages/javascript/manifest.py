"""Manifests, which say where JavaScript's modules are found, as settings: key and value, once for each value of a key.

`package.json`: `name`, `type`, `main`, `module`, `types`, `source`, `exports <subpath>` and `imports <#name>` (one for
each target, in order; "" for what is closed), `workspace` (a pattern of folders), `dependency <name>` (its range).
`tsconfig.json`: `extends`, `baseUrl`, `paths <pattern>` (one for each target), `rootDirs`, `rootDir`, `outDir`.
`pnpm-workspace.yaml`: `workspace`.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from gate.documents import json
from gate.documents.keys import TooDeep
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAME = "manifest"
VERSION = 1

Setting = tuple[str, str]

_COMMENT = re.compile(r'"(?:[^"\\]|\\(?:.|\Z))*(?:"|\Z)|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_TRAILING = re.compile(r'"(?:[^"\\]|\\(?:.|\Z))*(?:"|\Z)|,(?=\s*[}\]])', re.DOTALL)
_ITEM = re.compile(r"\s*-\s+(['\"]?)([^'\"#]+)\1\s*(?:#.*)?$")
_PLAIN = ("name", "type", "main", "module", "types", "source")
_DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
_MOST = 2000
"""Settings kept of one file; no hand-written one has more."""


def read(content: bytes, ending: str) -> FileFacts:
    """Return the settings of a manifest; `ending` is its name."""
    try:
        text = content.decode("utf-8-sig")
        if ending == "pnpm-workspace.yaml":
            return _facts(_workspaces_of_pnpm(text))
        value = json.load(_plain_json(text))
        if not isinstance(value, dict):
            return FileFacts("none", "it holds no settings")
        return _facts(_package(value) if ending == "package.json" else _config(value))
    except UnicodeError:
        return FileFacts("none", "its encoding is unknown")
    except TooDeep:
        return FileFacts("none", "it is nested too deeply")
    except ValueError:
        return FileFacts("none", "it does not parse")


def _plain_json(text: str) -> str:
    """Return JSON without the comments and trailing commas that TypeScript's compiler allows."""
    bare = _COMMENT.sub(lambda match: match[0] if match[0][0] == '"' else " ", text)
    return _TRAILING.sub(lambda match: match[0] if match[0][0] == '"' else "", bare)


def _facts(settings: Iterable[Setting]) -> FileFacts:
    return FileFacts("full", settings=tuple(islice(settings, _MOST)))


def _package(manifest: dict[str, object]) -> Iterator[Setting]:
    """Yield the settings of a `package.json`."""
    for key in _PLAIN:
        value = manifest.get(key, manifest.get("typings") if key == "types" else None)
        if isinstance(value, str) and value:
            yield key, value
    for key in ("exports", "imports"):
        yield from _targets(key, manifest.get(key))
    workspaces = manifest.get("workspaces")
    for pattern in _texts(workspaces.get("packages") if isinstance(workspaces, dict) else workspaces):
        yield "workspace", pattern
    for key in _DEPENDENCIES:
        dependencies = manifest.get(key)
        for name, version in dependencies.items() if isinstance(dependencies, dict) else ():
            if isinstance(version, str):
                yield f"dependency {name}", version


def _targets(key: str, value: object) -> Iterator[Setting]:
    """Yield the map of `exports` or `imports`, which may be left out where `exports` has one subpath alone."""
    if isinstance(value, dict) and any(name.startswith((".", "#")) for name in value):
        for name, conditions in value.items():
            for target in _leaves(conditions):
                yield f"{key} {name}", target
    elif key == "exports" and value is not None:
        for target in _leaves(value):
            yield "exports .", target


def _leaves(conditions: object) -> Iterator[str]:
    """Yield the targets under every condition, in order; "" for a path that is closed."""
    if conditions is None:
        yield ""
    elif isinstance(conditions, str):
        yield conditions
    elif isinstance(conditions, list | dict):
        for inner in conditions.values() if isinstance(conditions, dict) else conditions:
            yield from _leaves(inner)


def _config(config: dict[str, object]) -> Iterator[Setting]:
    """Yield the settings of a `tsconfig.json`."""
    for parent in _texts(config.get("extends")):
        yield "extends", parent
    options = config.get("compilerOptions")
    if not isinstance(options, dict):
        return
    for key in ("baseUrl", "rootDir", "outDir"):
        value = options.get(key)
        if isinstance(value, str):
            yield key, value
    for root in _texts(options.get("rootDirs")):
        yield "rootDirs", root
    paths = options.get("paths")
    for pattern, targets in paths.items() if isinstance(paths, dict) else ():
        for target in _texts(targets):
            yield f"paths {pattern}", target


def _texts(value: object) -> list[str]:
    """Return the strings of a list, or a string alone."""
    values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [text for text in values if isinstance(text, str)]


def _workspaces_of_pnpm(text: str) -> Iterator[Setting]:
    """Yield the items of `packages`, the one list that counts, without a reader of all of YAML."""
    inside = False
    for line in text.splitlines():
        if line[:1] not in ("", " ", "\t", "-", "#"):
            inside = line.startswith("packages:")
        elif inside and (item := _ITEM.match(line)):
            yield "workspace", item[2].strip()
