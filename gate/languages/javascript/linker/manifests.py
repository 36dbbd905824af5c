"""What the manifests of a tree say about where modules are found, read when something first asks for it."""

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
"""Compilers' settings that extend one another."""
_STARS = 5
"""In one pattern; each costs time."""


class JavaScriptManifest:
    """The settings of one file. `readable`: they could be read; `settled`: the file is in no conflict."""

    def __init__(self, path: str, facts: FileFacts | None) -> None:
        self.path = path
        self.readable = facts is not None and facts.parse == "full"
        self.settled = facts != UNSETTLED
        self.folder = path.rpartition("/")[0]
        self._values: dict[str, list[str]] = {}
        for key, value in facts.settings if facts is not None else ():
            self._values.setdefault(key, []).append(value)

    def all(self, key: str) -> list[str]:
        """Return every value of a key."""
        return self._values.get(key, [])

    def first(self, key: str) -> str:
        """Return the first value of a key, "" when it has none."""
        return self._values.get(key, [""])[0]

    def below(self, key: str) -> dict[str, list[str]]:
        """Return the values of a map by their names in it: of `exports`, the targets by subpath."""
        start = f"{key} "
        return {name[len(start) :]: values for name, values in self._values.items() if name.startswith(start)}


class Manifests:
    """The manifests of one tree; nothing is read before it is needed."""

    def __init__(self, tree: Tree, facts_of: FactsOf) -> None:
        self._tree = tree
        self._facts_of = facts_of
        self._manifests: dict[str, JavaScriptManifest] = {}
        self._chains: dict[str, list[JavaScriptManifest]] = {}

    @cached_property
    def _paths(self) -> dict[str, list[str]]:
        """The paths of manifests outside of installed packages, by folder."""
        paths: dict[str, list[str]] = {}
        for path in self._tree.paths():
            if path.endswith((".json", ".yaml")) and is_manifest(path) and "node_modules/" not in path:
                paths.setdefault(path.rpartition("/")[0], []).append(path)
        return paths

    @cached_property
    def declarations(self) -> tuple[str, ...]:
        """The paths of the tree's own declaration files."""
        return tuple(
            path for path in self._tree.paths() if path.endswith(".d.ts") and "node_modules/" not in path
        )

    def _read(self, path: str) -> JavaScriptManifest:
        manifest = self._manifests.get(path)
        if manifest is None:
            manifest = self._manifests[path] = JavaScriptManifest(path, self._facts_of(path))
        return manifest

    def package(self, path: str) -> JavaScriptManifest | None:
        """Return the `package.json` nearest above a file."""
        for folder in folders(path):
            inside = f"{folder}/package.json" if folder else "package.json"
            if inside in self._tree:
                return self._read(inside)
        return None

    def in_folder(self, folder: str) -> JavaScriptManifest | None:
        """Return the `package.json` of a folder."""
        path = f"{folder}/package.json" if folder else "package.json"
        return self._read(path) if path in self._tree else None

    # Workspaces

    @cached_property
    def _packages(self) -> dict[str, list[JavaScriptManifest]]:
        """The packages of the tree by their names."""
        packages: dict[str, list[JavaScriptManifest]] = {}
        for paths in self._paths.values():
            for path in paths:
                if path.rpartition("/")[2] == "package.json":
                    manifest = self._read(path)
                    if manifest.first("name"):
                        packages.setdefault(manifest.first("name"), []).append(manifest)
        return packages

    def named(self, name: str) -> list[JavaScriptManifest]:
        """Return the packages of a name; those of workspaces alone where copies and fixtures have it too."""
        packages = self._packages.get(name, [])
        if len(packages) > 1:
            return [package for package in packages if self._in_workspace(package.folder)] or packages
        return packages

    @cached_property
    def settled(self) -> bool:
        """Whether no manifest is in conflict; else there may be packages of any name."""
        return all(self._read(path).settled for paths in self._paths.values() for path in paths)

    @cached_property
    def _workspaces(self) -> list[tuple[re.Pattern[str], bool]]:
        """The patterns of workspaces' folders, each with whether it takes folders in (True) or out."""
        patterns = []
        for folder, paths in self._paths.items():
            if folder.count("/") > 1:
                continue
            for path in paths:
                for pattern in self._read(path).all("workspace"):
                    if pattern.count("*") <= _STARS:
                        glob = _glob(folder, pattern.removeprefix("!"))
                        patterns.append((glob, not pattern.startswith("!")))
        return patterns

    def _in_workspace(self, folder: str) -> bool:
        verdicts = [taken_in for pattern, taken_in in self._workspaces if pattern.fullmatch(folder)]
        return bool(verdicts) and all(verdicts)

    # Compilers

    def configs(self, path: str) -> list[list[JavaScriptManifest]]:
        """Return the compilers' settings that may hold for a file, the nearest first, each with those it extends."""
        chains: list[list[JavaScriptManifest]] = []
        for folder in folders(path):
            configs = [path for path in self._paths.get(folder, ()) if _is_config(path)]
            for config in sorted(configs, key=lambda name: (not name.endswith("/tsconfig.json"), name)):
                chain = self._chain(config)
                if chain:
                    chains.append(chain)
        return chains

    def _chain(self, path: str) -> list[JavaScriptManifest]:
        chain = self._chains.get(path)
        if chain is None:
            chain = self._chains[path] = self._extended(path)
        return chain

    def _extended(self, path: str) -> list[JavaScriptManifest]:
        """Return a file and those it extends, the strongest first; one that does not exist has no settings."""
        chain: list[JavaScriptManifest] = []
        queue = [path]
        while queue and len(chain) < _DEEPEST:
            next_path = queue.pop(0)
            if any(config.path == next_path for config in chain):
                continue
            config = self._read(next_path)
            chain.append(config)
            queue += filter(None, (self._parent(config, text) for text in reversed(config.all("extends"))))
        return chain

    def _parent(self, config: JavaScriptManifest, text: str) -> str:
        """Return the path of a file that settings extend: "" where it is installed, `?…` where it is generated."""
        if text.startswith("."):
            stem = joined(config.folder, text)
            return self._config_at(stem) if stem else f"?{text}"
        name, subpath = package_of(text)
        stems = (joined(package.folder, subpath or "tsconfig.json") for package in self.named(name))
        return next((self._config_at(stem) for stem in stems if stem), "")

    def _config_at(self, stem: str) -> str:
        candidates = (stem, f"{stem}.json", f"{stem}/tsconfig.json")
        return next((path for path in candidates if path in self._tree), f"?{stem}")


def package_of(specifier: str) -> tuple[str, str]:
    """Return the package of a bare specifier, and the subpath behind its name."""
    parts = specifier.split("/")
    count = 2 if specifier.startswith("@") else 1
    return "/".join(parts[:count]), "/".join(parts[count:])


def is_manifest(path: str) -> bool:
    """Return whether a file is a package's, a workspace's or a compiler's manifest."""
    return path.rpartition("/")[2] in ("package.json", "pnpm-workspace.yaml") or _is_config(path)


def _is_config(path: str) -> bool:
    """Return whether a file holds a compiler's settings."""
    name = path.rpartition("/")[2]
    return name in ("tsconfig.json", "jsconfig.json") or (
        name.startswith("tsconfig.") and name.endswith(".json")
    )


def _glob(folder: str, pattern: str) -> re.Pattern[str]:
    """Return the expression for the folders of a workspace's pattern: `*` within a part, `**` over several."""
    whole = joined(folder, pattern.rstrip("/")) or ""
    parts = [re.escape(part) for part in re.split(r"(\*+)", whole)]
    text = "".join("[^/]*" if part == r"\*" else ".*" if part.startswith(r"\*") else part for part in parts)
    return re.compile(text.replace("/.*/", "/(?:.*/)?"))
