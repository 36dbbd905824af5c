"""Operations of two streams' migrations that do not go together: rules M-OP-01 to M-OP-12, by table and column."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from gate.migrations.operations import rules
from gate.migrations.operations.rules import Act
from gate.migrations.tools import tool
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
        for space in sorted(_databases(ones) & _databases(others)):
            one, other = (
                _acts(stream, nodes, space, both, steps)
                for stream, nodes in ((first, ones), (second, others))
            )
            found += _gravest([*_between(one, other), *_unknown(one, other)])
    return tuple(found)


def _databases(nodes: Sequence[Node]) -> set[tuple[str, str]]:
    """Return the databases of migrations, each by its tool and, where a tool has several, by its store."""
    return {tool(node.tool).database(node) for node in nodes}


def _acts(
    stream: str,
    nodes: Sequence[Node],
    space: tuple[str, str],
    both: set[Key],
    steps: Mapping[tuple[str, str], Sequence[Operation]],
) -> list[Act]:
    return _lasting(
        [
            rules.act(Step(stream, node, operation))
            for node in sorted(nodes, key=lambda each: (each.key, each.path))
            if node.key not in both and tool(node.tool).database(node) == space
            for operation in steps.get((node.path, node.blob), ())
        ]
    )


def _lasting(acts: list[Act]) -> list[Act]:
    """What is left once tables are out that the same stream makes and does away with, as SQLite needs them."""
    made: set[str] = set()
    passing: set[str] = set()
    for act in acts:
        if act.operation.verb == "create table":
            made.add(act.table)
        elif act.operation.verb in ("drop table", "rename table") and act.table in made:
            passing.add(act.table)
    own = [replace(act, table="") if act.to and act.table in passing else act for act in acts]
    return [act for act in own if act.table not in passing]


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
    yield from (clash for one in ones for other in others if (clash := rules.same_index(one, other)))


def _unknown(ones: Sequence[Act], others: Sequence[Act]) -> Iterator[Clash]:
    """M-OP-12: what cannot be read, beside anything on a table it names; the first pair where it may be any table."""
    for mine, theirs in ((ones, others), (others, ones)):
        opaque = [act for act in mine if act.is_opaque]
        named = [
            (one, other, table)
            for one in opaque
            for other in theirs
            for table in _common(one, other, twice=mine is ones)
        ]
        yield from (rules.unknown(*one) for one in named)
        anywhere = [
            (one, other)
            for one in opaque
            for other in theirs
            if one.step.operation.anywhere and one.step.node.key.store == other.step.node.key.store
        ]
        if anywhere and not named:
            yield rules.unknown(*anywhere[0], "")


def _common(one: Act, other: Act, *, twice: bool) -> Iterator[str]:
    """The tables that something opaque shares with another step; where that is opaque too, one side is enough."""
    if not other.is_opaque:
        if other.table and one.mentions(other.table):
            yield other.table
    elif twice:
        yield from sorted(one.uses & other.uses)


def _gravest(found: Sequence[Clash]) -> Iterator[Clash]:
    """One a column, and nothing of a table's columns where the table itself is at stake.

    Of what is unknown, one a store: somebody has to read both migrations anyhow.
    """
    whole = {one.table for one in found if one.weight == "hard" and not one.name}
    told = {one.table for one in found if one.weight != "unknown"}
    best: dict[tuple[str, str], Clash] = {}
    unknown: dict[str, Clash] = {}
    for one in sorted(found, key=lambda each: (_GRAVEST.index(each.weight), not each.table)):
        if one.weight == "unknown":
            if one.table not in told:
                unknown.setdefault(one.first.node.key.store, one)
        elif not (one.name and one.table in whole):
            best.setdefault((one.table, one.name), one)
    yield from (best[key] for key in sorted(best))
    yield from (unknown[key] for key in sorted(unknown))
