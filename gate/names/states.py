"""The states that names are resolved in: the base, each side alone, and sides merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.languages.base.tree import Tree
from gate.languages.state import State
from gate.model.source import NO_FACTS, UNSETTLED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from gate.languages.base.language import FactsOf, Language, Linker
    from gate.model.source import FileFacts
    from gate.names.source import BlobSource, NameSource


@dataclass(frozen=True, slots=True)
class MergedFiles:
    """What a merge makes of the base: its changed paths with their blobs ("" for none), and the paths in conflict."""

    blobs: Mapping[str, str]
    unsettled: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class _SurveyedTree:
    """The base's files of one language, and the language's survey of them."""

    tree: Tree
    survey: object


class States:
    """Every state that is laid over one base, made on demand."""

    def __init__(self, source: NameSource) -> None:
        self.source = source
        self._paths = source.paths()
        self._surveyed: dict[str, _SurveyedTree] = {}

    @property
    def blobs(self) -> BlobSource:
        """What blobs say."""
        return self.source.blobs

    def base_blob(self, path: str) -> str:
        """Return the base's blob of a path, "" for none."""
        return self._paths.get(path, "")

    def blob_in(self, changed_blobs: Mapping[str, str], path: str) -> str:
        """Return the blob of a path in the base with these changes, "" for none."""
        blob = changed_blobs.get(path)
        return self.base_blob(path) if blob is None else blob

    def facts(self, blob: str, path: str) -> FileFacts:
        """Return the facts of a version of a file; empty ones where there is no file or nobody reads it."""
        return self.read_facts(blob, path) or NO_FACTS

    def read_facts(self, blob: str, path: str) -> FileFacts | None:
        """Return the facts of a version of a file; None where there is no file or nobody reads it."""
        return self.blobs.facts(blob, path) if blob and registry.is_read(path) else None

    def base_facts(self, path: str) -> FileFacts:
        """Return the facts of the base's version of a file; empty ones where there is none."""
        return self.facts(self.base_blob(path), path)

    def state(self, files: MergedFiles) -> State:
        """Return the names of the base with these changes; nothing is known of the paths in conflict."""
        facts_of = self._facts_in(files)
        linkers: dict[str, Linker] = {}

        def linker_of(path: str) -> Linker | None:
            language = registry.language(path)
            if language is None:
                return None
            if language.name not in linkers:
                linkers[language.name] = self._linker(language, files.blobs, facts_of)
            return linkers[language.name]

        return State(facts_of, linker_of)

    def linker(self, language: Language, changed_blobs: Mapping[str, str]) -> Linker:
        """Return the names of one language's files in the base with these changes."""
        return self._linker(language, changed_blobs, self._facts_in(MergedFiles(changed_blobs)))

    def _facts_in(self, files: MergedFiles) -> FactsOf:
        def facts_of(path: str) -> FileFacts | None:
            if path in files.unsettled:
                return UNSETTLED
            return self.read_facts(self.blob_in(files.blobs, path), path)

        return facts_of

    def _linker(self, language: Language, changed_blobs: Mapping[str, str], facts_of: FactsOf) -> Linker:
        surveyed = self._survey(language)
        blobs = {path: blob for path, blob in changed_blobs.items() if language.accepts(path)}
        tree = surveyed.tree.with_changes(blobs)
        if any(map(language.is_manifest, blobs)):
            return language.linker(tree, language.survey(tree, facts_of), facts_of)
        return language.linker(tree, surveyed.survey, facts_of)

    def _survey(self, language: Language) -> _SurveyedTree:
        surveyed = self._surveyed.get(language.name)
        if surveyed is None:
            tree = Tree({path: blob for path, blob in self._paths.items() if language.accepts(path)})
            surveyed = _SurveyedTree(tree, language.survey(tree, self._facts_at(tree.blob)))
            self._surveyed[language.name] = surveyed
        return surveyed

    def _facts_at(self, blob_of: Callable[[str], str]) -> FactsOf:
        return lambda path: self.read_facts(blob_of(path), path)
