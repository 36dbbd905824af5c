"""G214."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.names import Cycle, Link


@check("G214", "import-cycle", Level.NAMES)
def import_cycle(facts: Facts) -> Iterator[Finding]:
    """Two streams close an import cycle between Python modules that fails as they load.

    Why: a module in a cycle is met half loaded; what it binds further down is not there yet, and the import fails. The
        modules are loaded step by step, in the pair state and where each stream lands alone: an error when it fails
        whichever of the modules is imported first, a warning when that depends on the first. Imports within functions
        or for type checkers close no cycle, and what a condition may leave out is not judged.
    Example: agent/a has `app/a.py` import from `app.b`; agent/b has `app/b.py` import from `app.a`.
    Resolve: move what both modules need to a third one, or import it inside the function that uses it.
    """
    for one in facts.names.cycles:
        yield _finding(one)


def _finding(one: Cycle) -> Finding:
    streams = (one.first, one.second)
    own = sorted((link for link in one.links if link.stream), key=lambda link: streams.index(link.stream))
    return Finding(
        code="G214",
        name="import-cycle",
        severity=Severity.ERROR if one.sure else Severity.WARNING,
        confidence=Confidence.CERTAIN if one.sure else Confidence.LIKELY,
        message=f"{_round(one)}: {_entered(one)} fails at `{one.text}` in {one.path}",
        branches=streams,
        locations=tuple(Location(link.stream, link.place.path, link.place.line) for link in own),
        hint=f"move `{one.name}` out of `{one.module}` to a module that both import, or import it inside a function",
        constraints=(Apart(streams),) if one.sure else (),
        identity=(*sorted({link.importer for link in one.links}), one.text),
    )


def _round(one: Cycle) -> str:
    listed = [_said(link) for link in one.links]
    return f"{', '.join(listed[:-1])} and {listed[-1]}"


def _said(link: Link) -> str:
    by = f" ({link.stream})" if link.stream else ""
    return f"`{link.importer}` imports `{link.imported}`{by}"


def _entered(one: Cycle) -> str:
    if one.sure:
        return "importing either" if len(one.links) == 2 else "importing any of them"
    return f"importing {' or '.join(f'`{name}`' for name in one.entries)} first"
