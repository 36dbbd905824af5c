"""The states names are judged in: the target, each stream landed alone, and pairs landed together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gate import link, source
from gate.git import changes
from gate.link.changed import Changed, compare
from gate.link.state import State
from gate.link.tree import Tree
from gate.link.uses import Use, uses
from gate.model.git import ChangeKind
from gate.model.source import UNSETTLED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from gate.gather.names.sources import Sources
    from gate.git.repository import Repository
    from gate.link import FactsOf, Linker
    from gate.model.facts import StreamFacts
    from gate.model.git import Target
    from gate.model.source import FileFacts

_FILES = ("100644", "100755")


@dataclass(slots=True)
class Work:
    """What one stream does to names. Paths are those of its landed state."""

    name: str
    over: dict[str, str]
    """Changed paths with their blobs, "" where the file is gone."""
    old_paths: dict[str, str]
    """New path to old path, of renames."""
    changed: dict[str, Changed] = field(default_factory=dict)
    """By the target's path."""
    fresh: dict[str, list[Use]] = field(default_factory=dict)
    """By landed path: uses that the target's version of the file lacks."""

    @property
    def new_paths(self) -> dict[str, str]:
        """Old path to new path, of renames."""
        return {old: new for new, old in self.old_paths.items()}


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

    def _ground(self, name: str) -> Ground:
        found = self._grounds.get(name)
        if found is None:
            family = link.family(name)
            tree = Tree({path: blob for path, blob in self._paths.items() if family.holds(path)})
            found = self._grounds[name] = Ground(tree, family.survey(tree, self._facts_of(tree.blob)))
        return found

    def work(self, one: StreamFacts) -> Work:
        """What a stream that landed does to names."""
        listed = [routed.change for routed in one.changes if routed.change.kind is not ChangeKind.MODE]
        over: dict[str, str] = {}
        old_paths: dict[str, str] = {}
        for change in listed:
            if change.kind is ChangeKind.RENAMED and change.old_path is not None:
                over.setdefault(change.old_path, "")
                old_paths[change.path] = change.old_path
        for change in listed:
            over[change.path] = change.new_blob if change.new_mode in _FILES else ""
        return Work(one.name, over, old_paths)

    def fill(self, work: Work) -> None:
        """Compare the versions of each file; their facts should be loaded by now."""
        for path, blob in work.over.items():
            old_path = work.old_paths.get(path, path)
            old = self._read(self.blob(old_path), old_path)
            new = self._read(blob, path)
            readable = all(one is None or one.parse == "full" for one in (old, new))
            if path not in work.old_paths and readable and source.family(path):
                work.changed[path] = compare(old, new)
            if new is not None and source.family(path):
                known = (
                    {use.key: len(use.lines) for use in uses(old)}
                    if old is not None and old_path == path
                    else {}
                )
                again = source.compiled(path)  # there one more use of what the file already uses counts, too
                work.fresh[path] = [
                    use for use in uses(new) if known.get(use.key, 0) < (len(use.lines) if again else 1)
                ]

    def _read(self, blob: str, path: str) -> FileFacts | None:
        return self.sources.of(blob, path) if blob and source.is_read(path) else None

    def needed(self, work: Work) -> list[tuple[str, str]]:
        """The blobs `fill` reads, with their paths."""
        olds = ((self.blob(path), path) for path in (*work.over, *work.old_paths.values()))
        listed = (*((blob, path) for path, blob in work.over.items()), *olds)
        return [(blob, path) for blob, path in listed if blob and source.is_read(path)]

    def state(self, over: Mapping[str, str], unsettled: Collection[str] = ()) -> State:
        """Names of the target with these paths changed; nothing is known of those a merge could not settle."""

        def blob_of(path: str) -> str:
            found = over.get(path)
            return self._paths.get(path, "") if found is None else found

        facts_of = self._facts_of(blob_of, unsettled)
        linkers: dict[str, Linker | None] = {"": None}

        def linker_of(path: str) -> Linker | None:
            name = source.family(path)
            if name not in linkers:
                linkers[name] = self._linker(name, over, facts_of)
            return linkers[name]

        return State(facts_of, linker_of)

    def _linker(self, name: str, over: Mapping[str, str], facts_of: FactsOf) -> Linker:
        family, ground = link.family(name), self._ground(name)
        held = {path: blob for path, blob in over.items() if family.holds(path)}
        tree = ground.tree.with_changes(held)
        if any(map(family.settles, held)):
            return family.linker(tree, family.survey(tree, facts_of), facts_of)
        return family.linker(tree, ground.surveyed, facts_of)

    def _facts_of(self, blob_of: Callable[[str], str], unsettled: Collection[str] = ()) -> FactsOf:
        def facts_of(path: str) -> FileFacts | None:
            if path in unsettled:
                return UNSETTLED
            return self._read(blob_of(path), path)

        return facts_of

    def changed_in(self, trees: Sequence[str]) -> list[dict[str, str]]:
        """For each tree, the files in which it differs from the target, with their blobs ("" when gone)."""
        answers = changes.between(
            self._repository, [(self._target.tree, tree) for tree in trees], renames=False
        )
        return [
            {change.path: change.new_blob if change.new_mode in _FILES else "" for change in answer}
            for answer in answers
        ]
