"""G241."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._migrations import anew, location, patched, place
from gate.migrations.tools import tool
from gate.model.check import Level, check
from gate.model.finding import Apart, Confidence, Finding, Serial, Severity
from gate.model.words import series

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gate.model.collisions import DuplicateMigration, EditedMigration
    from gate.model.facts import Facts
    from gate.model.finding import Location
    from gate.model.migrations import Node, Role

_WHAT = {
    "id": "the revision",
    "file": "the migration file",
    "number": "migration number",
    "label": "the branch label",
    "key": "the version",
    "name": "the migration name",
}
_MOST = 5
"""More places of one file are not listed."""
_ROLES: dict[str, Role] = {"id": "id", "file": "id", "label": "label"}


@check("G241", "migration-duplicate", Level.MIGRATION)
def migration_duplicate(facts: Facts) -> Iterator[Finding]:
    """Two streams add migrations of the same revision id, version, label or file.

    Why: Alembic keeps the last file it finds of a revision and silently loses the other; numbered tools refuse to
        start, or skip one; Liquibase refuses two changeSets of one id and author in a changelog. The same file on both
        sides is no collision. Two Django migrations of one number that follow one another work: that is a warning, for
        `migrate app 0007` no longer says which. A migration that has been applied and is changed is two under one name:
        Flyway, Liquibase, sqlx, Prisma and Atlas compare checksums (a warning).
    Example: agent/a and agent/b both add `V12__*.sql`.
    Resolve: land one, then give the other's another revision, number or name, and follow it wherever it is named. For
        numbered tools the evidence has a patch, and `git gate fix migrations BRANCH` makes it for the order in which
        streams land.
    """
    for one in facts.migrations.duplicates:
        yield _finding(one, anew(facts, one.store, one.first, one.second))
    texts: dict[tuple[str, str, str], list[EditedMigration]] = {}
    for edited in facts.migrations.edited:
        texts.setdefault((edited.store.tool, edited.stream, edited.node.path), []).append(edited)
    yield from map(_edited, texts.values())


def _finding(one: DuplicateMigration, more: str) -> Finding:
    streams = tuple(filter(None, dict.fromkeys((one.first, one.second))))
    severity = _severity(one)
    pair = (one.first, one.second)
    apart = len(streams) == 2
    return Finding(
        code="G241",
        name="migration-duplicate",
        kind=one.kind,
        severity=severity,
        confidence=Confidence.CERTAIN if _sure(one) else Confidence.LIKELY,
        message=f"{_who(one)} {_what(one)} `{one.value}`{_where(one)}{_end(one)}",
        branches=streams,
        locations=tuple(_locations(one)),
        hint=_hint(one) + more,
        constraints=((Apart(pair) if severity is Severity.ERROR else Serial(pair)),) if apart else (),
        evidence=tuple(map(patched, one.patches)),
        identity=(one.store.tool, one.store.name, one.value),
    )


def _what(one: DuplicateMigration) -> str:
    """Return what the two share, in words; a part of a file is called as its tool calls it."""
    part = tool(one.store.tool).part
    return f"the {part}" if part else _WHAT[one.kind]


def _severity(one: DuplicateMigration) -> Severity:
    if one.kind == "number":
        return Severity.WARNING if one.second else Severity.NOTE
    if one.kind == "key":
        return Severity.ERROR
    harmless = one.same and not _in_one_text(one)
    return Severity.WARNING if harmless or not _sure(one) else Severity.ERROR


def _sure(one: DuplicateMigration) -> bool:
    """Whether what they share is one name: in one text it is, whatever its file is taken for."""
    return _in_one_text(one) or all(node.sure for node in one.nodes)


def _in_one_text(one: DuplicateMigration) -> bool:
    """Whether they are parts of one file, which then has both."""
    first, second = one.nodes
    return bool(first.digest) and first.path == second.path


def _who(one: DuplicateMigration) -> str:
    if one.first == one.second:
        return f"{one.first} has twice"
    if not one.second:
        return f"{one.first} adds, as the target has,"
    return f"{one.first} and {one.second} both add"


def _where(one: DuplicateMigration) -> str:
    if one.kind == "file":
        return ""
    paths = list(dict.fromkeys(node.path for node in one.nodes))
    return f" ({' and '.join(paths)})"


def _end(one: DuplicateMigration) -> str:
    if one.same:
        return "; they say the same"
    if one.kind == "number":
        return "; the number alone no longer says which"
    return ""


def _locations(one: DuplicateMigration) -> Iterator[Location]:
    for stream, node in zip((one.first, one.second), one.nodes, strict=True):
        if stream:
            yield location(stream, node, _ROLES.get(one.kind, "id"), one.value if one.kind == "label" else "")


def _hint(one: DuplicateMigration) -> str:
    node, stream = (one.nodes[1], one.second) if one.second else (one.nodes[0], one.first)
    first = f"land {one.first}, then in {stream} " if one.second not in ("", one.first) else ""
    if one.same:
        return f"{first}drop {f'`{node.id}` from ' if node.digest else ''}{node.path}"
    if one.kind in ("id", "label"):
        return f"{first}give `{node.id}` ({place(node, _ROLES[one.kind])}) another {_other(one, node)}"
    return f"{first}give {node.path} another {'name' if one.kind in ('file', 'name') else 'number'}"


def _other(one: DuplicateMigration, node: Node) -> str:
    if node.digest:
        return "id"
    return "label" if one.kind == "label" else "revision, and follow it in what comes after it"


def _edited(group: Sequence[EditedMigration]) -> Finding:
    """All that a stream changes in one file."""
    one = group[0]
    part = bool(one.node.digest)
    names = series([f"`{edited.node.id}`" for edited in group])
    many = len(group) > 1
    applied = (
        "they have been applied, their checksums no longer fit"
        if many
        else "it has been applied, its checksum no longer fits"
    )
    return Finding(
        code="G241",
        name="migration-duplicate",
        kind="edited",
        severity=Severity.WARNING,
        confidence=Confidence.LIKELY,
        message=f"{one.stream} changes the migration{'s' * many} {names} ({one.node.path}), "
        f"which the target has; where {applied}",
        branches=(one.stream,),
        locations=tuple(location(edited.stream, edited.node, "id") for edited in group[:_MOST]),
        hint=f"leave {names if part else one.node.path} as {'they are' if many else 'it is'}, and add a migration with "
        "the change",
        identity=(one.store.tool, one.store.name, one.node.path if part else one.node.id, "edited"),
    )
