"""Texts that one side removes and another's new tests expect: a message, a key, a path."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.model.names import Place, Read
from gate.names.reads.read import RankedRead, function_at, is_about, is_moved

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gate.model.source import Definition, FileFacts
    from gate.names.meeting import ResolvedUse
    from gate.names.meetings import Meetings
    from gate.names.reads.read import Pair
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges

_WORDS = 3
"""From so many words a text is a message, and can be found in others by any run of them."""
_SENTENCE = 5
"""From so many words a message is nobody else's."""


@dataclass(frozen=True, slots=True)
class RemovedText:
    """A text of a definition that is nowhere in the side's version of the file any more."""

    path: str
    definition: Definition | None
    text: str

    @property
    def name(self) -> str:
        """The path of the definition, "" where the text stands in none."""
        return self.definition.path if self.definition is not None else ""


@dataclass(frozen=True, slots=True)
class ExpectedText:
    """A text that a test has on this line and did not have before."""

    path: str
    line: int
    text: str


def text_reads(
    states: States, changes: Mapping[str, StreamChanges], meetings: Meetings
) -> Iterator[tuple[Pair, RankedRead]]:
    """Yield every test that expects a text another side removes, with its (writer, reader); `changes` are by side."""
    removed = {side: removed_texts(states, side_changes) for side, side_changes in changes.items()}
    if not any(removed.values()):
        return
    expected = {side: expected_texts(states, side_changes) for side, side_changes in changes.items()}
    for writer, reader, text, test in meeting_texts(removed, expected):
        uses = (*meetings.new_uses.get((writer, reader), ()), *meetings.test_uses.get((writer, reader), ()))
        side_changes = changes[reader]
        facts = states.facts(side_changes.changed_blobs[test.path], test.path)
        function = function_at(facts, test.line)
        if not _is_meant(text, test, facts, uses) or is_moved(side_changes, function):
            continue
        if not _expects_old(states, side_changes, text):
            continue
        read = Read(
            text.name,
            Place(changes[writer].new_path(text.path)),
            Place(test.path, test.line),
            "text",
            function.path if function is not None else "",
            test=True,
            text=text.text,
        )
        yield (writer, reader), RankedRead(read, text.path, (0, 0, 0, 0, 0, -len(text.text), test.line))


def _is_meant(text: RemovedText, test: ExpectedText, facts: FileFacts, uses: Iterable[ResolvedUse]) -> bool:
    """Return whether a test expects the very text: it is a whole sentence, or the test is about the text's file."""
    if registry.language(test.path) != registry.language(text.path):
        return False
    return (
        is_sentence(text.text)
        or any(use.path == test.path and _depends_on(use, text.path) for use in uses)
        or is_about(facts, test.path, text.path)
    )


def _depends_on(use: ResolvedUse, path: str) -> bool:
    return any(file == path for file, _ in use.dependencies)


def _expects_old(states: States, reader: StreamChanges, text: RemovedText) -> bool:
    """Return whether a reader can only expect the old text: it leaves the definition alone, and adds no such text."""
    changes = reader.file_changes.get(text.path)
    if changes is not None and text.name in {*changes.removed, *changes.signature, *changes.body}:
        return False
    blob = reader.changed_blobs.get(text.path)
    if blob is not None and all(string != text.text for string, _ in states.facts(blob, text.path).strings):
        return False
    return not adds_text(states, reader, text.text)


def removed_texts(states: States, changes: StreamChanges) -> list[RemovedText]:
    """Return the texts that a side removes from what is no test."""
    kept = {
        text
        for path in _sources(changes)
        for text, _ in states.facts(changes.changed_blobs[path], path).strings
    }
    removed = []
    for path, file_changes in changes.file_changes.items():
        blob = changes.changed_blobs.get(path)
        if registry.is_test(path) or not blob:
            continue
        old, new_text = states.base_facts(path), _joined(states.facts(blob, path).strings)
        altered = {*file_changes.removed, *file_changes.signature, *file_changes.body}
        for text, line in old.strings:
            if text in kept or plain(text) in new_text:
                continue
            definition = _innermost(old, line)
            if definition is None or definition.path in altered:
                removed.append(RemovedText(path, definition, text))
    return removed


def expected_texts(states: States, changes: StreamChanges) -> list[ExpectedText]:
    """Return the texts that are new in a side's tests."""
    return [
        ExpectedText(path, line, text)
        for path in _sources(changes)
        if registry.is_test(path)
        for text, line in _new_strings(states, changes, path)
    ]


def adds_text(states: States, changes: StreamChanges, text: str) -> bool:
    """Return whether what a side changes, tests aside, has this text now."""
    sources = (path for path in _sources(changes) if not registry.is_test(path))
    return any(plain(text) in _joined(_new_strings(states, changes, path)) for path in sources)


def _sources(changes: StreamChanges) -> list[str]:
    """Return the changed source files that the side keeps."""
    return [path for path, blob in changes.changed_blobs.items() if blob and registry.language(path)]


def _new_strings(states: States, changes: StreamChanges, path: str) -> list[tuple[str, int]]:
    """Return the strings of a file that its base version lacks, with their lines."""
    old = {text for text, _ in states.base_facts(changes.old_path(path)).strings}
    strings = states.facts(changes.changed_blobs[path], path).strings
    return [(text, line) for text, line in strings if text not in old]


def _joined(strings: Iterable[tuple[str, int]]) -> str:
    return "\0".join(plain(text) for text, _ in strings)


def meeting_texts(
    removed: Mapping[str, Iterable[RemovedText]], expected: Mapping[str, Iterable[ExpectedText]]
) -> Iterator[tuple[str, str, RemovedText, ExpectedText]]:
    """Yield (writer, reader, the text that the writer removes, where the reader expects it); the inputs are by side."""
    texts_by_key: dict[str, list[tuple[str, RemovedText]]] = defaultdict(list)
    for writer, texts in removed.items():
        for text in texts:
            for key in _keys(text.text):
                texts_by_key[key].append((writer, text))
    for reader, tests in expected.items():
        for test in tests:
            meeting = dict.fromkeys(pair for key in _keys(test.text) for pair in texts_by_key.get(key, ()))
            for writer, text in meeting:
                if writer != reader and _is_part(plain(text.text), plain(test.text)):
                    yield writer, reader, text, test


def _keys(text: str) -> Iterator[str]:
    """Yield what texts are looked up by: every run of three words, or all of a shorter one."""
    words = plain(text).split()
    if len(words) < _WORDS:
        yield plain(text)
    for start in range(len(words) - _WORDS + 1):
        yield " ".join(words[start : start + _WORDS])


def _is_part(first: str, second: str) -> bool:
    """Return whether either text holds the whole of the second one."""
    return first in second or second in first


def plain(text: str) -> str:
    """Return a text as it reads: without the escapes of patterns, and with single blanks."""
    return " ".join(text.replace("\\", "").split())


def is_sentence(text: str) -> bool:
    """Return whether a text is nobody else's, wherever it is found."""
    return len(plain(text).split()) >= _SENTENCE


def _innermost(facts: FileFacts, line: int) -> Definition | None:
    """Return the innermost definition around a line."""
    around = [
        definition
        for definition in facts.definitions
        if definition.kind != "key" and definition.line <= line <= definition.end_line
    ]
    return min(around, key=lambda definition: definition.end_line - definition.line, default=None)
