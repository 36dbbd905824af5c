"""What one side does to names: definitions it removes and changes, uses it starts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gate.languages import registry
from gate.languages.base.changes import compare
from gate.languages.base.uses import INHERITED, uses
from gate.model.names import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from gate.languages.base.changes import FileChanges
    from gate.languages.base.uses import Use
    from gate.languages.state import State
    from gate.model.source import FileFacts
    from gate.names.source import SideFiles
    from gate.names.states import States

UsesByPath = Mapping[str, "Sequence[Use]"]


def _no_lines(path: str) -> Mapping[int, str]:
    del path
    return {}


@dataclass(frozen=True, slots=True)
class StreamChanges:
    """What one side, a stream or the target, does to names. Paths are those of its own state."""

    name: str
    changed_blobs: Mapping[str, str]
    """Changed paths with their blobs, "" where the file is removed."""
    old_paths: Mapping[str, str] = field(default_factory=dict)
    """New path to old path, of renames."""
    added_lines: Callable[[str], Mapping[int, str]] = _no_lines
    """By path: the lines that the base's version of the file lacks, by their number."""
    new_files: Collection[str] = ()
    """Changed paths that the base lacks."""
    file_changes: Mapping[str, FileChanges] = field(default_factory=dict)
    """By the base's path: the definitions that the file's versions differ in."""
    new_uses: UsesByPath = field(default_factory=dict)
    """By path: uses that the base's version of the file lacks, or has in fewer places."""
    test_uses: UsesByPath = field(default_factory=dict)
    """By path of a test file: uses that the base's version has too, in tests that are new or changed."""
    removed_functions: Collection[tuple[str, str]] = ()
    """Names and digests of functions that a file does not hold any more."""

    def all_test_uses(self) -> dict[str, list[Use]]:
        """Return what new and changed tests need, by path."""
        paths = [path for path in self.new_uses if registry.is_test(path)]
        return {path: [*self.new_uses[path], *self.test_uses.get(path, ())] for path in paths}

    def old_path(self, path: str) -> str:
        """Return the base's path of a file of the side."""
        return self.old_paths.get(path, path)

    def new_path(self, path: str) -> str:
        """Return the side's path of a file of the base."""
        return next((new for new, old in self.old_paths.items() if old == path), path)

    def place(self, path: str, use: Use) -> Place:
        """Return where the side wrote a use: on the first line it changed, else on the use's first line."""
        added = self.added_lines(path)
        return Place(path, next((line for line in use.lines if line in added), use.lines[0]))


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One side of a comparison: what it changes, and the state in which it alone has landed."""

    changes: StreamChanges
    state: State

    @property
    def name(self) -> str:
        """The side's name."""
        return self.changes.name


class _Versions(NamedTuple):
    """One changed file: its path, the base's facts of it and the side's; None where there are none."""

    path: str
    old: FileFacts | None
    new: FileFacts | None


def compare_sides(states: States, sides: Sequence[SideFiles]) -> dict[str, StreamChanges]:
    """Return what each side does to names, by its name."""
    states.blobs.load(version for side in sides for version in _blobs(states, side))
    return {side.name: _compare_side(states, side) for side in sides}


def _blobs(states: States, side: SideFiles) -> Iterator[tuple[str, str]]:
    """Yield the blobs that comparing a side reads, with their paths."""
    old_paths = (*side.changed_blobs, *side.old_paths.values())
    versions = (
        *((blob, path) for path, blob in side.changed_blobs.items()),
        *((states.base_blob(path), path) for path in old_paths),
    )
    return ((blob, path) for blob, path in versions if blob and registry.is_read(path))


def _compare_side(states: States, side: SideFiles) -> StreamChanges:
    versions = [_versions(states, side, path) for path in side.changed_blobs]
    file_changes = {
        file.path: compare(file.old, file.new, keys=_reads_literal_keys(file.path))
        for file in versions
        if file.path not in side.old_paths and _is_readable(file)
    }
    return StreamChanges(
        side.name,
        side.changed_blobs,
        side.old_paths,
        _added_lines(states, side),
        {path for path, blob in side.changed_blobs.items() if blob and not states.base_blob(path)},
        file_changes,
        {
            file.path: _new_uses(file.old, new, file.path in side.old_paths)
            for file, new in _sources(versions)
        },
        {
            file.path: _test_uses(file.old, new, file_changes.get(file.path))
            for file, new in _sources(versions)
            if file.old is not None and file.path not in side.old_paths and registry.is_test(file.path)
        },
        _removed_functions(file_changes.values()),
    )


def _versions(states: States, side: SideFiles, path: str) -> _Versions:
    old_path = side.old_paths.get(path, path)
    old = states.read_facts(states.base_blob(old_path), old_path)
    return _Versions(path, old, states.read_facts(side.changed_blobs[path], path))


def _is_readable(file: _Versions) -> bool:
    facts = (file.old, file.new)
    return registry.is_read(file.path) and all(side is None or side.parse == "full" for side in facts)


def _sources(versions: Iterable[_Versions]) -> Iterator[tuple[_Versions, FileFacts]]:
    """Yield the source files that the side has, with its own facts."""
    return ((file, file.new) for file in versions if file.new is not None and registry.language(file.path))


def _added_lines(states: States, side: SideFiles) -> Callable[[str], Mapping[int, str]]:
    @cache
    def added_lines(path: str) -> Mapping[int, str]:
        new = side.changed_blobs.get(path, "")
        old = states.base_blob(side.old_paths.get(path, path))
        return states.blobs.added_lines(old, new) if new else {}

    return added_lines


def _removed_functions(file_changes: Iterable[FileChanges]) -> set[tuple[str, str]]:
    removed = (definition for changes in file_changes for definition in changes.removed.values())
    return {(definition.name, definition.digest) for definition in removed if definition.kind == "function"}


def _reads_literal_keys(path: str) -> bool:
    language = registry.language(path)
    return language is not None and language.reads_literal_keys


def _new_uses(old: FileFacts | None, new: FileFacts, moved: bool) -> list[Use]:
    """Return the uses of which the file has more than before: an added one stays when the producer drops all the
    others.

    Of a file that is `moved` all uses are new, but for those of classes, which inherit as before.
    """
    all_uses = list(uses(new))
    surplus = _line_counts(all_uses)
    old_uses = uses(old) if old is not None else ()
    surplus.subtract(_line_counts(use for use in old_uses if not moved or use.kind in INHERITED))
    return [use for use in all_uses if surplus[use.key] > 0]


def _line_counts(uses: Iterable[Use]) -> Counter[tuple[object, ...]]:
    """Return on how many lines each use stands, by its key."""
    counts: Counter[tuple[object, ...]] = Counter()
    for use in uses:
        counts[use.key] += len(use.lines)
    return counts


def _test_uses(old: FileFacts, new: FileFacts, changes: FileChanges | None) -> list[Use]:
    """Return the uses the file had before that stand in functions which are new or changed."""
    if changes is None:
        return []
    pairs = (*changes.signature.values(), *changes.body.values())
    definitions = (*changes.added.values(), *(definition for _, definition in pairs))
    lines = {
        line
        for definition in definitions
        if definition.kind == "function"
        for line in range(definition.line, definition.end_line + 1)
    }
    old_keys = {use.key for use in uses(old)}
    return [use for use in uses(new) if use.key in old_keys and not lines.isdisjoint(use.lines)]
