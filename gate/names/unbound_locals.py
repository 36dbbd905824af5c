"""Names that are bound in each version of a file both sides change, and nowhere in the merge of them.

A local variable or a parameter that one side renames while the other adds a line that reads it: in neither version
does the name leave its function, so only the merged text shows that nothing binds it any more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gate.languages.base.uses import uses
from gate.model.names import BrokenUse, Place
from gate.model.source import Reference
from gate.names.duplicates import shared_sources
from gate.names.guards import guard_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.uses import Use
    from gate.model.names import Guard
    from gate.names.compared_pair import ComparedPair
    from gate.names.stream_changes import StreamChanges


def unbound_locals(pair: ComparedPair) -> Iterator[BrokenUse]:
    """Yield the names that a merged file reads as names of its module, while neither side does and nothing binds
    them.
    """
    for path in shared_sources(pair.first.changes, pair.second.changes):
        facts = (pair.merged.facts(path), *pair.sides_of(path))
        if all(version.parse == "full" for version in facts):
            yield from _in_file(pair, path)


def _in_file(pair: ComparedPair, path: str) -> Iterator[BrokenUse]:
    seen = {_root(ref) for side in pair.sides_of(path) for ref in side.references if ref.via == "module"}
    for use, reference in _module_names(uses(pair.merged.facts(path))):
        name = _root(reference)
        answer = pair.merged.answer(path, use)
        missing = answer.missing
        if name in seen or missing is None or (missing.where, missing.name) != (path, name):
            continue
        seen.add(name)
        yield from _broken_use(pair, path, reference, guard_of([use], path, answer))


def _module_names(all_uses: Iterator[Use]) -> Iterator[tuple[Use, Reference]]:
    for use in all_uses:
        if use.kind == "name" and isinstance(use.fact, Reference) and use.fact.via == "module":
            yield use, use.fact


def _root(reference: Reference) -> str:
    """Return the first name of a chain."""
    return reference.chain.partition(".")[0].removesuffix("()")


def _broken_use(pair: ComparedPair, path: str, reference: Reference, guard: Guard) -> Iterator[BrokenUse]:
    """Yield the use of the side that alone adds a line with the name; nothing where both do, or neither."""
    name = _root(reference)
    for producer, consumer in pair.both_ways():
        line = _first_line(consumer.changes, path, name)
        if line is not None and _first_line(producer.changes, path, name) is None:
            yield BrokenUse(
                "undefined",
                producer.name,
                consumer.name,
                reference.chain,
                name,
                Place(path, line),
                Place(path),
                guard=guard,
            )


def _first_line(changes: StreamChanges, path: str, name: str) -> int | None:
    """Return the first line a side adds that has the name as a word of its own, no member."""
    word = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
    added = sorted(changes.added_lines(path).items())
    return next((number for number, text in added if word.search(text)), None)
