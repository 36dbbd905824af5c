"""Names that are bound in each version of a file both streams change, and nowhere in the merge of them.

A local variable or a parameter that one renames while the other adds a line that reads it: in neither version does the
name leave its function, so only the merged text shows that it means nothing any more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from gate.languages.base.uses import uses
from gate.model.names import BrokenUse, Place
from gate.model.source import Reference
from gate.names.broken_uses import guarded
from gate.names.duplicates import shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.state import State
    from gate.names.states import Work


def unbound(first: Work, second: Work, one: State, other: State, together: State) -> Iterator[BrokenUse]:
    """The names the merge of a file reads that neither version reads as a name of the module, and nothing binds."""
    for path in shared(first, second):
        merged, sides = together.facts(path), (one.facts(path), other.facts(path))
        if any(facts.parse != "full" for facts in (merged, *sides)):
            continue
        known = {_root(ref) for side in sides for ref in side.references if ref.via == "module"}
        told: set[str] = set()
        for use in uses(merged):
            if use.kind != "name" or not isinstance(use.fact, Reference) or use.fact.via != "module":
                continue
            name = _root(use.fact)
            said = together.answer(path, use)
            missing = said.missing
            if name in known | told or missing is None or (missing.where, missing.name) != (path, name):
                continue
            told.add(name)
            yield from _broken(first, second, path, use.fact, name, guarded([use], path, said))


def _root(ref: Reference) -> str:
    return ref.chain.partition(".")[0].removesuffix("()")


def _broken(
    first: Work, second: Work, path: str, ref: Reference, name: str, guard: Literal["", "guarded", "typing"]
) -> Iterator[BrokenUse]:
    """The stream that adds a line with the name uses it; nobody can tell where both do."""
    lines = [_line(work, path, name) for work in (first, second)]
    for consumer, producer, line in ((first, second, lines[0]), (second, first, lines[1])):
        if line is not None and None in lines:
            used, changed = Place(path, line), Place(path)
            yield BrokenUse(
                "undefined", producer.name, consumer.name, ref.chain, name, used, changed, guard=guard
            )


def _line(work: Work, path: str, name: str) -> int | None:
    word = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
    return next((at for at, text in sorted(work.added(path).items()) if word.search(text)), None)
