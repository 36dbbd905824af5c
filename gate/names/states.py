"""The states names are judged in: the target, each stream landed alone, and pairs landed together."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from gate.git import changes
from gate.languages import registry
from gate.languages.base.changes import FileChanges, compare
from gate.languages.base.tree import Tree
from gate.languages.base.uses import INHERITED, Use, uses
from gate.languages.state import State
from gate.model.git import FILES
from gate.model.names import Place
from gate.model.source import NO_FACTS, UNSETTLED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from gate.git.repository import Repository
    from gate.languages.base.language import FactsOf, Language, Linker
    from gate.model.facts import StreamFacts
    from gate.model.git import Target
    from gate.model.source import FileFacts
    from gate.names.facts import Sources


@dataclass(slots=True)
class Work:
    """What one stream does to names. Paths are those of its landed state."""

    name: str
    over: dict[str, str]
    """Changed paths with their blobs, "" where the file is gone."""
    old_paths: dict[str, str]
    """New path to old path, of renames."""
    added: Callable[[str], Mapping[int, str]] = lambda _: {}
    """By landed path: the lines the target's version of the file lacks, by their number."""
    new_files: set[str] = field(default_factory=set)
    """Changed paths that the target has not."""
    changed: dict[str, FileChanges] = field(default_factory=dict)
    """By the target's path."""
    fresh: dict[str, list[Use]] = field(default_factory=dict)
    """By landed path: uses that the target's version of the file lacks, or has in fewer places."""
    gone: set[tuple[str, str]] = field(default_factory=set)
    """Names and digests of functions that a file does not hold any more."""
    near: dict[str, list[Use]] = field(default_factory=dict)
    """By landed path of a test: uses that the target's version has too, in tests that are new or changed."""

    def tests(self) -> dict[str, list[Use]]:
        """What tests that are new or changed need, by landed path."""
        paths = [path for path in self.fresh if registry.is_test(path)]
        return {path: [*self.fresh[path], *self.near.get(path, ())] for path in paths}

    @property
    def new_paths(self) -> dict[str, str]:
        """Old path to new path, of renames."""
        return {old: new for new, old in self.old_paths.items()}

    def place(self, path: str, use: Use) -> Place:
        """Where the stream itself wrote a use: on the first line it changed, else on the first there is."""
        added = self.added(path)
        return Place(path, next((line for line in use.lines if line in added), use.lines[0]))


@dataclass(frozen=True, slots=True)
class Ground:
    """A family's files on the target, and what its survey of them found."""

    tree: Tree
    surveyed: object


class World:
    """Every state, made when it is asked for."""

    def __init__(self, repository: Repository, sources: Sources, target: Target) -> None:
        self._repository = repository
        self.sources = sources
        self._target = target
        self._paths = dict(changes.tree_paths(repository, target.tree))
        self._grounds: dict[str, Ground] = {}

    def blob(self, path: str) -> str:
        """The target's blob of a path, "" when there is none."""
        return self._paths.get(path, "")

    def _ground(self, language: Language) -> Ground:
        ground = self._grounds.get(language.name)
        if ground is None:
            tree = Tree({path: blob for path, blob in self._paths.items() if language.accepts(path)})
            ground = Ground(tree, language.survey(tree, self._facts_of(tree.blob)))
            self._grounds[language.name] = ground
        return ground

    def work(self, one: StreamFacts) -> Work:
        """What a stream that landed does to names."""
        over = one.files
        old_paths = one.renamed

        @cache
        def added(path: str) -> Mapping[int, str]:
            new = over.get(path, "")
            return self.sources.added(self.blob(old_paths.get(path, path)), new) if new else {}

        return Work(one.name, over, old_paths, added)

    def fill(self, work: Work) -> None:
        """Compare the versions of each file; their facts should be loaded by now."""
        for path, blob in work.over.items():
            old_path = work.old_paths.get(path, path)
            old = self.read(self.blob(old_path), old_path)
            new = self.read(blob, path)
            readable = all(one is None or one.parse == "full" for one in (old, new))
            if blob and not self.blob(path):
                work.new_files.add(path)
            if path not in work.old_paths and readable and registry.is_read(path):
                work.changed[path] = compare(old, new, keys=_reads_literal_keys(path))
                lost = work.changed[path].removed.values()
                work.gone.update((one.name, one.digest) for one in lost if one.kind == "function")
            if new is not None and registry.language(path):
                before = old if old_path == path else None
                work.fresh[path] = _fresh(before, new, old)
                if before is not None and registry.is_test(path):
                    known = {use.key for use in uses(before)}
                    work.near[path] = _near(new, known, work.changed.get(path))

    def facts(self, blob: str, path: str) -> FileFacts:
        """What a version of a file says; nothing at all where there is none."""
        return self.read(blob, path) or NO_FACTS

    def read(self, blob: str, path: str) -> FileFacts | None:
        """The facts of a blob at a path; None when there is none or nobody reads it."""
        return self.sources.of(blob, path) if blob and registry.is_read(path) else None

    def needed(self, work: Work) -> list[tuple[str, str]]:
        """The blobs `fill` reads, with their paths."""
        olds = ((self.blob(path), path) for path in (*work.over, *work.old_paths.values()))
        listed = (*((blob, path) for path, blob in work.over.items()), *olds)
        return [(blob, path) for blob, path in listed if blob and registry.is_read(path)]

    def state(self, over: Mapping[str, str], unsettled: Collection[str] = ()) -> State:
        """Names of the target with these paths changed; nothing is known of those a merge could not settle."""

        facts_of = self._facts_in(over, unsettled)
        linkers: dict[str, Linker] = {}

        def linker_of(path: str) -> Linker | None:
            language = registry.language(path)
            if language is None:
                return None
            if language.name not in linkers:
                linkers[language.name] = self._linker(language, over, facts_of)
            return linkers[language.name]

        return State(facts_of, linker_of)

    def linker(self, language: Language, over: Mapping[str, str]) -> Linker:
        """The names of one language's files in the target with these paths changed."""
        return self._linker(language, over, self._facts_in(over))

    def blob_in(self, over: Mapping[str, str], path: str) -> str:
        """The blob of a path where these are changed, "" when there is none."""
        found = over.get(path)
        return self._paths.get(path, "") if found is None else found

    def _facts_in(self, over: Mapping[str, str], unsettled: Collection[str] = ()) -> FactsOf:
        return self._facts_of(lambda path: self.blob_in(over, path), unsettled)

    def _linker(self, language: Language, over: Mapping[str, str], facts_of: FactsOf) -> Linker:
        ground = self._ground(language)
        held = {path: blob for path, blob in over.items() if language.accepts(path)}
        tree = ground.tree.with_changes(held)
        if any(map(language.is_manifest, held)):
            return language.linker(tree, language.survey(tree, facts_of), facts_of)
        return language.linker(tree, ground.surveyed, facts_of)

    def _facts_of(self, blob_of: Callable[[str], str], unsettled: Collection[str] = ()) -> FactsOf:
        def facts_of(path: str) -> FileFacts | None:
            if path in unsettled:
                return UNSETTLED
            return self.read(blob_of(path), path)

        return facts_of

    def changed_in(self, trees: Sequence[str]) -> list[dict[str, str]]:
        """For each tree, the files in which it differs from the target, with their blobs ("" when gone)."""
        answers = changes.between(
            self._repository, [(self._target.tree, tree) for tree in trees], renames=False
        )
        return [
            {change.path: change.new_blob if change.new_mode in FILES else "" for change in answer}
            for answer in answers
        ]


def _reads_literal_keys(path: str) -> bool:
    language = registry.language(path)
    return language is not None and language.reads_literal_keys


def _fresh(old: FileFacts | None, new: FileFacts, moved: FileFacts | None) -> list[Use]:
    """The uses there are more of than before: one more of a name stays when the other stream drops all there were.

    Of a file that only moved (`moved` is what it was), classes inherit as before.
    """
    listed = list(uses(new))
    more = _counted(listed)
    before = uses(moved) if moved is not None else ()
    more.subtract(_counted(use for use in before if old is not None or use.kind in INHERITED))
    return [use for use in listed if more[use.key] > 0]


def _counted(listed: Iterable[Use]) -> Counter[tuple[object, ...]]:
    counts: Counter[tuple[object, ...]] = Counter()
    for use in listed:
        counts[use.key] += len(use.lines)
    return counts


def _near(facts: FileFacts, known: Collection[tuple[object, ...]], changed: FileChanges | None) -> list[Use]:
    """Known uses on lines of definitions that are new or changed."""
    if changed is None:
        return []
    own = (
        *changed.added.values(),
        *(pair[1] for pair in (*changed.signature.values(), *changed.body.values())),
    )
    lines = {line for one in own if one.kind == "function" for line in range(one.line, one.end_line + 1)}
    return [use for use in uses(facts) if use.key in known and not lines.isdisjoint(use.lines)]
