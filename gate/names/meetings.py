"""All that sides' uses and tests have to do with one another's changes, gathered from every side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gate.names.callers import find_callers
from gate.names.meeting import changed_names, identifiers, uses_affected_by, uses_by_pair
from gate.names.states import MergedFiles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gate.languages.base.symbols import Dependency
    from gate.names.meeting import UsesByPair
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges


@dataclass(frozen=True, slots=True)
class Meetings:
    """The readers' uses that depend on what writers change, by (writer, reader)."""

    new_uses: UsesByPair
    """Uses that the base's version of a file lacks."""
    test_uses: UsesByPair
    """Uses that tests had before they changed."""
    indirect_uses: UsesByPair
    """Uses in tests of functions that the writer leaves as they are, but that call one it changes."""
    callers: Mapping[str, Mapping[Dependency, str]]
    """By writer: those calling functions, by file and path, with the changed function they call."""


def find_meetings(states: States, changes: Mapping[str, StreamChanges]) -> Meetings:
    """Return the uses of each side that depend on what another changes; `changes` by side."""
    names = {side: changed_names(side_changes) for side, side_changes in changes.items()}
    callers = {side: find_callers(states, side_changes) for side, side_changes in changes.items()}
    sides_naming = Counter(word for side_names in names.values() for word in identifiers(side_names))
    called = identifiers(caller for calling in callers.values() for caller in calling)
    new_uses, test_uses, all_test_uses = {}, {}, {}
    for side, side_changes in changes.items():
        own_words = identifiers(names[side])
        others_words = {word for word, count in sides_naming.items() if count > (word in own_words)}
        state = states.state(MergedFiles(side_changes.changed_blobs))
        new_uses[side] = uses_affected_by(others_words, state, side_changes.new_uses)
        test_uses[side] = uses_affected_by(others_words, state, side_changes.test_uses)
        all_test_uses[side] = uses_affected_by(called, state, side_changes.all_test_uses()) if called else []
    calling = {side: set(functions) for side, functions in callers.items()}
    return Meetings(
        uses_by_pair(names, new_uses),
        uses_by_pair(names, test_uses),
        uses_by_pair(calling, all_test_uses),
        callers,
    )
