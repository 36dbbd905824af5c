"""What modules export: names of their own, names they re-export, and the names of their stars (`export * from`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.languages.base.symbols import PRESENT, UNKNOWN, Missing, Module
from gate.languages.javascript.linker import paths

if TYPE_CHECKING:
    from gate.languages.base.symbols import Dependency, Symbol
    from gate.languages.javascript.linker.names import JavaScriptNames
    from gate.model.source import Export, FileFacts

DEEPEST = 12
"""Steps from module to module, or from value to value, after which nothing is known."""
_OF_EVERY_MODULE = ("then", "__esModule")


class Exports:
    """The exports of one state, each resolved once.

    It does not hold the linker: states are many, and objects that hold one another stay in memory for longer.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, dict[str, list[Export]]] = {}
        self._resolved: dict[tuple[str, str], tuple[Symbol, tuple[Dependency, ...]]] = {}

    def attribute(self, names: JavaScriptNames, module: Module, name: str, depth: int) -> Symbol:
        """Return what a module exports under a name."""
        if not paths.is_source(module.path):
            return PRESENT
        symbol = self._once(names, module.path, name, depth)
        if isinstance(symbol, Missing) and not module.sure:
            return Missing(symbol.where, symbol.name, symbol.inside, sure=False)
        return symbol

    def _once(self, names: JavaScriptNames, path: str, name: str, depth: int) -> Symbol:
        """Return what the file at `path` exports; while that is worked out, modules in a ring have it unknown."""
        entry = self._resolved.get((path, name))
        if entry is None:
            self._resolved[path, name] = UNKNOWN, ()
            start = len(names.dependencies)
            symbol = self._exported(names, path, name, depth, set())
            self._resolved[path, name] = symbol, tuple(names.dependencies[start:])
            return symbol
        names.dependencies += entry[1]
        return entry[0]

    def _exported(self, names: JavaScriptNames, path: str, name: str, depth: int, seen: set[str]) -> Symbol:
        """Return what a file exports under a name; `seen` are the files whose stars led here."""
        facts = names.facts(path)
        if path in seen:
            return Missing(path, name)
        seen.add(path)
        if depth > DEEPEST or name in _OF_EVERY_MODULE:
            return UNKNOWN
        exports = self._of_file(names, path).get(name, [])
        if name == "default" and _is_object(facts, exports):
            return Module(path, None)
        if exports:
            names.dependencies.append((path, name))
            return _all(names, path, exports, depth)
        if facts.parse != "full" or "exports" in facts.dynamic:
            return UNKNOWN
        return self._starred(names, path, name, depth, seen)

    def _of_file(self, names: JavaScriptNames, path: str) -> dict[str, list[Export]]:
        """Return the exports of a file by name, its stars under "*"."""
        exports = self._by_name.get(path)
        if exports is None:
            exports = self._by_name[path] = {}
            for export in names.facts(path).exported:
                exports.setdefault(export.name, []).append(export)
        return exports

    def _starred(self, names: JavaScriptNames, path: str, name: str, depth: int, seen: set[str]) -> Symbol:
        """Return what a file exports under a name through its stars, which never bring a default."""
        unknown = False
        symbols: list[Symbol] = []
        for star in self._of_file(names, path).get("*", ()) if name != "default" else ():
            source = names.source(path, star.module)
            if not isinstance(source, Module) or not paths.is_source(source.path):
                unknown = True
                continue
            symbol = self._exported(names, source.path, name, depth + 1, seen)
            unknown = unknown or symbol == UNKNOWN or not source.sure
            if not isinstance(symbol, Missing) and symbol != UNKNOWN:
                names.dependencies.append((path, "*"))
                symbols.append(symbol)
        if symbols:
            return PRESENT if unknown else only(symbols)
        return UNKNOWN if unknown else Missing(path, name)


def is_commonjs(facts: FileFacts) -> bool:
    """Return whether a file assigns to `exports` or `module.exports`."""
    return ("module", "commonjs") in facts.settings


def only(symbols: list[Symbol]) -> Symbol:
    """Return what all of these are, `PRESENT` where they differ."""
    return symbols[0] if all(symbol == symbols[0] for symbol in symbols) else PRESENT


def _all(names: JavaScriptNames, path: str, exports: list[Export], depth: int) -> Symbol:
    """Return what the exports of one name stand for; several are a type and a value, or overloads."""
    symbols = [_meaning(names, path, export, depth) for export in exports]
    missing = next((symbol for symbol in symbols if isinstance(symbol, Missing)), None)
    return only(symbols) if missing is None else missing


def _meaning(names: JavaScriptNames, path: str, export: Export, depth: int) -> Symbol:
    """Return what one export stands for."""
    if not export.module:
        symbol = names.binding(path, export.local, depth + 1) if export.local else PRESENT
        return PRESENT if isinstance(symbol, Missing) or symbol == UNKNOWN else symbol
    source = names.source(path, export.module)
    if not isinstance(source, Module):
        return PRESENT
    symbol = source if export.local == "*" else names.attribute(source, export.local, depth + 1)
    # A name that is missing further down is reported where it is re-exported, unless the importer alone is new.
    return PRESENT if symbol == UNKNOWN else symbol


def _is_object(facts: FileFacts, default: list[Export]) -> bool:
    """Return whether a CommonJS module exports an object whose names are all in its text."""
    named = any(export.local for export in default)
    return is_commonjs(facts) and "exports" not in facts.dynamic and not named
