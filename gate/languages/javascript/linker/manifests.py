"""What the manifests of a tree say of where modules are found, read when something first asks for it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from gate.languages.base.tree import folders
from gate.languages.javascript.linker.paths import joined
from gate.model.source import UNSETTLED

if TYPE_CHECKING:
    from gate.languages.base.language import FactsOf
    from gate.languages.base.tree import Tree
    from gate.model.source import FileFacts

_DEEPEST = 8
_STARS = 5
"""In one pattern; each costs time."""


class Manifest:
    """The settings of one file. `known`: they could be read; `settled`: the file is in no conflict."""

    def __init__(self, path: str, facts: FileFacts | None) -> None:
        self.path = path
        self.known = facts is not None and facts.parse == "full"
        self.settled = facts != UNSETTLED
        self.folder = path.rpartition("/")[0]
        self._values: dict[str, list[str]] = {}
        for key, value in facts.settings if facts is not None else ():
            self._values.setdefault(key, []).append(value)

    def all(self, key: str) -> list[str]:
        """Every value of a key."""
        return self._values.get(key, [])

    def one(self, key: str) -> str:
        """The value of a key, "" when it has none."""
        return self._values.get(key, [""])[0]

    def below(self, key: str) -> dict[str, list[str]]:
        """What a map holds: `exports` gives subpath to targets."""
        start = f"{key} "
        return {name[len(start) :]: listed for name, listed in self._values.items() if name.startswith(start)}


class Manifests:
    """The manifests of one tree; nothing is looked at before it is needed."""

    def __init__(self, tree: Tree, facts_of: FactsOf) -> None:
        self._tree = tree
        self._facts_of = facts_of
        self._known: dict[str, Manifest] = {}
        self._chains: dict[str, list[Manifest] | None] = {}

    @cached_property
    def _paths(self) -> dict[str, list[str]]:
        """By folder, those outside of installed packages."""
        found: dict[str, list[str]] = {}
        for path in self._tree.paths():
            if path.endswith((".json", ".yaml")) and settles(path) and "node_modules/" not in path:
                found.setdefault(path.rpartition("/")[0], []).append(path)
        return found

    @cached_property
    def declarations(self) -> tuple[str, ...]:
        """The tree's own declaration files."""
        return tuple(
            path for path in self._tree.paths() if path.endswith(".d.ts") and "node_modules/" not in path
        )

    def _read(self, path: str) -> Manifest:
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = Manifest(path, self._facts_of(path))
        return found

    def package(self, path: str) -> Manifest | None:
        """The `package.json` nearest above a file."""
        for folder in folders(path):
            inside = f"{folder}/package.json" if folder else "package.json"
            if inside in self._tree:
                return self._read(inside)
        return None

    def in_folder(self, folder: str) -> Manifest | None:
        """The `package.json` of a folder."""
        path = f"{folder}/package.json" if folder else "package.json"
        return self._read(path) if path in self._tree else None

    # Workspaces

    @cached_property
    def _named(self) -> dict[str, list[Manifest]]:
        found: dict[str, list[Manifest]] = {}
        for listed in self._paths.values():
            for path in listed:
                if path.rpartition("/")[2] == "package.json":
                    one = self._read(path)
                    if one.one("name"):
                        found.setdefault(one.one("name"), []).append(one)
        return found

    def named(self, name: str) -> list[Manifest]:
        """The packages of that name; the workspaces' own alone, where that tells them from copies and fixtures."""
        found = self._named.get(name, [])
        if len(found) > 1:
            return [one for one in found if self._in_workspace(one.folder)] or found
        return found

    @cached_property
    def settled(self) -> bool:
        """Whether no manifest is in conflict; else packages of any name may be there."""
        return all(self._read(path).settled for listed in self._paths.values() for path in listed)

    @cached_property
    def _spaces(self) -> list[tuple[re.Pattern[str], bool]]:
        found = []
        for folder, listed in self._paths.items():
            if folder.count("/") > 1:
                continue
            for path in listed:
                for one in self._read(path).all("workspace"):
                    if one.count("*") > _STARS:
                        continue
                    found.append((_glob(folder, one.removeprefix("!")), not one.startswith("!")))
        return found

    def _in_workspace(self, folder: str) -> bool:
        said = [wanted for pattern, wanted in self._spaces if pattern.fullmatch(folder)]
        return bool(said) and all(said)

    # Compilers

    def configs(self, path: str) -> list[list[Manifest]]:
        """The compilers' settings that may hold for a file, the nearest first, each with what it extends."""
        found: list[list[Manifest]] = []
        for folder in folders(path):
            listed = [one for one in self._paths.get(folder, ()) if _is_config(one)]
            for one in sorted(listed, key=lambda name: (not name.endswith("/tsconfig.json"), name)):
                chain = self._chain(one)
                if chain:
                    found.append(chain)
        return found

    def _chain(self, path: str) -> list[Manifest]:
        known = self._chains.get(path)
        if known is None:
            known = self._chains[path] = self._extended(path)
        return known

    def _extended(self, path: str) -> list[Manifest]:
        """A file and those it extends, the strongest first; a file that cannot be found is one without settings."""
        found: list[Manifest] = []
        queue = [path]
        while queue and len(found) < _DEEPEST:
            at = queue.pop(0)
            if any(one.path == at for one in found):
                continue
            one = self._read(at)
            found.append(one)
            queue += filter(None, (self._parent(one, text) for text in reversed(one.all("extends"))))
        return found

    def _parent(self, one: Manifest, text: str) -> str:
        """The file another one extends; a path that is none where that is generated, "" where it is installed."""
        if text.startswith("."):
            stem = joined(one.folder, text)
            return self._config_at(stem) if stem else f"?{text}"
        name, rest = package_of(text)
        at = (joined(package.folder, rest or "tsconfig.json") for package in self.named(name))
        return next((self._config_at(stem) for stem in at if stem), "")

    def _config_at(self, stem: str) -> str:
        listed = (stem, f"{stem}.json", f"{stem}/tsconfig.json")
        return next((path for path in listed if path in self._tree), f"?{stem}")


def package_of(specifier: str) -> tuple[str, str]:
    """A bare specifier's package, and what follows its name."""
    parts = specifier.split("/")
    count = 2 if specifier.startswith("@") else 1
    return "/".join(parts[:count]), "/".join(parts[count:])


def settles(path: str) -> bool:
    """Whether this file is a manifest."""
    return path.rpartition("/")[2] in ("package.json", "pnpm-workspace.yaml") or _is_config(path)


def _is_config(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name in ("tsconfig.json", "jsconfig.json") or (
        name.startswith("tsconfig.") and name.endswith(".json")
    )


def _glob(folder: str, pattern: str) -> re.Pattern[str]:
    whole = joined(folder, pattern.rstrip("/")) or ""
    parts = [re.escape(part) for part in re.split(r"(\*+)", whole)]
    text = "".join("[^/]*" if part == r"\*" else ".*" if part.startswith(r"\*") else part for part in parts)
    return re.compile(text.replace("/.*/", "/(?:.*/)?"))
