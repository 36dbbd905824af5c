"""Which files load which: the imports of the base, and those that sides add to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gate.languages import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gate.languages.base.language import Language, Linker, ModuleLoading
    from gate.model.source import Import
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges

_MOST_IMPORTS = 2000
"""New imports of one file; what has more is generated."""

Edges = dict[str, dict[str, int]]
"""By importing file: the files it leads to, with the line of the import."""


class Loader(NamedTuple):
    """A language whose modules run as they load, and how they do."""

    language: Language
    loading: ModuleLoading


def loader_of(path: str) -> Loader | None:
    """Return how a file loads; None where nothing runs."""
    language = registry.language(path)
    loading = None if language is None else language.loading()
    return None if language is None or loading is None else Loader(language, loading)


class ImportGraph:
    """Edges between files. Those of the base are read on demand, off the head of each file's text."""

    def __init__(self, states: States, changes: Mapping[str, StreamChanges]) -> None:
        self._states = states
        self.added = {
            side: edges for side, side_changes in changes.items() if (edges := _added(states, side_changes))
        }
        """By side that adds any: the imports it adds."""
        self._base: dict[str, tuple[str, ...]] = {}
        self._linkers: dict[str, Linker] = {}
        """By language: the names of the base."""

    def added_edges(self, side: str) -> Iterator[tuple[str, str]]:
        """Yield (importing file, loaded file) of the imports that a side adds."""
        return ((tail, head) for tail, heads in self.added[side].items() for head in heads)

    def line(self, side: str, tail: str, head: str) -> int | None:
        """Return the line at which a side adds this import, None where it does not."""
        return self.added[side].get(tail, {}).get(head)

    def successors(self, path: str, sides: Iterable[str]) -> list[str]:
        """Return the files that a file loads in the base, and by what these sides add to it."""
        heads = self._base.get(path)
        if heads is None:
            heads = self._base[path] = tuple(self._base_heads(path))
        return [*heads, *(head for side in sides for head in self.added[side].get(path, ()))]

    def preload(self, paths: Iterable[str]) -> None:
        """Prepare the base's imports of these files."""
        versions = ((self._states.base_blob(path), loader_of(path)) for path in paths)
        self._states.blobs.load_imports(
            (blob, loader.loading.imports_form) for blob, loader in versions if blob and loader is not None
        )

    def _base_heads(self, path: str) -> Iterable[str]:
        blob, loader = self._states.base_blob(path), loader_of(path)
        if not blob or loader is None:
            return ()
        linker = self._linker(loader.language)
        heads: dict[str, None] = {}
        for binding in self._states.blobs.imports(blob, loader.loading.imports_form).imports:
            if not loader.loading.is_outside(linker, binding):
                heads.update(dict.fromkeys(loader.loading.loaded_files(linker, path, binding)))
        linker.dependencies.clear()
        heads.pop(path, None)
        return heads

    def _linker(self, language: Language) -> Linker:
        if language.name not in self._linkers:
            self._linkers[language.name] = self._states.linker(language, {})
        return self._linkers[language.name]


def _added(states: States, changes: StreamChanges) -> Edges:
    """Return the imports a side adds that run as their file loads, each with what it leads to in its own state."""
    linkers: dict[str, Linker] = {}
    edges: Edges = {}
    for path in changes.changed_blobs:
        loader = loader_of(path)
        new_imports = _new_imports(states, changes, path) if loader and loader.loading.runs(path) else []
        if loader is None or not new_imports:
            continue
        language = loader.language
        if language.name not in linkers:
            linkers[language.name] = states.linker(language, changes.changed_blobs)
        for binding in new_imports[:_MOST_IMPORTS]:
            for head in loader.loading.loaded_files(linkers[language.name], path, binding):
                if head != path and not registry.is_test(head):
                    edges.setdefault(path, {}).setdefault(head, binding.line)
    return edges


def _new_imports(states: States, changes: StreamChanges, path: str) -> list[Import]:
    """Return the imports of a module that the base's version of it lacks; none of a test."""
    blob = changes.changed_blobs[path]
    if not blob or registry.is_test(path):
        return []
    old = {_key(binding) for binding in states.base_facts(path).imports if _surely_runs(binding)}
    imports = states.facts(blob, path).imports
    return [binding for binding in imports if _surely_runs(binding) and _key(binding) not in old]


def _key(binding: Import) -> tuple[str, str, int]:
    return binding.module, binding.name, binding.level


def _surely_runs(binding: Import) -> bool:
    """Return whether an import surely runs when its file loads, and must not fail."""
    return not (binding.scope or binding.typing or binding.guarded or binding.conditional)
