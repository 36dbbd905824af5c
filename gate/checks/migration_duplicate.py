"""G241."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gate.checks._migrations import location, patch_evidence, place, regeneration
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

_NOUNS = {
    "id": "the revision",
    "file": "the migration file",
    "number": "migration number",
    "label": "the branch label",
    "key": "the version",
    "name": "the migration name",
}
_MOST = 5
"""The number of places of one file that are shown."""
_ROLES: dict[str, Role] = {"id": "id", "file": "id", "label": "label"}


@check("G241", "migration-duplicate", Level.MIGRATION)
def migration_duplicate(facts: Facts) -> Iterator[Finding]:
    """Two streams add migrations of the same revision id, version, label or file.

    Why: Alembic keeps the last file it finds of a revision and silently loses the other; numbered tools refuse to
        start, or skip one; Liquibase refuses two changeSets of one id and author in a changelog. The same file on both
        sides is no collision. Two Django migrations of one number that follow one another work: that is a warning, for
        `migrate app 0007` no longer says which is meant. An applied migration that is changed is two migrations under
        one name: Flyway, Liquibase, sqlx, Prisma and Atlas compare checksums (a warning).
    Example: agent/a and agent/b both add `V12__*.sql`.
    Resolve: land either stream, then give the other's migration another revision, number or name, and change what names
        it. For numbered tools the evidence has a patch, and `git gate fix migrations BRANCH` makes it for the order in
        which streams land.
    """
    for duplicate in facts.migrations.duplicates:
        yield _finding(duplicate, regeneration(facts, duplicate.store, duplicate.first, duplicate.second))
    texts: dict[tuple[str, str, str], list[EditedMigration]] = {}
    for edited in facts.migrations.edited:
        texts.setdefault((edited.store.tool, edited.stream, edited.node.path), []).append(edited)
    yield from map(_edited, texts.values())


def _finding(duplicate: DuplicateMigration, more: str) -> Finding:
    streams = tuple(filter(None, dict.fromkeys((duplicate.first, duplicate.second))))
    severity = _severity(duplicate)
    pair = (duplicate.first, duplicate.second)
    apart = len(streams) == 2
    return Finding(
        code="G241",
        name="migration-duplicate",
        kind=duplicate.kind,
        severity=severity,
        confidence=Confidence.CERTAIN if _sure(duplicate) else Confidence.LIKELY,
        message=f"{_subject(duplicate)} {_noun(duplicate)} `{duplicate.value}`{_paths(duplicate)}{_end(duplicate)}",
        branches=streams,
        locations=tuple(_locations(duplicate)),
        hint=_hint(duplicate) + more,
        constraints=((Apart(pair) if severity is Severity.ERROR else Serial(pair)),) if apart else (),
        evidence=tuple(map(patch_evidence, duplicate.patches)),
        identity=(duplicate.store.tool, duplicate.store.name, duplicate.value),
    )


def _noun(duplicate: DuplicateMigration) -> str:
    """Return what the two share, in words; a part of a file is called as its tool calls it."""
    part = tool(duplicate.store.tool).part
    return f"the {part}" if part else _NOUNS[duplicate.kind]


def _severity(duplicate: DuplicateMigration) -> Severity:
    if duplicate.kind == "number":
        return Severity.WARNING if duplicate.second else Severity.NOTE
    if duplicate.kind == "key":
        return Severity.ERROR
    harmless = duplicate.same and not _in_one_text(duplicate)
    return Severity.WARNING if harmless or not _sure(duplicate) else Severity.ERROR


def _sure(duplicate: DuplicateMigration) -> bool:
    """Return whether both surely share one name: parts of one file do, whatever the file is taken for."""
    return _in_one_text(duplicate) or all(node.sure for node in duplicate.nodes)


def _in_one_text(duplicate: DuplicateMigration) -> bool:
    """Return whether they are parts of one file, which then has both."""
    first, second = duplicate.nodes
    return bool(first.digest) and first.path == second.path


def _subject(duplicate: DuplicateMigration) -> str:
    if duplicate.first == duplicate.second:
        return f"{duplicate.first} has twice"
    if not duplicate.second:
        return f"{duplicate.first} adds, as the target has,"
    return f"{duplicate.first} and {duplicate.second} both add"


def _paths(duplicate: DuplicateMigration) -> str:
    if duplicate.kind == "file":
        return ""
    paths = list(dict.fromkeys(node.path for node in duplicate.nodes))
    return f" ({' and '.join(paths)})"


def _end(duplicate: DuplicateMigration) -> str:
    if duplicate.same:
        return "; they say the same"
    if duplicate.kind == "number":
        return "; the number alone no longer says which is meant"
    return ""


def _locations(duplicate: DuplicateMigration) -> Iterator[Location]:
    for stream, node in zip((duplicate.first, duplicate.second), duplicate.nodes, strict=True):
        if stream:
            yield location(
                stream,
                node,
                _ROLES.get(duplicate.kind, "id"),
                duplicate.value if duplicate.kind == "label" else "",
            )


def _hint(duplicate: DuplicateMigration) -> str:
    node, stream = (
        (duplicate.nodes[1], duplicate.second) if duplicate.second else (duplicate.nodes[0], duplicate.first)
    )
    first = (
        f"land {duplicate.first}, then in {stream} " if duplicate.second not in ("", duplicate.first) else ""
    )
    if duplicate.same:
        return f"{first}remove {f'`{node.id}` from ' if node.digest else ''}{node.path}"
    if duplicate.kind in ("id", "label"):
        return f"{first}give `{node.id}` ({place(node, _ROLES[duplicate.kind])}) another {_new_name(duplicate, node)}"
    return f"{first}give {node.path} another {'name' if duplicate.kind in ('file', 'name') else 'number'}"


def _new_name(duplicate: DuplicateMigration, node: Node) -> str:
    if node.digest:
        return "id"
    return "label" if duplicate.kind == "label" else "revision, and change it in what follows it"


def _edited(group: Sequence[EditedMigration]) -> Finding:
    """Return the finding of all that a stream changes in one file."""
    first = group[0]
    part = bool(first.node.digest)
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
        message=f"{first.stream} changes the migration{'s' * many} {names} ({first.node.path}), "
        f"which the target has; where {applied}",
        branches=(first.stream,),
        locations=tuple(location(edited.stream, edited.node, "id") for edited in group[:_MOST]),
        hint=f"leave {names if part else first.node.path} as {'they are' if many else 'it is'}, "
        "and add a migration with the change",
        identity=(first.store.tool, first.store.name, first.node.path if part else first.node.id, "edited"),
    )
