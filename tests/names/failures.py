"""Failing uses of literal tests: agent `b` uses what agent `a` changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from names.literal import changes, state, use_of

from gate.languages.base.symbols import Missing
from gate.languages.base.uses import Answer
from gate.model.source import Reference
from gate.names.failing_use import FailingUse
from gate.names.meeting import ResolvedUse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gate.languages.base.uses import Use
    from gate.languages.state import State
    from gate.names.stream_changes import StreamChanges

FINE = Answer(fine=True)
LOAD = use_of(Reference("m.load", (3,)))


def failing(
    producer: StreamChanges | None = None,
    *,
    use: Use = LOAD,
    answer: Answer | None = None,
    depends_on: Iterable[tuple[str, str]] = (("m.py", "load"), ("m.py", "")),
    path: str = "n.py",
    merged: State | None = None,
    before: Answer = FINE,
    **more: Any,
) -> FailingUse:
    """Return a use of `m.load` in `n.py` that fails once the producer has landed."""
    resolved = ResolvedUse(more.pop("own_path", path), use, before, frozenset(depends_on))
    failure = answer if answer is not None else Answer(missing=Missing("m.py", "load"))
    return FailingUse(producer or changes("a"), changes("b"), resolved, failure, path, merged or state())
