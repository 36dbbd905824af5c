"""Which module a specifier names, as seen from a file: relative, by the compiler's paths, by a package of the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import UNKNOWN, Missing, Module, Unknown
from gate.languages.javascript.linker import paths
from gate.languages.javascript.linker.manifests import package_of
from gate.languages.javascript.linker.modules import ModuleFiles
from gate.languages.javascript.linker.patterns import aliased, targets

if TYPE_CHECKING:
    from gate.languages.base.symbols import Dependency
    from gate.languages.base.tree import Tree
    from gate.languages.javascript.linker.manifests import Manifests

_NAMES = """
assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain
events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl
stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib
"""
_NODE = frozenset(_NAMES.split())
"""Modules that come with Node."""
_LOCAL = ("workspace:", "file:", "link:", "portal:")
"""How the range of a dependency begins that no registry provides."""

ModuleSymbol = Module | Missing | Unknown
"""The module, `Missing` when no file of the tree provides it, `UNKNOWN` when that is not known."""


class SpecifierResolver:
    """The modules of one state by specifier. `dependencies` grows with every file an answer rests on."""

    def __init__(self, tree: Tree, manifests: Manifests, dependencies: list[Dependency]) -> None:
        self._manifests = manifests
        self._modules = ModuleFiles(tree, manifests, dependencies)
        self._dependencies = dependencies
        self._resolved: dict[tuple[str, str], tuple[ModuleSymbol, tuple[Dependency, ...]]] = {}
        """By (folder of the importer, specifier)."""

    def resolve(self, importer: str, specifier: str) -> ModuleSymbol:
        """Return the module that a specifier names in the file `importer`."""
        key = (importer.rpartition("/")[0], specifier)
        entry = self._resolved.get(key)
        if entry is None:
            start = len(self._dependencies)
            symbol = self._resolve(importer, specifier)
            entry = self._resolved[key] = symbol, tuple(self._dependencies[start:])
        else:
            self._dependencies += entry[1]
        if specifier.startswith("."):
            self._dependencies.append((importer, ""))
        return entry[0]

    def _resolve(self, importer: str, specifier: str) -> ModuleSymbol:
        plain = _plain(specifier)
        if plain.startswith("."):
            return self._relative(importer, plain)
        outside = not plain or plain.startswith("/") or ":" in plain or package_of(plain)[0] in _NODE
        return UNKNOWN if outside else self._bare(importer, plain)

    # Relative

    def _relative(self, importer: str, specifier: str) -> ModuleSymbol:
        """Return the module at a path relative to the importer's folder."""
        stem = paths.joined(importer.rpartition("/")[0], specifier)
        if stem is None:
            return UNKNOWN
        module = self._modules.at(stem, folder_first=specifier.endswith(("/", ".")))
        module = module or self._in_roots(importer, stem)
        if module is not None:
            return module
        package = self._manifests.in_folder(stem)
        if package is not None and not package.settled:
            return UNKNOWN
        return Missing(importer, specifier, module=True)

    def _in_roots(self, importer: str, stem: str) -> Module | None:
        """Return the module at a path in one of the `rootDirs`, which are as if they lay over one another."""
        for configs in self._manifests.configs(importer):
            config = next((config for config in configs if config.all("rootDirs")), None)
            if config is None:
                continue
            folders = (paths.joined(config.folder, text) for text in config.all("rootDirs"))
            roots = [folder for folder in folders if folder is not None]
            own_root = next((root for root in roots if stem.startswith(f"{root}/")), None)
            if own_root is None:
                continue
            for root in roots:
                module = self._modules.at(f"{root}{stem[len(own_root) :]}")
                if module is not None:
                    return module
        return None

    # Bare

    def _bare(self, importer: str, specifier: str) -> ModuleSymbol:
        """Return the module that a specifier names which is no path."""
        if specifier.startswith("#"):
            internal = self._internal(importer, specifier)
            if internal is not None:
                return internal
        mapped = self._mapped(importer, specifier)
        if isinstance(mapped, Module):
            return mapped
        return self._package(importer, specifier) or mapped or self._external(importer, specifier)

    def _internal(self, importer: str, specifier: str) -> Module | Unknown | None:
        """Return the module behind a `#name` that the importer's package lists in its `imports`; None for no such."""
        package = self._manifests.package(importer)
        if package is None:
            return None
        texts = targets(package.below("imports"), specifier)
        self._dependencies.append((package.path, ""))
        if texts is None:
            return None
        return self._modules.first(package, texts) or UNKNOWN

    def _mapped(self, importer: str, specifier: str) -> Module | Unknown | None:
        """Return the module to which the compiler's `paths` and `baseUrl` lead.

        None when they lead nowhere, `UNKNOWN` where there may be more of them.
        """
        unknown = False
        for configs in self._manifests.configs(importer):
            unknown = unknown or any(not config.readable for config in configs)
            for stem in aliased(configs, specifier):
                module = self._modules.at(stem)
                if module is not None:
                    self._dependencies.extend((config.path, "") for config in configs)
                    return module
        return UNKNOWN if unknown else None

    def _package(self, importer: str, specifier: str) -> ModuleSymbol | None:
        """Return the module of a package of the tree, the nearest one of that name; None when there is none."""
        name, subpath = package_of(specifier)
        packages = self._manifests.named(name)
        if not packages:
            return None
        nearest = max(packages, key=lambda package: (_common_folders(package.folder, importer), package.path))
        self._dependencies.append((nearest.path, ""))
        symbol = self._modules.in_package(nearest, subpath, importer)
        if len(packages) == 1:
            return symbol
        return Module(symbol.path, symbol.folder, sure=False) if isinstance(symbol, Module) else UNKNOWN

    def _external(self, importer: str, specifier: str) -> Missing | Unknown:
        """Return that no file of the tree is the module.

        It is not surely missing where the importer's package names a version of it, which a registry may provide.
        """
        if not self._manifests.settled:
            return UNKNOWN
        package = self._manifests.package(importer)
        version = package.first(f"dependency {package_of(specifier)[0]}") if package is not None else ""
        return Missing(importer, specifier, module=True, sure=not version or version.startswith(_LOCAL))


def _plain(specifier: str) -> str:
    """Return a specifier without its loaders (`raw!./x`) and queries (`./x?raw`)."""
    return specifier.rpartition("!")[2].partition("?")[0]


def _common_folders(first: str, second: str) -> int:
    """Return with how many equal parts two paths begin."""
    count = 0
    for left, right in zip(first.split("/"), second.split("/"), strict=False):
        if left != right:
            break
        count += 1
    return count
