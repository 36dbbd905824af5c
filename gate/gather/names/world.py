"""The states names are judged in: the target, each stream landed alone, and pairs landed together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gate import source
from gate.git import changes
from gate.link.changed import Changed, compare
from gate.link.linker import Linker
from gate.link.modules import Modules, roots
from gate.link.tree import Tree
from gate.link.uses import Use, uses
from gate.model.git import ChangeKind
from gate.model.source import UNSETTLED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from gate.gather.names.sources import Sources
    from gate.git.repository import Repository
    from gate.link.modules import Roots
    from gate.model.facts import StreamFacts
    from gate.model.git import Change, Target
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


class World:
    """Every state, made when it is asked for."""

    def __init__(
        self, repository: Repository, sources: Sources, target: Target, declared: Sequence[str]
    ) -> None:
        self._repository = repository
        self.sources = sources
        self._target = target
        listed = changes.tree_paths(repository, target.tree)
        self.target = Tree({path: blob for path, blob in listed if source.is_read(path)})
        self.roots: Roots = roots(self.target, declared)

    def work(self, one: StreamFacts) -> Work:
        """What a stream that landed does to names."""
        listed = [routed.change for routed in one.changes if _is_source(routed.change)]
        over: dict[str, str] = {}
        old_paths: dict[str, str] = {}
        for change in listed:
            if change.kind is ChangeKind.RENAMED and change.old_path is not None:
                over.setdefault(change.old_path, "")
                old_paths[change.path] = change.old_path
        for change in listed:
            over[change.path] = (
                change.new_blob if change.new_mode in _FILES and source.is_read(change.path) else ""
            )
        return Work(one.name, over, old_paths)

    def fill(self, work: Work) -> None:
        """Compare the versions of each file; their facts should be loaded by now."""
        for path, blob in work.over.items():
            old_path = work.old_paths.get(path, path)
            old_blob = self.target.blob(old_path)
            old = self.sources.of(old_blob, old_path) if old_blob else None
            new = self.sources.of(blob, path) if blob else None
            readable = all(one is None or one.parse == "full" for one in (old, new))
            if path not in work.old_paths and readable:
                work.changed[path] = compare(old, new)
            if new is not None:
                known = {use.key for use in uses(old)} if old is not None and old_path == path else set()
                work.fresh[path] = [use for use in uses(new) if use.key not in known]

    def needed(self, work: Work) -> list[tuple[str, str]]:
        """The blobs `fill` reads, with their paths."""
        olds = ((self.target.blob(path), path) for path in (*work.over, *work.old_paths.values()))
        return [(blob, path) for blob, path in (*((b, p) for p, b in work.over.items()), *olds) if blob]

    def linker(self, over: Mapping[str, str], unsettled: Collection[str] = ()) -> Linker:
        """Names of the target with these paths changed; nothing is known of those a merge could not settle."""
        tree = self.target.with_changes(over)

        def facts_of(path: str) -> FileFacts | None:
            if path in unsettled:
                return UNSETTLED
            blob = tree.blob(path)
            return self.sources.of(blob, path) if blob else None

        return Linker(Modules(tree, self.roots), facts_of)

    def changed_in(self, trees: Sequence[str]) -> list[dict[str, str]]:
        """For each tree, the source files in which it differs from the target, with their blobs ("" when gone)."""
        answers = changes.between(
            self._repository, [(self._target.tree, tree) for tree in trees], renames=False
        )
        return [
            {
                change.path: change.new_blob if change.new_mode in _FILES else ""
                for change in answer
                if source.is_read(change.path)
            }
            for answer in answers
        ]


def _is_source(change: Change) -> bool:
    return change.kind is not ChangeKind.MODE and any(map(source.is_read, change.paths))
