"""Functions that a stream leaves as they are, but that call one it changes, in the same file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.languages import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.symbols import Dependency
    from gate.model.source import FileFacts, Reference
    from gate.names.states import Work, World

MOST = 3
"""Callers of one function; what more call says nothing of any of them."""


def callers(world: World, work: Work) -> dict[Dependency, str]:
    """By file and path: the changed function it calls."""
    found: dict[Dependency, str] = {}
    for path, changed in work.changed.items():
        names = {name for each in (changed.signature, changed.body) for name in each}
        if not names or registry.is_test(path) or not work.over.get(path):
            continue
        for name, calling in _calling(world.facts(work.over[path], path), names).items():
            others = calling - names - changed.added.keys()
            if len(calling) <= MOST:
                found.update({(path, caller): name for caller in sorted(others)})
    return found


def _calling(facts: FileFacts, names: set[str]) -> dict[str, set[str]]:
    """Changed functions to the functions that call them."""
    functions = [one for one in facts.definitions if one.kind == "function"]
    found: dict[str, set[str]] = defaultdict(set)
    for one in facts.references:
        for name in names.intersection(_meant(one)):
            for line in one.lines:
                inside = [each.path for each in functions if each.line <= line <= each.end_line]
                found[name].update(inside)
    return found


def _meant(one: Reference) -> Iterator[str]:
    """What a call can mean in its own file."""
    if one.call is not None:
        first = one.chain.partition(".")[0].removesuffix("()")
        if one.via == "module" and one.chain == first:
            yield first
        elif one.via == "self":
            yield f"{one.owner}.{first}"
