"""What the checks of migrations share: places, evidence, severities, and words for databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.migrations.tools import rewritten_files, tool
from gate.model.finding import Confidence, Evidence, Location, Severity
from gate.model.words import series

if TYPE_CHECKING:
    from gate.model.collisions import State
    from gate.model.facts import Facts
    from gate.model.migrations import Key, Node, Role, Store
    from gate.model.repairs import Patch


def place(node: Node, role: Role = "parent", text: str = "") -> str:
    """Return the file of a migration, with the line that names its parent (or has another role)."""
    return node.place(role, text)


def location(stream: str, node: Node, role: Role = "parent", text: str = "") -> Location:
    """Return the same place as a location on a stream."""
    return Location(stream, node.path, node.line_of(role, text))


def follow(node: Node, parent: Key, old: str = "") -> str:
    """Return what to do so that a migration follows `parent`; `old` is the parent that is to be replaced."""
    return tool(node.tool).follow(node, parent, old)


def patch_evidence(patch: Patch) -> Evidence:
    """Return what `git apply` takes at the stream's tip, or why there is no patch."""
    before = f"once {patch.after} has landed" if patch.after else "as the target stands"
    if patch.reason:
        return Evidence(f"no patch for {patch.stream}: {patch.reason}", "", patch.stream)
    return Evidence(f"patch for {patch.stream}, {before}", patch.text, patch.stream)


def regeneration(facts: Facts, store: Store, first: str, second: str) -> str:
    """Return what to add to a hint where two streams change files that the tool writes after each migration."""
    if not (first and second) or first == second or not rewritten_files(store):
        return ""
    paths = rewritten_files(store, facts.stream(first).files, facts.stream(second).files)
    return f"; regenerate {series(paths)} once both have landed" if paths else ""


def weight(*, sure: bool, state: State = "") -> tuple[Severity, Confidence]:
    """Return how much a collision weighs: a sure one fails, any other may fail.

    A collision where squashes stand fails in every new database, that of the tests too; a database that has applied a
    part of a squash may not exist.
    """
    if sure and state != "partly":
        return Severity.ERROR, Confidence.CERTAIN
    return Severity.WARNING, Confidence.LIKELY


_STATES: dict[State, str] = {
    "": "",
    "stands": " in a new database, and in one that has all that is squashed",
    "partly": " in a database that has only a part of what is squashed",
}


def in_databases(state: State) -> str:
    """Return the databases in which something fails, as the end of a clause; "" where it fails in all."""
    return _STATES[state]
