"""Operations of two streams' migrations that do not go together: rules M-OP-01 to M-OP-12, by table and column."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from gate.migrations.operations import rules
from gate.migrations.tools import tool
from gate.model.operations import Clash, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from gate.migrations.operations.rules import Act
    from gate.model.migrations import Delta, Key, Node
    from gate.model.operations import Operation

_GRAVEST = ("hard", "order", "warn", "same", "unknown")


@dataclass(frozen=True, slots=True)
class _Side:
    """A stream with the migrations that it adds; squashes are left out, for they repeat what was there before."""

    stream: str
    nodes: tuple[Node, ...]

    @property
    def keys(self) -> frozenset[Key]:
        """The keys of its migrations."""
        return frozenset(node.key for node in self.nodes)

    @property
    def databases(self) -> frozenset[tuple[str, str]]:
        """The databases that its migrations change, each by its tool and, where a tool has several, by its store."""
        return frozenset(tool(node.tool).database(node) for node in self.nodes)

    def acts(
        self,
        database: tuple[str, str],
        shared: Collection[Key],
        operations: Mapping[tuple[str, str], Sequence[Operation]],
    ) -> list[Act]:
        """Return what it does to one database, in migrations that are not `shared`."""
        return _lasting(
            [
                rules.act(Step(self.stream, node, operation))
                for node in sorted(self.nodes, key=lambda node: (node.key, node.path))
                if node.key not in shared and tool(node.tool).database(node) == database
                for operation in operations.get((node.path, node.blob), ())
            ]
        )


def clashes(
    deltas: Sequence[Delta],
    target: Sequence[Node],
    operations: Mapping[tuple[str, str], Sequence[Operation]],
) -> tuple[Clash, ...]:
    """Return what clashes between migrations that only one stream of a pair adds, and that the `target` lacks.

    `operations` are those of each migration by path and blob. One clash a pair and column, the gravest.
    """
    existing = {node.key for node in target}
    sides = {
        delta.stream: _Side(
            delta.stream,
            tuple(node for node in delta.added if node.key not in existing and not node.replaces),
        )
        for delta in deltas
    }
    every: list[Clash] = []
    for name, other_name in combinations(sorted(sides), 2):
        first, second = sides[name], sides[other_name]
        shared = first.keys & second.keys
        for database in sorted(first.databases & second.databases):
            ours, theirs = (side.acts(database, shared, operations) for side in (first, second))
            every += _gravest([*_between(ours, theirs), *_unknown(ours, theirs)])
    return tuple(every)


def _lasting(acts: list[Act]) -> list[Act]:
    """Return acts without tables that the stream creates and removes again, as SQLite needs them."""
    created: set[str] = set()
    passing: set[str] = set()
    for act in acts:
        if act.operation.verb == "create table":
            created.add(act.table)
        elif act.operation.verb in ("drop table", "rename table") and act.table in created:
            passing.add(act.table)
    unnamed = [replace(act, table="") if act.to and act.table in passing else act for act in acts]
    return [act for act in unnamed if act.table not in passing]


def _by_table(acts: Sequence[Act]) -> dict[str, list[Act]]:
    by_table: defaultdict[str, list[Act]] = defaultdict(list)
    for act in acts:
        for table in act.tables:
            by_table[table].append(act)
    return by_table


def _between(ours: Sequence[Act], theirs: Sequence[Act]) -> Iterator[Clash]:
    first, second = _by_table(ours), _by_table(theirs)
    for table in sorted(first.keys() & second.keys()):
        for act in first[table]:
            for rival in second[table]:
                yield from rules.clashing(table, act, rival)
    yield from (clash for act in ours for rival in theirs if (clash := rules.same_index(act, rival)))


def _unknown(ours: Sequence[Act], theirs: Sequence[Act]) -> Iterator[Clash]:
    """Yield M-OP-12: what cannot be read, beside anything on a table it names.

    Where it may work on any table, the first pair of that sort.
    """
    for first, second in ((ours, theirs), (theirs, ours)):
        opaque = [act for act in first if act.is_opaque]
        named = [
            (act, rival, table)
            for act in opaque
            for rival in second
            for table in _common(act, rival, both=first is ours)
        ]
        yield from (rules.unknown(*pair) for pair in named)
        anywhere = [
            (act, rival)
            for act in opaque
            for rival in second
            if act.operation.anywhere and act.step.node.key.store == rival.step.node.key.store
        ]
        if anywhere and not named:
            yield rules.unknown(*anywhere[0], "")


def _common(opaque: Act, rival: Act, *, both: bool) -> Iterator[str]:
    """Yield the tables that an opaque act shares with another one; with one that is opaque too only where `both`."""
    if not rival.is_opaque:
        if rival.table and opaque.mentions(rival.table):
            yield rival.table
    elif both:
        yield from sorted(opaque.uses & rival.uses)


def _gravest(clashes: Sequence[Clash]) -> Iterator[Clash]:
    """Yield one clash a column, and nothing of a table's columns where the table itself is at stake.

    Of what is unknown, one a store: somebody has to read both migrations anyhow.
    """
    whole = {clash.table for clash in clashes if clash.weight == "hard" and not clash.name}
    certain = {clash.table for clash in clashes if clash.weight != "unknown"}
    best: dict[tuple[str, str], Clash] = {}
    unknown: dict[str, Clash] = {}
    for clash in sorted(clashes, key=lambda clash: (_GRAVEST.index(clash.weight), not clash.table)):
        if clash.weight == "unknown":
            if clash.table not in certain:
                unknown.setdefault(clash.first.node.key.store, clash)
        elif not (clash.name and clash.table in whole):
            best.setdefault((clash.table, clash.name), clash)
    yield from (best[key] for key in sorted(best))
    yield from (unknown[key] for key in sorted(unknown))
