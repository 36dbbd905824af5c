"""G241."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._migrations import anew, location, patched, place
from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Serial, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gate.model.facts import Facts
    from gate.model.finding import Location
    from gate.model.migrations import Duplicate, Edited, Role

_WHAT = {
    "id": "the revision",
    "file": "the migration file",
    "number": "migration number",
    "label": "the branch label",
    "key": "the version",
    "name": "the migration name",
}
_ROLES: dict[str, Role] = {"id": "id", "file": "id", "label": "label"}


@check("G241", "migration-duplicate", Level.MIGRATION)
def migration_duplicate(facts: Facts) -> Iterator[Finding]:
    """Two streams add migrations of the same revision id, version, label or file.

    Why: Alembic keeps the last file it finds of a revision and silently loses the other; numbered tools refuse to
        start, or skip one. The same file on both sides is no collision. Two Django migrations of one number that follow
        one another work: that is a warning, for `migrate app 0007` no longer says which. A migration that has been
        applied and is changed is two under one name: Flyway, sqlx, Prisma and Atlas compare checksums (a warning).
    Example: agent/a and agent/b both add `V12__*.sql`.
    Resolve: land one, then give the other's another revision, number or name, and follow it wherever it is named. For
        numbered tools the evidence has a patch, and `git gate fix migrations BRANCH` makes it for the order in which
        streams land.
    """
    for one in facts.migrations.duplicates:
        yield _finding(one, anew(facts, one.store, one.first, one.second))
    for edited in facts.migrations.edited:
        yield _edited(edited)


def _finding(one: Duplicate, more: str) -> Finding:
    streams = tuple(filter(None, dict.fromkeys((one.first, one.second))))
    severity = _severity(one)
    pair = (one.first, one.second)
    apart = len(streams) == 2
    return Finding(
        code="G241",
        name="migration-duplicate",
        kind=one.kind,
        severity=severity,
        confidence=Confidence.CERTAIN if all(node.sure for node in one.nodes) else Confidence.LIKELY,
        message=f"{_who(one)} {_WHAT[one.kind]} `{one.value}`{_where(one)}{_end(one)}",
        branches=streams,
        locations=tuple(_locations(one)),
        hint=_hint(one) + more,
        constraints=((Apart(pair) if severity is Severity.ERROR else Serial(pair)),) if apart else (),
        evidence=tuple(map(patched, one.patches)),
        identity=(one.store.system, one.store.name, one.value),
    )


def _severity(one: Duplicate) -> Severity:
    if one.kind == "number":
        return Severity.WARNING if one.second else Severity.NOTE
    if one.kind == "key":
        return Severity.ERROR
    return Severity.WARNING if one.same or not all(node.sure for node in one.nodes) else Severity.ERROR


def _who(one: Duplicate) -> str:
    if one.first == one.second:
        return f"{one.first} has twice"
    if not one.second:
        return f"{one.first} adds, as the target has,"
    return f"{one.first} and {one.second} both add"


def _where(one: Duplicate) -> str:
    if one.kind == "file":
        return ""
    paths = list(dict.fromkeys(node.path for node in one.nodes))
    return f" ({' and '.join(paths)})"


def _end(one: Duplicate) -> str:
    if one.same:
        return "; they say the same"
    if one.kind == "number":
        return "; the number alone no longer says which"
    return ""


def _locations(one: Duplicate) -> Iterator[Location]:
    for stream, node in zip((one.first, one.second), one.nodes, strict=True):
        if stream:
            yield location(stream, node, _ROLES.get(one.kind, "id"), one.value if one.kind == "label" else "")


def _hint(one: Duplicate) -> str:
    node, stream = (one.nodes[1], one.second) if one.second else (one.nodes[0], one.first)
    first = f"land {one.first}, then in {stream} " if one.second not in ("", one.first) else ""
    if one.same:
        return f"{first}drop {node.path}"
    if one.kind in ("id", "label"):
        return f"{first}give `{node.id}` ({place(node, _ROLES[one.kind])}) another {_other(one)}"
    return f"{first}give {node.path} another {'name' if one.kind in ('file', 'name') else 'number'}"


def _other(one: Duplicate) -> str:
    return "label" if one.kind == "label" else "revision, and follow it in what comes after it"


def _edited(one: Edited) -> Finding:
    return Finding(
        code="G241",
        name="migration-duplicate",
        kind="edited",
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        message=f"{one.stream} changes the migration `{one.node.id}` ({one.node.path}), which the target has; where it "
        "has been applied, its checksum no longer fits",
        branches=(one.stream,),
        locations=(location(one.stream, one.node, "id"),),
        hint=f"leave {one.node.path} as it is, and add a migration with the change",
        identity=(one.store.system, one.store.name, one.node.id, "edited"),
    )
