"""One word in the files of a merged state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.names.member_index import ENDINGS, read_members

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from gate.model.source import Call
    from gate.names.states import States

_MOST_FILES = 40
"""Files that are read to judge a call of one method."""


class MergedWord:
    """The name of a member, and where it stands in the base with these changes.

    `base_files` are the base's files in which it stands by itself.
    """

    def __init__(
        self, name: str, base_files: Collection[str], states: States, changed_blobs: Mapping[str, str]
    ) -> None:
        word = re.escape(name.encode())
        self.name = name
        self._states = states
        self._changed_blobs = changed_blobs
        self._base_files = base_files
        self._word = re.compile(rb"\b%s\b" % word)
        self._other_use = re.compile(
            # Not a member, one that is set, one of a mock, or an option of a command line that becomes one.
            rb"(?<!\.)\b%s\b|\b%s\s*=(?!=)|\b%s\.(?:return_value|side_effect|assert_|call|mock)|\b%s\b"
            % (word, word, word, word.replace(b"_", b"-") if b"_" in word else b"(?!)")
        )
        self._definition = re.compile(rb"\bdef\s+%s\b" % word)
        self._binding = re.compile(rb"\b%s\b\s*(?::[^=\n]*)?=(?!=)|\bclass\s+%s\b" % (word, word))

    def files(self) -> set[str]:
        """Return the files in which the word stands."""
        changed_paths = (
            path for path, blob in self._changed_blobs.items() if blob and path.endswith(ENDINGS)
        )
        kept = {path for path in self._base_files if path not in self._changed_blobs}
        return kept | {path for path in changed_paths if self._word.search(self._text(path))}

    def is_only_read(self, path: str) -> bool:
        """Return whether a file does nothing with the word but read a member of that name."""
        return not self._other_use.search(self._text(path))

    def is_defined_once(self, path: str) -> bool:
        """Return whether one function of that name, in this file, is all that could have such a member."""
        files = self.files()
        if len(files) > _MOST_FILES or not all(file.endswith(".py") for file in files):
            return False
        texts = {file: self._text(file) for file in files}
        counts = {file: len(self._definition.findall(text)) for file, text in texts.items()}
        if sum(counts.values()) != 1 or counts.get(path, 0) != 1:
            return False
        return not any(map(self._binding.search, texts.values()))

    def calls(self) -> Iterator[tuple[str, Call]]:
        """Yield the calls of members of that name, with the files they stand in."""
        for path in self.files():
            facts = self._states.read_facts(self._states.blob_in(self._changed_blobs, path), path)
            for name, call, _ in read_members(facts):
                if name == self.name and call is not None:
                    yield path, call

    def _text(self, path: str) -> bytes:
        return self._states.blobs.text(self._states.blob_in(self._changed_blobs, path))
