"""Functions that a side leaves as they are, but that call one it changes, in the same file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from gate.languages import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.languages.base.symbols import Dependency
    from gate.model.source import FileFacts, Reference
    from gate.names.states import States
    from gate.names.stream_changes import StreamChanges

MOST = 3
"""Callers of one function; what more call says nothing of any of them."""


def find_callers(states: States, changes: StreamChanges) -> dict[Dependency, str]:
    """Return the calling functions by (file, path), with the changed function that each calls."""
    callers: dict[Dependency, str] = {}
    for path, file_changes in changes.file_changes.items():
        names = {*file_changes.signature, *file_changes.body}
        blob = changes.changed_blobs.get(path, "")
        if not names or registry.is_test(path):
            continue
        for name, paths in _callers(states.facts(blob, path), names).items():
            if len(paths) <= MOST:
                unchanged = paths - names - file_changes.added.keys()
                callers.update({(path, caller): name for caller in sorted(unchanged)})
    return callers


def _callers(facts: FileFacts, names: set[str]) -> dict[str, set[str]]:
    """Return by changed function the paths of the functions that call it."""
    functions = [definition for definition in facts.definitions if definition.kind == "function"]
    callers: dict[str, set[str]] = defaultdict(set)
    for reference in facts.references:
        for name in names.intersection(_called(reference)):
            for line in reference.lines:
                around = (
                    function.path for function in functions if function.line <= line <= function.end_line
                )
                callers[name].update(around)
    return callers


def _called(reference: Reference) -> Iterator[str]:
    """Yield the paths of the definition that a call can mean in its own file."""
    if reference.call is None:
        return
    first = reference.chain.partition(".")[0].removesuffix("()")
    if reference.via == "module" and reference.chain == first:
        yield first
    elif reference.via == "self":
        yield f"{reference.owner}.{first}"
