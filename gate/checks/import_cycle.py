"""G214."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._sides import facing
from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.names import Cycle, Link


@check("G214", "import-cycle", Level.NAMES)
def import_cycle(facts: Facts) -> Iterator[Finding]:
    """Two streams close an import cycle between Python modules that fails as they load.

    Why: a module in a cycle is imported half loaded; names that it binds further down do not exist yet, and the import
        fails. The modules are loaded step by step, in the pair state and where each stream lands alone: an error when
        it fails whichever of the modules is imported first, a warning when that depends on the first. Imports within
        functions or for type checkers close no cycle, and what a condition may leave out is not judged.
    Example: agent/a has `app/a.py` import from `app.b`; agent/b has `app/b.py` import from `app.a`.
    Resolve: move what both modules need to a third one, or import it inside the function that uses it.
    """
    for names in facts.all_names:
        for cycle in names.cycles:
            yield facing(_finding(cycle), facts, names, cycle)


def _finding(cycle: Cycle) -> Finding:
    streams = (cycle.first, cycle.second)
    added = sorted((link for link in cycle.links if link.stream), key=lambda link: streams.index(link.stream))
    return Finding(
        code="G214",
        name="import-cycle",
        severity=Severity.ERROR if cycle.sure else Severity.WARNING,
        confidence=Confidence.CERTAIN if cycle.sure else Confidence.LIKELY,
        message=f"{_imports(cycle)}: {_entry(cycle)} fails at `{cycle.text}` in {cycle.path}",
        branches=streams,
        locations=tuple(Location(link.stream, link.place.path, link.place.line) for link in added),
        hint=f"move `{cycle.name}` out of `{cycle.module}` to a module that both import, "
        "or import it inside a function",
        constraints=(Apart(streams),) if cycle.sure else (),
        identity=(*sorted({link.importer for link in cycle.links}), cycle.text),
    )


def _imports(cycle: Cycle) -> str:
    """Return every import of the cycle, in its order."""
    imports = [_import(link) for link in cycle.links]
    return f"{', '.join(imports[:-1])} and {imports[-1]}"


def _import(link: Link) -> str:
    by = f" ({link.stream})" if link.stream else ""
    return f"`{link.importer}` imports `{link.imported}`{by}"


def _entry(cycle: Cycle) -> str:
    """Return which import fails, as the subject of a sentence."""
    if cycle.sure:
        return "importing either" if len(cycle.links) == 2 else "importing any of them"
    return f"importing {' or '.join(f'`{name}`' for name in cycle.entries)} first"
