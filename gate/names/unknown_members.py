"""Members of unknown values that nothing provides any more, or whose only definition no longer takes the call.

No class is looked for. The word itself must be gone from every file of the merged state but those with the fresh use,
or stand in one definition that every other call fits: whatever else may have such a member, a library's type included,
keeps it silent. What is left is likely, never certain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.languages import registry
from gate.languages.base.changes import successor_of
from gate.model.names import BrokenUse, Place
from gate.names.member_index import ENDINGS, values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from gate.model.source import Call, Definition
    from gate.names.member_index import Gone, Members, Spoken
    from gate.names.states import Work, World

_MOST_FILES = 40
"""Files that are read to judge a call of one method."""


def lost(
    found: Members,
    world: World,
    works: Mapping[str, Work],
    pair: tuple[str, str],
    over: Mapping[str, str],
    unsettled: Collection[str] = (),
) -> Iterator[BrokenUse]:
    """What either of a pair breaks of the other's uses in the target with these changes.

    Nothing is told of files in `unsettled`, which are in conflict.
    """
    for producer, consumer in (pair, pair[::-1]):
        for name in found.holders.keys() & found.gone[producer].keys() & found.spoken[consumer].keys():
            gone, spoken = found.gone[producer][name], found.spoken[consumer][name]
            if not {gone.path, *(one.path for one in spoken)}.isdisjoint(unsettled):
                continue
            merged = _Merged(name, found.holders[name], world, over)
            if all(merged.only_reads(one.path) for one in spoken):
                yield from _told(works[producer], works[consumer], gone, spoken, merged)


def _told(
    producer: Work, consumer: Work, gone: Gone, spoken: list[Spoken], merged: _Merged
) -> Iterator[BrokenUse]:
    if gone.new is None:
        if merged.holders() <= {one.path for one in spoken}:
            yield _removed(producer, consumer, gone, spoken[0])
    elif merged.defines_once(producer.new_paths.get(gone.path, gone.path)):
        yield from _misfits(producer, consumer, gone, spoken, merged)


class _Merged:
    """One word in a merged state."""

    def __init__(self, name: str, before: set[str], world: World, over: Mapping[str, str]) -> None:
        word = re.escape(name.encode())
        self.name = name
        self._world = world
        self._over = over
        self._before = before
        self._word = re.compile(rb"\b%s\b" % word)
        self._other = re.compile(
            # Not a member, one that is set, one of a mock, or an option of a command line that becomes one.
            rb"(?<!\.)\b%s\b|\b%s\s*=(?!=)|\b%s\.(?:return_value|side_effect|assert_|call|mock)|\b%s\b"
            % (word, word, word, word.replace(b"_", b"-") if b"_" in word else b"(?!)")
        )
        self._definition = re.compile(rb"\bdef\s+%s\b" % word)
        self._bound = re.compile(rb"\b%s\b\s*(?::[^=\n]*)?=(?!=)|\bclass\s+%s\b" % (word, word))

    def _text(self, path: str) -> bytes:
        blob = self._over.get(path)
        return self._world.sources.text(self._world.blob(path) if blob is None else blob)

    def holders(self) -> set[str]:
        """The files in which it stands."""
        changed = (path for path, blob in self._over.items() if blob and path.endswith(ENDINGS))
        kept = {path for path in self._before if path not in self._over}
        return kept | {path for path in changed if self._word.search(self._text(path))}

    def only_reads(self, path: str) -> bool:
        """Whether a file does nothing with it but read a member of that name."""
        return not self._other.search(self._text(path))

    def defines_once(self, path: str) -> bool:
        """Whether one function of that name is all there is, in this file."""
        holders = self.holders()
        if len(holders) > _MOST_FILES or not all(one.endswith(".py") for one in holders):
            return False
        texts = {one: self._text(one) for one in holders}
        counts = {one: len(self._definition.findall(text)) for one, text in texts.items()}
        return sum(counts.values()) == counts.get(path, 0) == 1 and not any(
            map(self._bound.search, texts.values())
        )

    def calls(self) -> Iterator[tuple[str, Call]]:
        """The calls of members of that name, with the files they stand in."""
        for path in self.holders():
            blob = self._over.get(path)
            facts = self._world.read(self._world.blob(path) if blob is None else blob, path)
            yield from (
                (path, call) for name, call, _ in values(facts) if name == self.name and call is not None
            )


def _misfits(
    producer: Work, consumer: Work, gone: Gone, spoken: list[Spoken], merged: _Merged
) -> Iterator[BrokenUse]:
    assert gone.new is not None
    fresh = {(one.path, one.call) for one in spoken}
    if any(
        _misfit(gone.path, gone.new, call) != "" for path, call in merged.calls() if (path, call) not in fresh
    ):
        return
    for one in spoken:
        if one.call is not None and _misfit(gone.path, gone.old, one.call) == "":
            why = _misfit(gone.path, gone.new, one.call)
            if why:
                yield _broken(producer, consumer, gone, one, why=why, kind="call")
                return


def _misfit(path: str, definition: Definition, call: Call) -> str | None:
    """Why a call through a value does not fit a method of the file at `path`; None when that cannot be told."""
    language = registry.language(path)
    return None if language is None else language.method_misfit(definition, call)


def _removed(producer: Work, consumer: Work, gone: Gone, spoken: Spoken) -> BrokenUse:
    became = successor_of(gone.old, producer.changed[gone.path])
    if became is None:
        return _broken(producer, consumer, gone, spoken)
    return _broken(
        producer, consumer, gone, spoken, successor=became.path, change="renamed", line=became.line
    )


def _broken(producer: Work, consumer: Work, gone: Gone, spoken: Spoken, **more: object) -> BrokenUse:
    line = more.pop("line", gone.new.line if gone.new is not None else None)
    given = {"kind": "member", **more}
    return BrokenUse(
        producer=producer.name,
        consumer=consumer.name,
        name=f".{spoken.name}",
        changed_name=gone.old.path,
        use_place=Place(spoken.path, spoken.line),
        change_place=Place(producer.new_paths.get(gone.path, gone.path), line),  # type: ignore[arg-type]
        sure=False,
        old_place=Place(gone.path, gone.old.line),
        **given,  # type: ignore[arg-type]
    )
