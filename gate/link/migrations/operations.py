"""Operations of two streams' migrations that do not go together: rules M-OP-01 to M-OP-12, by table and column."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from gate.link.migrations import rules
from gate.link.migrations.rules import Act, table_key
from gate.model.operations import Clash, Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gate.model.migrations import Delta, Key, Node
    from gate.model.operations import Operation

Done = dict[str, list[Act]]
"""What a stream does, by table."""
_GRAVEST = ("hard", "order", "warn", "same", "unknown")


def clashes(
    deltas: Sequence[Delta], known: Sequence[Node], steps: Mapping[tuple[str, str], Sequence[Operation]]
) -> tuple[Clash, ...]:
    """What clashes between migrations that only one stream of a pair adds; a squash repeats what was there before.

    `steps` are the operations by path and blob. One clash a pair and column, the gravest.
    """
    there = {node.key for node in known}
    by_stream = {
        delta.stream: [node for node in delta.added if node.key not in there and not node.replaces]
        for delta in deltas
    }
    found: list[Clash] = []
    for first, second in combinations(sorted(by_stream), 2):
        ones, others = by_stream[first], by_stream[second]
        both = {node.key for node in ones} & {node.key for node in others}
        for space in sorted({_space(node) for node in ones} & {_space(node) for node in others}):
            one, other = (
                _acts(stream, nodes, space, both, steps)
                for stream, nodes in ((first, ones), (second, others))
            )
            found += _gravest([*_between(one, other), *_unknown(one, other)])
    return tuple(found)


def _space(node: Node) -> tuple[str, str]:
    """Where tables of one name are one: an Alembic environment, all apps of a Django project."""
    return (node.system, "" if node.system == "django" else node.key.store)


def _acts(
    stream: str,
    nodes: Sequence[Node],
    space: tuple[str, str],
    both: set[Key],
    steps: Mapping[tuple[str, str], Sequence[Operation]],
) -> list[Act]:
    return [
        rules.act(Step(stream, node, operation))
        for node in sorted(nodes, key=lambda each: (each.key, each.path))
        if node.key not in both and _space(node) == space
        for operation in steps.get((node.path, node.blob), ())
    ]


def _by_table(acts: Sequence[Act]) -> Done:
    found: defaultdict[str, list[Act]] = defaultdict(list)
    for act in acts:
        for table in act.tables:
            found[table].append(act)
    return found


def _between(ones: Sequence[Act], others: Sequence[Act]) -> Iterator[Clash]:
    mine, theirs = _by_table(ones), _by_table(others)
    for table in sorted(mine.keys() & theirs.keys()):
        for one in mine[table]:
            for other in theirs[table]:
                yield from rules.clashing(table, one, other)


def _unknown(ones: Sequence[Act], others: Sequence[Act]) -> Iterator[Clash]:
    """M-OP-12: what cannot be read, beside anything on a table it names; the first pair where it may be any table."""
    for mine, theirs in ((ones, others), (others, ones)):
        opaque = [act for act in mine if act.is_opaque]
        known = [act for act in theirs if act.table and not act.is_opaque]
        named = [(one, other) for one in opaque for other in known if one.mentions(other.table)]
        yield from (rules.unknown(one, other, other.table) for one, other in named)
        anywhere = [
            (one, other)
            for one in opaque
            for other in theirs
            if one.step.operation.anywhere and one.step.node.key.store == other.step.node.key.store
        ]
        if anywhere and not named:
            yield rules.unknown(*anywhere[0], "")


def _gravest(found: Sequence[Clash]) -> Iterator[Clash]:
    """One a column; nothing of a table's columns where the table itself is at stake."""
    whole = {one.table for one in found if one.weight == "hard" and not one.name}
    told = {one.table for one in found if one.weight != "unknown"}
    best: dict[tuple[str, str], Clash] = {}
    for one in sorted(found, key=lambda each: _GRAVEST.index(each.weight)):
        if (one.name and one.table in whole) or (
            one.weight == "unknown" and told & {one.table, table_key("")}
        ):
            continue
        best.setdefault((one.table, one.name), one)
    yield from (best[key] for key in sorted(best))
