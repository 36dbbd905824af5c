"""Which module a specifier is, as seen from a file: relative, by the compiler's paths, by a package of the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import UNKNOWN, Missing, Module
from gate.languages.javascript.linker import paths
from gate.languages.javascript.linker.manifests import package_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.symbols import Unknown
    from gate.languages.base.tree import Tree
    from gate.languages.javascript.linker.manifests import Manifest, Manifests

_NAMES = """
assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain
events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl
stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib
"""
NODE = frozenset(_NAMES.split())
_BUILT = ("dist", "lib", "build", "out", "es", "esm", "cjs", "types", "output")
_SOURCES = ("src", "source", "lib", "")
_LOCAL = ("workspace:", "file:", "link:", "portal:")
_DEEPEST = 4

Found = Module | Missing


class Resolver:
    """The modules of one state. `dependencies` grows with every file an answer rests on."""

    def __init__(self, tree: Tree, manifests: Manifests, dependencies: list[tuple[str, str]]) -> None:
        self.tree = tree
        self._manifests = manifests
        self._dependencies = dependencies
        self._known: dict[tuple[str, str], tuple[Found | Unknown, tuple[tuple[str, str], ...]]] = {}

    def resolve(self, importer: str, specifier: str) -> Found | Unknown:
        """The module, `Missing` when no file of the tree provides it, `UNKNOWN` when that cannot be told."""
        key = (importer.rpartition("/")[0], specifier)
        known = self._known.get(key)
        if known is None:
            start = len(self._dependencies)
            found = self._resolve(importer, specifier)
            known = self._known[key] = found, tuple(self._dependencies[start:])
        else:
            self._dependencies += known[1]
        if specifier.startswith("."):
            self._dependencies.append((importer, ""))
        return known[0]

    def _resolve(self, importer: str, specifier: str) -> Found | Unknown:
        plain = _plain(specifier)
        if plain.startswith("."):
            return self._relative(importer, plain)
        if (
            not plain
            or plain.startswith("/")
            or ":" in plain
            or plain in NODE
            or package_of(plain)[0] in NODE
        ):
            return UNKNOWN
        return self._bare(importer, plain)

    # Relative

    def _relative(self, importer: str, specifier: str) -> Found | Unknown:
        folder = importer.rpartition("/")[0]
        stem = paths.joined(folder, specifier)
        if stem is None:
            return UNKNOWN
        found = self._at(stem, folder_first=specifier.endswith(("/", ".")))
        found = found or self._in_roots(importer, stem)
        if found is None and (package := self._manifests.in_folder(stem)) is not None and not package.settled:
            return UNKNOWN
        return found or Missing(importer, specifier, module=True)

    def _at(self, stem: str, *, folder_first: bool = False, depth: int = 0) -> Module | None:
        """The module at a path, with or without its ending."""
        if not folder_first:
            listed = paths.files(self.tree, stem)
            if listed:
                self._dependencies.extend((path, "") for path in listed)
                return Module(listed[0], None, sure=len(listed) == 1 or listed[0] == stem)
        found = self._folder(stem, depth) if self.tree.has_folder(stem) else None
        if found is None and not folder_first:
            variants = paths.platforms(self.tree, stem)
            if variants:
                self._dependencies.extend((path, "") for path in variants)
                return Module(variants[0], None, sure=False)
        return found

    def _folder(self, folder: str, depth: int) -> Module | None:
        package = self._manifests.in_folder(folder) if depth < _DEEPEST else None
        if package is not None:
            self._dependencies.append((package.path, ""))
            found = next(self._mains(package, depth), None)
            if found is not None:
                return found
        path = paths.index(self.tree, folder)
        if not path:
            return None
        self._dependencies.append((path, ""))
        return Module(path, folder)

    def _in_roots(self, importer: str, stem: str) -> Module | None:
        """Through `rootDirs`, which lie over one another."""
        for chain in self._manifests.configs(importer):
            roots = next((one for one in chain if one.all("rootDirs")), None)
            if roots is None:
                continue
            listed = [
                at for text in roots.all("rootDirs") if (at := paths.joined(roots.folder, text)) is not None
            ]
            own = next((at for at in listed if stem.startswith(f"{at}/")), None)
            if own is None:
                continue
            for at in listed:
                found = self._at(f"{at}{stem[len(own) :]}")
                if found is not None:
                    return found
        return None

    # Bare

    def _bare(self, importer: str, specifier: str) -> Found | Unknown:
        if specifier.startswith("#"):
            found = self._internal(importer, specifier)
            if found is not None:
                return found
        mapped = self._mapped(importer, specifier)
        if mapped is not None and mapped is not UNKNOWN:
            return mapped
        return self._package(importer, specifier) or mapped or self._external(importer, specifier)

    def _external(self, importer: str, specifier: str) -> Missing | Unknown:
        """No file of the tree provides it; a registry may, where the importing package names a version of it."""
        if not self._manifests.settled:
            return UNKNOWN
        own = self._manifests.package(importer)
        wanted = own.one(f"dependency {package_of(specifier)[0]}") if own is not None else ""
        return Missing(importer, specifier, module=True, sure=not wanted or wanted.startswith(_LOCAL))

    def _mapped(self, importer: str, specifier: str) -> Module | Unknown | None:
        """Through the compiler's `paths` and `baseUrl`; `UNKNOWN` where there may be more of them."""
        unknown = False
        for chain in self._manifests.configs(importer):
            unknown = unknown or any(not one.known for one in chain)
            for stem in _aliased(chain, specifier):
                found = self._at(stem)
                if found is not None:
                    self._dependencies.extend((one.path, "") for one in chain)
                    return found
        return UNKNOWN if unknown else None

    def _internal(self, importer: str, specifier: str) -> Module | Unknown | None:
        """Through `imports` of the package a file belongs to."""
        own = self._manifests.package(importer)
        if own is None:
            return None
        targets = _matching(own.below("imports"), specifier)
        self._dependencies.append((own.path, ""))
        if targets is None:
            return None
        return self._first(own, targets) or UNKNOWN

    def _package(self, importer: str, specifier: str) -> Found | Unknown | None:
        name, rest = package_of(specifier)
        listed = self._manifests.named(name)
        if not listed:
            return None
        best = max(listed, key=lambda one: (_shared(one.folder, importer), one.path))
        self._dependencies.append((best.path, ""))
        found = self._subpath(best, importer, rest)
        if len(listed) == 1:
            return found
        return Module(found.path, found.folder, sure=False) if isinstance(found, Module) else UNKNOWN

    def _subpath(self, package: Manifest, importer: str, rest: str) -> Found | Unknown:
        exports = package.below("exports")
        if exports:
            targets = _matching(exports, f"./{rest}" if rest else ".")
            if targets is None:
                at = paths.joined(package.folder, rest) or ""
                loose = self._at(at) if rest else None
                name = f"{package.one('name')}/{rest}".rstrip("/")
                return loose or Missing(importer, name, module=True, sure=package.known)
            return self._first(package, targets) or UNKNOWN
        if not rest:
            found = next(self._mains(package, 0), None) or self._folder_index(package)
            return found or UNKNOWN
        stem = paths.joined(package.folder, rest)
        found = self._at(stem) or self._built(package, rest) if stem is not None else None
        name = f"{package.one('name')}/{rest}"
        return found or (UNKNOWN if _is_built(rest) else Missing(importer, name, module=True))

    def _folder_index(self, package: Manifest) -> Module | None:
        folder = package.folder
        for at in (folder, f"{folder}/src" if folder else "src"):
            path = paths.index(self.tree, at)
            if path:
                self._dependencies.append((path, ""))
                return Module(path, at, sure=at == folder or not package.one("main"))
        return None

    def _mains(self, package: Manifest, depth: int) -> Iterator[Module]:
        """What importing a package's folder gives, the source before what is built of it."""
        for key in ("source", "types", "module", "main"):
            text = package.one(key)
            if text:
                found = self._target(package, text, depth + 1)
                if found is not None:
                    yield found

    def _first(self, package: Manifest, targets: list[str]) -> Module | None:
        """The first target that is there; conditions are told apart by no one here."""
        found = list(
            dict.fromkeys(filter(None, (self._target(package, text, 1) for text in targets if text)))
        )
        if not found:
            return None
        source = [one for one in found if paths.is_source(one.path)]
        return source[0] if source else found[0]

    def _target(self, package: Manifest, text: str, depth: int) -> Module | None:
        stem = paths.joined(package.folder, text)
        if stem is None or stem == package.folder:
            return None
        return self._at(stem, depth=depth) or self._built(package, text)

    def _built(self, package: Manifest, text: str) -> Module | None:
        """The source of a built file: the same path below the folder of sources, else the one index there is."""
        if not _is_built(text):
            return None
        top, _, rest = text.removeprefix("./").partition("/")
        stem = _bare_stem(rest)
        while stem:
            for folder in _SOURCES:
                if folder == top:
                    continue
                at = paths.joined(package.folder, f"{folder}/{stem}" if folder else stem)
                found = self._at(at) if at else None
                if found is not None and paths.is_source(found.path):
                    return found
            _, _, stem = stem.partition("/")
        targets = {_bare_stem(one) for listed in package.below("exports").values() for one in listed if one}
        only = len(targets) <= 1 or _bare_stem(text) == _bare_stem(
            package.one("main") or package.one("module")
        )
        return self._folder_index(package) if only else None


def _plain(specifier: str) -> str:
    """Without loaders (`raw!./x`) and queries (`./x?raw`)."""
    return specifier.rpartition("!")[2].partition("?")[0]


def _aliased(chain: list[Manifest], specifier: str) -> Iterator[str]:
    """Where `paths` and `baseUrl` lead, the best match first."""
    base = next((one for one in chain if one.one("baseUrl")), None)
    holder = next((one for one in chain if one.below("paths")), None)
    if holder is not None:
        root, text = (base.folder, base.one("baseUrl")) if base is not None else (holder.folder, ".")
        for target in _matching(holder.below("paths"), specifier) or ():
            stem = paths.joined(root, f"{text}/{target}")
            if stem is not None:
                yield stem
    if base is not None:
        stem = paths.joined(base.folder, f"{base.one('baseUrl')}/{specifier}")
        if stem is not None:
            yield stem


def _matching(patterns: dict[str, list[str]], name: str) -> list[str] | None:
    """The targets of the pattern that fits a name with the longest prefix, its `*` filled in; None when none does."""
    if name in patterns and "*" not in name:
        return patterns[name]
    best, filled = "", ""
    for pattern in patterns:
        start, star, end = pattern.partition("*")
        if (
            not star
            or not name.startswith(start)
            or not name.endswith(end)
            or len(name) < len(start) + len(end)
        ):
            continue
        if not best or len(start) > len(best.partition("*")[0]):
            best, filled = pattern, name[len(start) : len(name) - len(end)]
    return [target.replace("*", filled) for target in patterns[best]] if best else None


def _bare_stem(path: str) -> str:
    folder, slash, name = path.rpartition("/")
    return folder + slash + name.partition(".")[0]


def _is_built(path: str) -> bool:
    return path.removeprefix("./").partition("/")[0] in _BUILT


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one.split("/"), other.split("/"), strict=False):
        if left != right:
            break
        count += 1
    return count
