"""What the comparison of names asks of the repository.

`gate.streams.name_inputs` answers from git and the kept facts; tests answer with literals.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from gate.model.git import Merge
    from gate.model.source import FileFacts


class BlobSource(Protocol):
    """What blobs say, by object id. Facts that are loaded together cost less than one by one."""

    def facts(self, blob: str, path: str) -> FileFacts:
        """Return the facts of a source file or manifest; its path says who reads it."""

    def data(self, blob: str, path: str) -> FileFacts:
        """Return the facts of a file read as data; its path has one of the data formats."""

    def imports(self, blob: str, form: str) -> FileFacts:
        """Return the facts of a file with nothing but its imports; `form` is its language's `imports_form`."""

    def load(self, versions: Iterable[tuple[str, str]]) -> None:
        """Prepare the facts of these (blob, path)."""

    def load_imports(self, forms: Iterable[tuple[str, str]]) -> None:
        """Prepare the imports of these (blob, form)."""

    def text(self, blob: str) -> bytes:
        """Return the content of a blob; nothing of one that is damaged or too large to be read."""

    def lines(self, blob: str) -> list[str]:
        """Return the lines of a blob as git counts them, each with its newline."""

    def added_lines(self, old: str, new: str) -> Mapping[int, str]:
        """Return the lines of the new blob that the old one ("" for none) lacks, by their number."""


class NameSource(Protocol):
    """The base that sides are compared on (of streams: the target), and merges of sides."""

    @property
    def blobs(self) -> BlobSource:
        """What blobs say."""

    def paths(self) -> Mapping[str, str]:
        """Return the blobs of the base by path."""

    def changed_blobs(self, trees: Sequence[str]) -> list[dict[str, str]]:
        """Return for each tree the blobs of the paths in which it differs from the base, "" for removed ones."""

    def merge(self, ours: str, theirs: str) -> Merge:
        """Merge two commits."""

    def files_holding(self, words: Collection[str], endings: Collection[str]) -> Mapping[str, set[str]]:
        """Return by word the base's files with these endings in which it stands by itself."""

    def is_partial(self) -> bool:
        """Return whether blobs may be missing that git would have to fetch one by one."""


@dataclass(frozen=True, slots=True)
class SideFiles:
    """One side of comparisons, a stream or the target: what it changes of the base."""

    name: str
    changed_blobs: Mapping[str, str]
    """Changed paths with their blobs, "" where the file is removed."""
    old_paths: Mapping[str, str] = field(default_factory=dict)
    """New path to old path, of renames."""
    commit: str = ""
    """The commit to merge when a pair of sides is proved."""
    judged: bool = True
    """Whether findings about it are wanted; False for a side that others are only compared with."""
