"""One word in the files of a merged state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.names.member_index import read_members, searched_endings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from gate.languages.base.language import Language
    from gate.model.source import Call
    from gate.names.states import States

_MOST_FILES = 40
"""Files that are read to judge a call of one method."""


class MergedWord:
    """The name of a member, and where it stands in the base with these changes.

    `base_files` are the base's files in which it stands by itself, `language` is that of the file that defines it.
    """

    def __init__(
        self,
        name: str,
        language: Language,
        base_files: Collection[str],
        states: States,
        changed_blobs: Mapping[str, str],
    ) -> None:
        self.name = name
        self._patterns = language.word_patterns(name)
        self._states = states
        self._changed_blobs = changed_blobs
        self._base_files = base_files
        self._word = re.compile(rb"\b%s\b" % re.escape(name.encode()))

    def files(self) -> set[str]:
        """Return the files in which the word stands."""
        changed_paths = (path for path in self._changed_blobs if path.endswith(searched_endings()))
        kept = {path for path in self._base_files if path not in self._changed_blobs}
        return kept | {path for path in changed_paths if self._word.search(self._text(path))}

    def is_only_read(self, path: str) -> bool:
        """Return whether a file does nothing with the word but read a member of that name."""
        return not self._patterns.other_use.search(self._text(path))

    def is_defined_once(self, path: str) -> bool:
        """Return whether one function of that name, in this file, is all that could have such a member."""
        files = self.files()
        if len(files) > _MOST_FILES or not all(file.endswith(self._patterns.endings) for file in files):
            return False
        texts = {file: self._text(file) for file in files}
        counts = {file: len(self._patterns.definition.findall(text)) for file, text in texts.items()}
        if sum(counts.values()) != 1 or counts.get(path, 0) != 1:
            return False
        return not any(map(self._patterns.binding.search, texts.values()))

    def calls(self) -> Iterator[tuple[str, Call]]:
        """Yield the calls of members of that name, with the files they stand in."""
        for path in self.files():
            facts = self._states.read_facts(self._states.blob_in(self._changed_blobs, path), path)
            for name, call, _ in read_members(facts):
                if name == self.name and call is not None:
                    yield path, call

    def _text(self, path: str) -> bytes:
        return self._states.blobs.text(self._states.blob_in(self._changed_blobs, path))
