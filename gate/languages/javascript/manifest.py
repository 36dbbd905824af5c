"""Files that say where JavaScript's modules are found, as settings: key and value, a key as often as it has values.

`package.json`: `name`, `type`, `main`, `module`, `types`, `source`, `exports <subpath>` and `imports <#name>` (one for
each target, in order; "" for what is closed), `workspace` (a pattern of folders), `dependency <name>` (its range).
`tsconfig.json`: `extends`, `baseUrl`, `paths <pattern>` (one for each target), `rootDirs`, `rootDir`, `outDir`.
`pnpm-workspace.yaml`: `workspace`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.documents import json
from gate.documents.keys import TooDeep
from gate.model.source import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """The settings of a manifest; `ending` is its name."""
    try:
        text = content.decode("utf-8-sig")
        if ending == "pnpm-workspace.yaml":
            return _facts(_patterns(text))
        found = json.load(plain_json(text))
        if not isinstance(found, dict):
            return FileFacts("none", "it holds no settings")
        return _facts(_package(found) if ending == "package.json" else _config(found))
    except UnicodeError:
        return FileFacts("none", "its encoding is unknown")
    except TooDeep:
        return FileFacts("none", "it is nested too deeply")
    except ValueError:
        return FileFacts("none", "it does not parse")


def plain_json(text: str) -> str:
    """JSON without the comments and trailing commas that TypeScript's compiler allows."""
    bare = _COMMENT.sub(lambda found: found[0] if found[0][0] == '"' else " ", text)
    return _TRAILING.sub(lambda found: found[0] if found[0][0] == '"' else "", bare)


def _facts(settings: Iterator[Setting]) -> FileFacts:
    listed = [one for _, one in zip(range(_MOST), settings, strict=False)]
    return FileFacts("full", settings=tuple(listed))


def _package(found: dict[str, object]) -> Iterator[Setting]:
    for key in _PLAIN:
        value = found.get(key, found.get("typings") if key == "types" else None)
        if isinstance(value, str) and value:
            yield key, value
    for key in ("exports", "imports"):
        yield from _targets(key, found.get(key))
    spaces = found.get("workspaces")
    for one in _texts(spaces.get("packages") if isinstance(spaces, dict) else spaces):
        yield "workspace", one
    for key in _DEPENDENCIES:
        listed = found.get(key)
        for name, wanted in listed.items() if isinstance(listed, dict) else ():
            if isinstance(wanted, str):
                yield f"dependency {name}", wanted


def _targets(key: str, value: object) -> Iterator[Setting]:
    """The map of subpaths, which may be left out where there is but one."""
    if isinstance(value, dict) and any(name.startswith((".", "#")) for name in value):
        for name, target in value.items():
            for one in _leaves(target):
                yield f"{key} {name}", one
    elif key == "exports" and value is not None:
        for one in _leaves(value):
            yield "exports .", one


def _leaves(target: object) -> Iterator[str]:
    """The targets under every condition, in order; "" for a path that is closed."""
    if target is None:
        yield ""
    elif isinstance(target, str):
        yield target
    elif isinstance(target, list):
        for one in target:
            yield from _leaves(one)
    elif isinstance(target, dict):
        for one in target.values():
            yield from _leaves(one)


def _config(found: dict[str, object]) -> Iterator[Setting]:
    for one in _texts(found.get("extends")):
        yield "extends", one
    options = found.get("compilerOptions")
    if not isinstance(options, dict):
        return
    for key in ("baseUrl", "rootDir", "outDir"):
        value = options.get(key)
        if isinstance(value, str):
            yield key, value
    for one in _texts(options.get("rootDirs")):
        yield "rootDirs", one
    paths = options.get("paths")
    for pattern, targets in paths.items() if isinstance(paths, dict) else ():
        for one in _texts(targets):
            yield f"paths {pattern}", one


def _texts(value: object) -> list[str]:
    listed = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    return [one for one in listed if isinstance(one, str)]


def _patterns(text: str) -> Iterator[Setting]:
    """The items of the one list that counts, without a reader of all of YAML."""
    inside = False
    for line in text.splitlines():
        if line[:1] not in ("", " ", "\t", "-", "#"):
            inside = line.startswith("packages:")
        elif inside and (found := _ITEM.match(line)):
            yield "workspace", found[2].strip()
